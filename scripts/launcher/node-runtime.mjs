import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { envForNpm } from './dependencies.mjs';
import { LaunchError } from './launch-error.mjs';
import { loggedCommand } from './logged-command.mjs';
import { npmCli } from './npm-cli.mjs';

/** @typedef {{ path: string, major: number, env: NodeJS.ProcessEnv }} NodeRuntime `env` puts this Node first in PATH. */
/** @typedef {{ name: string, version: string }} PlatformPackage */
/** @typedef {{ packages: Record<string, { version?: string, os?: string | string[], cpu?: string | string[] }> }} RuntimeLock */

const minimum = { major: 24, minor: 11 };
const advice = 'Install Node 24 from https://nodejs.org (or `nvm install 24`, `fnm install 24`, `brew install node@24`), then start again.';

/** @param {string} version */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimum.major || (major === minimum.major && minor >= minimum.minor);
}

/**
 * The registry's package with Node for one platform, as the lock file in scripts/node-runtime knows them.
 * @param {RuntimeLock} lock
 * @param {string} platform
 * @param {string} arch
 * @returns {PlatformPackage | undefined}
 */
export function platformPackage(lock, platform, arch) {
  for (const [path, { version, os, cpu }] of Object.entries(lock.packages)) {
    if (version === undefined || ![os].flat().includes(platform) || ![cpu].flat().includes(arch)) continue;
    return { name: path.slice('node_modules/'.length), version };
  }
  return undefined;
}

/**
 * The Node to run everything with: this one when it is recent, else the pinned one, fetched once.
 * @param {{ root: string, say: (line: string) => void, version?: string }} options
 * @returns {Promise<NodeRuntime>}
 */
export async function ensureNode({ root, say, version = process.versions.node }) {
  if (isRecentEnough(version)) return runtimeAt(process.execPath, version);
  const source = join(root, 'scripts', 'node-runtime');
  const wanted = platformPackage(JSON.parse(readFileSync(join(source, 'package-lock.json'), 'utf8')), process.platform, process.arch);
  if (wanted === undefined) throw new LaunchError(`Node ${version} is too old and there is no Node package for this system. ${advice}`);
  const folders = cacheFolders(root).map((folder) => join(folder, `node-${wanted.version}`));
  const ready = folders.map((folder) => binaryIn(folder, wanted)).find(existsSync);
  return runtimeAt(ready ?? (await fetchNode({ root, source, wanted, folders, say, version })), wanted.version);
}

/**
 * Installs beside the final place and moves it there whole, so that a half-made or concurrent install is never used.
 * @param {{ root: string, source: string, wanted: PlatformPackage, folders: string[], say: (line: string) => void, version: string }} options
 */
async function fetchNode({ root, source, wanted, folders, say, version }) {
  const folder = folders.find((candidate) => isWritable(dirname(candidate)));
  if (folder === undefined) throw new LaunchError(`No folder to keep Node ${wanted.version} in can be written. ${advice}`);
  const npm = npmCli();
  if (npm === undefined) throw new LaunchError(`Node ${version} is too old and npm was not found to fetch a newer one. ${advice}`);
  say(`Node ${version} is older than we need: fetching Node ${wanted.version} from the package registry, once…`);
  const building = mkdtempSync(`${folder}-new-`);
  try {
    cpSync(source, building, { recursive: true });
    await loggedCommand({
      file: process.execPath,
      args: [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      cwd: building,
      env: envForNpm(),
      log: join(root, '.cache', 'logs', 'node.log'),
      failure: `Node ${wanted.version} could not be fetched. ${advice}`,
    });
    verify(binaryIn(building, wanted), wanted);
    moveIntoPlace(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return binaryIn(folder, wanted);
}

/**
 * @param {string} binary
 * @param {PlatformPackage} wanted
 */
function verify(binary, wanted) {
  // npm leaves out an optional package that it cannot fetch or whose hash is wrong, and calls that success.
  const reason = 'the package registry cannot be reached (network, proxy, `npm config get registry`) or gave another file than expected';
  if (!existsSync(binary)) throw new LaunchError(`Node ${wanted.version} could not be fetched: ${reason}.\n${advice}`);
  let found = 'nothing';
  try {
    found = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    // Says the same as a wrong version: it does not run here, on musl for example.
  }
  if (found !== `v${wanted.version}`) throw new LaunchError(`Node ${wanted.version} was fetched and does not run here. ${advice}`);
}

/**
 * @param {string} building
 * @param {string} folder
 */
function moveIntoPlace(building, folder) {
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** @param {string} root */
function cacheFolders(root) {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return [join(base, 'multimodel-chat'), join(root, '.cache')];
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @param {PlatformPackage} wanted
 */
function binaryIn(folder, { name }) {
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * @param {string} path
 * @param {string} version
 * @returns {NodeRuntime}
 */
function runtimeAt(path, version) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { path, major: Number(version.split('.')[0]), env: { [key]: [dirname(path), process.env[key] ?? ''].join(delimiter) } };
}
