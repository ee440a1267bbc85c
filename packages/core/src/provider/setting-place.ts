import type { ErrorCode } from '../errors/error-code.ts';
import { inEvery, type Localized, type Told } from '../shared/localized.ts';

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

/** A sentence with the place at its end, for logs, programs and terminals; the page has words of its own. */
export function withPlace({ message, text }: Told, blame: Blame | undefined): Told {
  if (!blame?.place) return { message, text };
  const { ru, en } = placeInWords(blame.place);
  const suffix: Localized = { ru: ` (${blame.setting} — ${ru})`, en: ` (${blame.setting} is set in ${en})` };
  return { message: message + suffix.en, text: text && inEvery((language) => text[language] + suffix[language]) };
}

function placeInWords(place: SettingPlace): Localized {
  switch (place.kind) {
    case 'environment':
      return { ru: `в переменной окружения ${place.variable}`, en: `the environment variable ${place.variable}` };
    case 'file': {
      const at = `${place.path} → ${place.at}`;
      if (place.variable === undefined) return { ru: `в файле ${at}`, en: at };
      return {
        ru: `в файле ${at}, из переменной окружения ${place.variable}`,
        en: `${at}, from the environment variable ${place.variable}`,
      };
    }
    case 'app':
      return { ru: 'в настройках, раздел «Провайдеры»', en: 'Settings → Providers' };
    default:
      return place satisfies never;
  }
}
