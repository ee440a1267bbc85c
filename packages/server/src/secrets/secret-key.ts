import { randomBytes, randomUUID, scrypt } from 'node:crypto';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fileFault, makeFolder } from '@multimodel/storage';
import { ConfigError } from '../config/config-error.ts';
import type { SecretKey } from './secret-box.ts';

export interface SecretKeyOptions {
  /** `MMC_SECRET_KEY`. */
  readonly secretKey?: string | undefined;
  readonly dataDir: string;
}

const keyBytes = 32;
const derive = promisify<string, string, number, Buffer>(scrypt);

/** The key of this instance: of `MMC_SECRET_KEY`, or a file that only its owner may read, made at the first start. */
export async function loadSecretKey(options: SecretKeyOptions): Promise<SecretKey> {
  return (await findSecretKey(options)) ?? (await createSecretKey(options));
}

/** The key that is there already; makes nothing. */
export async function findSecretKey({ secretKey, dataDir }: SecretKeyOptions): Promise<SecretKey | undefined> {
  if (secretKey !== undefined) {
    // The salt is fixed because every process of an instance must come to the same key; the length is what makes it strong.
    return { bytes: await derive(secretKey, 'multimodel-chat secrets v1', keyBytes), origin: 'the variable MMC_SECRET_KEY' };
  }
  const path = join(dataDir, 'secret.key');
  const text = await naming(path, 'cannot be read', () => readKeyFile(path));
  return text === undefined ? undefined : parseKey(text, path);
}

export async function createSecretKey({ dataDir }: Pick<SecretKeyOptions, 'dataDir'>): Promise<SecretKey> {
  const path = join(dataDir, 'secret.key');
  return parseKey(await naming(path, 'cannot be made', () => createKeyFile(path)), path);
}

function parseKey(text: string, path: string): SecretKey {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== keyBytes)
    throw badFile(path, 'is damaged: restore it from a backup. Without it the stored keys of providers cannot be read.');
  return { bytes, origin: path };
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    const isOpenToOthers = process.platform !== 'win32' && (mode & 0o077) !== 0;
    if (isOpenToOthers) throw badFile(path, 'can be read by other users of this machine. Close it: chmod 600.');
    return await readFile(path, 'utf8');
  } catch (error) {
    // Without its folder it is not there either; what stands in the way of that one is told when it is made.
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Complete before it has its name, and never over a file that another process made meanwhile. */
async function createKeyFile(path: string): Promise<string> {
  makeFolder(dirname(path));
  const draft = `${path}.${randomUUID()}.tmp`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`);
    await file.sync();
    await link(draft, path).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

/** Faults of the file system, in words. */
async function naming<T>(path: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = fileFault(error);
    throw fault === undefined ? error : badFile(path, `${what}: ${fault}.`);
  }
}

function badFile(key: string, message: string): ConfigError {
  return new ConfigError([{ key, source: 'secret key', message }]);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
