import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ signature: string, hash: string, note?: string }} Stamp `signature` is cheap (sizes and times), `hash` is of the contents. */

const made = new Set(['node_modules', 'dist', 'paraglide', 'cache']);

/**
 * The files under some paths, sorted, without what tools make there and without tests.
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function sourceFiles(paths) {
  return paths.filter(existsSync).flatMap(filesUnder).sort();
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) return [];
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inner) : [inner];
  });
}

/** @param {readonly string[]} files */
export function signatureOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {readonly string[]} files */
export function contentHashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * True when the files are those of the stamp. The contents are read only when sizes or times moved; then a stamp
 * that still holds gets the new signature, so that the next look is cheap again.
 * @param {readonly string[]} files
 * @param {string} stampPath
 * @param {string} [note] anything else that must not have changed
 */
export function isFresh(files, stampPath, note = '') {
  const stamp = readStamp(stampPath);
  if (stamp === undefined || (stamp.note ?? '') !== note) return false;
  const signature = signatureOf(files);
  if (stamp.signature === signature) return true;
  if (stamp.hash !== contentHashOf(files)) return false;
  writeStamp(files, stampPath, note);
  return true;
}

/**
 * @param {readonly string[]} files
 * @param {string} stampPath
 * @param {string} [note]
 */
export function writeStamp(files, stampPath, note = '') {
  mkdirSync(dirname(stampPath), { recursive: true });
  /** @type {Stamp} */
  const stamp = { signature: signatureOf(files), hash: contentHashOf(files), note };
  writeFileSync(stampPath, JSON.stringify(stamp));
}

/**
 * @param {string} path
 * @returns {Stamp | undefined}
 */
export function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
