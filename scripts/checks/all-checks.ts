import { checkBundleSize } from './bundle-budget.ts';
import { type CheckResult, type CheckStep, runSteps } from './check-step.ts';
import { checkArrows } from './dependency-arrows.ts';
import { checkHygiene, checkLockFile } from './hygiene.ts';
import { checkDeadCode, checkFormatAndLint, checkLintByTypes, checkTypes, checkWebTypes, compileCatalogue } from './tools.ts';

/** The longest first, so that the short ones fill the gaps. */
const steps: readonly CheckStep[] = [
  { name: 'page size', run: checkBundleSize },
  { name: 'lint by types', run: checkLintByTypes },
  { name: 'types', run: checkTypes },
  { name: 'types of the page', run: checkWebTypes },
  { name: 'dependencies', run: checkArrows },
  { name: 'dead code', run: checkDeadCode },
  { name: 'format and lint', run: checkFormatAndLint },
  { name: 'lock file', run: checkLockFile },
  { name: 'hygiene', run: checkHygiene },
];

const width = 2;

export interface CheckSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly text: string;
}

const count = (results: readonly CheckResult[], state: CheckResult['state']): number =>
  results.filter((result) => result.state === state).length;

function lineFor({ name, state, elapsedMs, output }: CheckResult): string {
  const note = state === 'skipped' ? `  ${output.trim()}` : '';
  return `${state.padEnd(8)}${name.padEnd(20)}${(elapsedMs / 1000).toFixed(1).padStart(6)} s${note}`;
}

/** Runs the named steps, or all; the page's texts first, because types and lint read what is made from them. */
export async function runAllChecks(names: readonly string[], print: (line: string) => void): Promise<CheckSummary> {
  const chosen = names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
  if (chosen.length === 0) throw new Error(`no such step; there are: ${steps.map(({ name }) => name).join(', ')}`);
  const onResult = (result: CheckResult): void => print(lineFor(result));
  const first = await runSteps([{ name: 'texts of the page', run: compileCatalogue }], 1, onResult);
  const results = [...first, ...(await runSteps(chosen, width, onResult))];
  const details = results.filter(({ state }) => state === 'failed').map(({ name, output }) => `\n── ${name}\n${output.trimEnd()}`);
  const [passed, failed, skipped] = [count(results, 'passed'), count(results, 'failed'), count(results, 'skipped')];
  const total = `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { passed, failed, skipped, text: [...details, total].join('\n') };
}
