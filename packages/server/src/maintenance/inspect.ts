import { existsSync } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config/config.ts';
import { ConfigError, type ConfigProblem } from '../config/config-error.ts';
import { loadSecretKey } from '../secrets/secret-key.ts';
import { type DatabaseState, inspectDatabase } from './inspect-database.ts';

/** How an instance stands before it is started. Machine-readable: `mmc doctor` says it in words. */
export interface Inspection {
  readonly configuration: GoodConfiguration | { readonly ok: false; readonly problems: readonly ConfigProblem[] };
  readonly dataDir?: DataDirState | undefined;
  readonly database?: DatabaseState | undefined;
  readonly page?: { readonly path: string; readonly isBuilt: boolean } | undefined;
}

export interface GoodConfiguration {
  readonly ok: true;
  readonly host: string;
  readonly port: number;
  readonly providers: readonly string[];
  readonly warnings: readonly string[];
}

export interface DataDirState {
  readonly path: string;
  /** `absent`: will be made at the first start. */
  readonly state: 'ready' | 'absent' | 'not_a_folder' | 'not_writable';
  readonly secretKeyProblem?: string | undefined;
}

/** Changes nothing: no folder, no database and no key is made. */
export async function inspect(readConfig: () => Config | Promise<Config>): Promise<Inspection> {
  const config = await tryRead(readConfig);
  if ('problems' in config) return { configuration: { ok: false, problems: config.problems } };
  const { host, port, providers, warnings, publicDir } = config;
  return {
    configuration: { ok: true, host, port, providers: providers.filter((each) => each.isEnabled).map(({ slug }) => slug), warnings },
    dataDir: await inspectDataDir(config),
    database: await inspectDatabase(config),
    page: { path: publicDir, isBuilt: existsSync(join(publicDir, 'index.html')) },
  };
}

async function tryRead(readConfig: () => Config | Promise<Config>): Promise<Config | Pick<ConfigError, 'problems'>> {
  try {
    return await readConfig();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

async function inspectDataDir({ dataDir: path, secretKey }: Config): Promise<DataDirState> {
  if (!existsSync(path)) return { path, state: (await isWritable(nearestExisting(path))) ? 'absent' : 'not_writable' };
  if (!(await stat(path)).isDirectory()) return { path, state: 'not_a_folder' };
  if (!(await isWritable(path))) return { path, state: 'not_writable' };
  return { path, state: 'ready', secretKeyProblem: await secretKeyProblem({ dataDir: path, secretKey }) };
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function secretKeyProblem(options: Pick<Config, 'dataDir' | 'secretKey'>): Promise<string | undefined> {
  // Asking for a key that is not there would make one.
  if (options.secretKey !== undefined || !existsSync(join(options.dataDir, 'secret.key'))) return undefined;
  return loadSecretKey(options).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
