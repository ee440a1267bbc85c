import type { ErrorCode } from '../errors/error-code.ts';

/** Where the value of a provider's setting comes from, and so where it is mended. */
export type SettingPlace =
  | { readonly kind: 'environment'; readonly variable: string }
  /** `at`: the way to it in the file, as in `providers[0].settings.apiKey`; `variable` when it is `{"env": "NAME"}` there. */
  | { readonly kind: 'file'; readonly path: string; readonly at: string; readonly variable?: string | undefined }
  /** Added by somebody in the settings of the app. */
  | { readonly kind: 'app' };

/** The setting that a fault lies in. */
export interface Blame {
  readonly setting: string;
  readonly place?: SettingPlace | undefined;
}

interface Fault {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The setting that an error names; for a refused credential also the only secret that was given. */
export function blamedSetting({ code, details }: Fault, givenSecrets: () => readonly string[]): string | undefined {
  const named = details['setting'];
  if (typeof named === 'string') return named;
  const [first, ...others] = code === 'auth' ? givenSecrets() : [];
  return others.length === 0 ? first : undefined;
}

/** `message` with the place at its end, for logs, programs and terminals; the page has words of its own. */
export function withPlace(message: string, blame: Blame | undefined): string {
  return blame?.place ? `${message} (${blame.setting} is set in ${placeInWords(blame.place)})` : message;
}

function placeInWords(place: SettingPlace): string {
  switch (place.kind) {
    case 'environment':
      return `the environment variable ${place.variable}`;
    case 'file':
      return `${place.path} → ${place.at}${place.variable === undefined ? '' : `, from the environment variable ${place.variable}`}`;
    case 'app':
      return 'Settings → Providers';
    default:
      return place satisfies never;
  }
}
