import { existsSync } from 'node:fs';
import { runCommand } from '../process/run-command.ts';

const isRoot = (): boolean => process.getuid?.() === 0;
const hasApt = (): boolean => existsSync('/usr/bin/apt-get');

/** What to tell somebody whose packages we may not install. */
export function aptAdvice(packages: readonly string[]): string {
  return hasApt() ? `sudo apt-get install ${packages.join(' ')}` : `install ${packages.join(' ')} with your system's package manager`;
}

/** Installs packages of the system where that is ours to do: as root on Debian and its kin. Says why not, or nothing. */
export async function aptInstall(packages: readonly string[]): Promise<string | undefined> {
  if (!isRoot() || !hasApt()) return aptAdvice(packages);
  console.log(`installing ${packages.join(', ')}…`);
  // The runlevel keeps a freshly installed server from being started as a service of the system.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const update = await runCommand('apt-get', ['update', '-qq'], { env });
  const install = await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  if (install.exitCode === 0) return undefined;
  return `${aptAdvice(packages)}\n${update.exitCode === 0 ? '' : update.output}${install.output}`.trimEnd();
}
