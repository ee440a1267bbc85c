import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { npmCli } from '../launcher/npm-cli.mjs';
import { runCommand, runNode } from '../process/run-command.ts';
import { type CheckOutcome, failed, passed } from './check-step.ts';

interface TrackedText {
  readonly path: string;
  readonly text: string;
}

const agentsLinesAtMost = 100;
/** Left by a careless paste: they work on one machine only. */
const machinePath = /(?<![\w.:/-])\/(?:work|root|home\/[a-z]\w*|Users\/[A-Za-z]\w*)\/[\w.]/;
const cyrillic = /[\u0400-\u04ff]/;
const downloadAddress = /"resolved":\s*"(?:https?:|git)/;

const isLockFile = (path: string): boolean => path.endsWith('package-lock.json');
const isComponent = (path: string): boolean => path.endsWith('.tsx') && !path.endsWith('.test.tsx');

/** What one tracked file does wrong, line by line. */
export function faultsIn({ path, text }: TrackedText): readonly string[] {
  const faults: string[] = [];
  text.split('\n').forEach((line, index) => {
    const at = `${path}:${index + 1}`;
    if (isLockFile(path) && downloadAddress.test(line)) faults.push(`${at}: a lock file must not carry download addresses`);
    if (machinePath.test(line)) faults.push(`${at}: a path of one machine`);
    if (isComponent(path) && cyrillic.test(line)) faults.push(`${at}: a text for people belongs in the catalogue`);
  });
  if (path === 'AGENTS.md' && text.trimEnd().split('\n').length > agentsLinesAtMost)
    faults.push(`${path}: over ${agentsLinesAtMost} lines`);
  return faults;
}

/** Tracked files and those about to be: what a commit could hold. */
async function trackedTexts(): Promise<readonly TrackedText[]> {
  const { output } = await runCommand('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  const paths = output.split('\0').filter((path) => path !== '' && existsSync(path));
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') })).filter(({ text }) => !text.includes('\0'));
}

export async function checkHygiene(): Promise<CheckOutcome> {
  const faults = (await trackedTexts()).flatMap(faultsIn);
  return faults.length === 0 ? passed() : failed(`${faults.join('\n')}\n`);
}

/** A lock file that npm cannot install is worse than none; asked only when it changed, because the registry is slow to ask. */
export async function checkLockFile(): Promise<CheckOutcome> {
  const stampPath = '.cache/lock-checked';
  const hash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash) return passed();
  const npm = npmCli();
  if (npm === undefined) return failed('npm was not found beside this Node');
  const { exitCode, output } = await runNode([npm, 'ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (exitCode !== 0) return failed(output);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(stampPath, hash);
  return passed();
}
