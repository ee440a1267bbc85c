import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { LaunchError } from './launch-error.mjs';
import { withLock } from './lock.mjs';
import { loggedCommand } from './logged-command.mjs';
import { npmCli } from './npm-cli.mjs';
import { isFresh, readStamp, writeStamp } from './source-stamp.mjs';

/** @typedef {'production' | 'all'} InstallMode */
/** @typedef {{ version?: string, link?: boolean, dev?: boolean, devOptional?: boolean, optional?: boolean, peer?: boolean }} LockEntry */
/** @typedef {{ root: string, node: import('./node-runtime.mjs').NodeRuntime, mode: InstallMode, say: (line: string) => void }} InstallOptions */

/**
 * Installs the packages of the lock file when they are missing or stale. A full install serves `production` too.
 * @param {InstallOptions} options
 */
export async function ensureDependencies(options) {
  if (isInstalled(options)) return;
  await withLock(join(options.root, '.cache', 'install.lock'), {
    onWait: () => options.say('Another start is installing; waiting for it…'),
    work: async () => {
      if (!isInstalled(options)) await install(options);
    },
  });
}

/** @param {InstallOptions} options */
function isInstalled({ root, node, mode }) {
  const lock = join(root, 'package-lock.json');
  const stamp = stampPathIn(root);
  const modes = mode === 'all' ? ['all'] : ['all', 'production'];
  if (modes.some((installed) => isFresh([lock], stamp, noteFor(installed, node)))) return true;
  const found = installedByHand(root);
  if (found === undefined || !modes.includes(found)) return false;
  writeStamp([lock], stamp, noteFor(found, node));
  return true;
}

/** @param {InstallOptions} options */
async function install({ root, node, mode, say }) {
  const npm = npmCli();
  if (npm === undefined) throw new LaunchError('npm was not found. Install it with Node from https://nodejs.org, then start again.');
  const wanted = (readStamp(stampPathIn(root))?.note ?? '').startsWith('all') ? 'all' : mode;
  say(wanted === 'all' ? 'Installing packages, development tools too…' : 'Installing packages…');
  await loggedCommand({
    file: node.path,
    args: [npm, 'ci', wanted === 'all' ? '--include=dev' : '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    cwd: root,
    env: envForNpm(node),
    log: join(root, '.cache', 'logs', 'install.log'),
    failure: 'The packages could not be installed.',
  });
  writeStamp([join(root, 'package-lock.json')], stampPathIn(root), noteFor(wanted, node));
}

/**
 * Somebody may have run `npm ci` without us: npm's own record of node_modules then agrees with the lock file.
 * @param {string} root
 * @returns {InstallMode | undefined}
 */
function installedByHand(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return undefined;
  return compareLocks(packagesOf(join(root, 'package-lock.json')), packagesOf(record));
}

/**
 * @param {Record<string, LockEntry>} wanted
 * @param {Record<string, LockEntry>} present
 * @returns {InstallMode | undefined}
 */
export function compareLocks(wanted, present) {
  const differing = Object.entries(wanted).filter(([path, entry]) => {
    const found = present[path];
    if (!path.includes('node_modules/') || (found === undefined && entry.optional)) return false;
    return found === undefined || found.version !== entry.version;
  });
  if (differing.length === 0) return 'all';
  const areOnlyTools = differing.every(([path, { dev, devOptional }]) => present[path] === undefined && (dev || devOptional));
  return areOnlyTools ? 'production' : undefined;
}

/**
 * @param {string} path
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** @param {string} root */
function stampPathIn(root) {
  return join(root, 'node_modules', '.multimodel-install.json');
}

/**
 * @param {string} mode
 * @param {import('./node-runtime.mjs').NodeRuntime} node
 */
function noteFor(mode, node) {
  return `${mode} node ${node.major}`;
}

/**
 * npm passes its own place down to what it runs; an npm within npm must look for itself.
 * @param {import('./node-runtime.mjs').NodeRuntime} [node]
 */
export function envForNpm(node) {
  const env = { ...process.env, ...node?.env };
  delete env['npm_config_local_prefix'];
  delete env['NODE_ENV'];
  return env;
}
