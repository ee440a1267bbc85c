/** What `packages/server/src/main.ts --inspect` prints. */
export interface Inspection {
  readonly configuration:
    | {
        readonly ok: true;
        readonly host: string;
        readonly port: number;
        readonly providers: readonly string[];
        readonly warnings: readonly string[];
      }
    | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };
  readonly dataDir?: {
    readonly path: string;
    readonly state: 'ready' | 'absent' | 'not_a_folder' | 'not_writable';
    readonly secretKeyProblem?: string;
  };
  readonly database?: {
    readonly dialect: 'sqlite' | 'postgresql';
    readonly state: 'absent' | 'ready' | 'in_use' | 'failed';
    readonly pending?: readonly string[];
    readonly message?: string;
  };
  readonly page?: { readonly path: string; readonly isBuilt: boolean };
}

export interface ConfigurationProblem {
  readonly key: string;
  readonly source: string;
  readonly message: string;
  readonly allowed?: string;
  readonly nearest?: string;
}

/** Both programs come from one release, so its outline is enough to tell it from anything else. */
export function isInspection(value: unknown): value is Inspection {
  return typeof value === 'object' && value !== null && 'configuration' in value && typeof value.configuration === 'object';
}
