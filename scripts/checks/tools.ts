import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { colours } from '../process/colours.ts';
import { runNode } from '../process/run-command.ts';
import { type CheckOutcome, failed, passed, skipped } from './check-step.ts';

/** The script behind a command of an installed package, as its package.json names it: no guessing through PATH. */
export function binaryOf(packageName: string, command: string): string {
  const manifestPath = join('node_modules', packageName, 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const bin = membersOf(membersOf(manifest)['bin'])[command];
  return join(dirname(manifestPath), typeof bin === 'string' ? bin : command);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

async function runTool(packageName: string, command: string, args: readonly string[]): Promise<CheckOutcome> {
  const { exitCode, output } = await runNode([binaryOf(packageName, command), ...args], { env: colours });
  return exitCode === 0 ? passed() : failed(output);
}

const tsc = (project: string): Promise<CheckOutcome> =>
  runTool('@typescript/native', 'tsc', ['--noEmit', '--pretty', 'false', '-p', project]);

/** The server side and the scripts. TypeScript 7 lies under an alias because dependency-cruiser needs the older compiler's API. */
export const checkTypes = (): Promise<CheckOutcome> => tsc('tsconfig.json');

export async function checkWebTypes(): Promise<CheckOutcome> {
  return existsSync('apps/web/tsconfig.json') ? tsc('apps/web/tsconfig.json') : skipped('there is no page yet');
}

/** The page's texts are typed functions made from the catalogue; they are not in git. */
export async function compileCatalogue(): Promise<CheckOutcome> {
  const { exitCode, output } = await runNode(['apps/web/scripts/messages.ts']);
  return exitCode === 0 ? passed() : failed(output);
}

export const checkFormatAndLint = (): Promise<CheckOutcome> =>
  runTool('@biomejs/biome', 'biome', ['check', '--error-on-warnings', '--max-diagnostics=50']);

export const checkLintByTypes = (): Promise<CheckOutcome> => runTool('oxlint', 'oxlint', ['--type-aware', '--deny-warnings']);

export const checkDeadCode = (): Promise<CheckOutcome> => runTool('knip', 'knip', ['--no-progress', '--no-config-hints']);
