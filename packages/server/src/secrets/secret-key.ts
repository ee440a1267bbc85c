import { randomBytes, randomUUID, scrypt } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
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
export async function loadSecretKey({ secretKey, dataDir }: SecretKeyOptions): Promise<SecretKey> {
  if (secretKey !== undefined) {
    // The salt is fixed because every process of an instance must come to the same key; the length is what makes it strong.
    return { bytes: await derive(secretKey, 'multimodel-chat secrets v1', keyBytes), origin: 'the variable MMC_SECRET_KEY' };
  }
  const path = join(dataDir, 'secret.key');
  const text = (await readKeyFile(path)) ?? (await createKeyFile(path));
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
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Complete before it has its name, and never over a file that another process made meanwhile. */
async function createKeyFile(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.tmp`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`);
    await file.sync();
    await file.close();
    await link(draft, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

function badFile(key: string, message: string): ConfigError {
  return new ConfigError([{ key, source: 'secret key', message }]);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
