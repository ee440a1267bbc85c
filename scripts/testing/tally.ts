/** How many tests ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0 };

export const addTallies = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The closing line, read by people and by programs. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
const numberAt = (object: JsonObject, key: string): number => (typeof object[key] === 'number' ? object[key] : 0);

/** Vitest's JSON report. A file that did not even load has no test to count, so it counts as one failure itself. */
export function tallyOfVitest(report: unknown): Tally {
  if (!isObject(report)) return noTests;
  const files = Array.isArray(report['testResults']) ? report['testResults'].filter(isObject) : [];
  const broken = files.filter((file) => file['status'] === 'failed' && !hasFailedTest(file)).length;
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests') + broken,
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
  };
}

function hasFailedTest(file: JsonObject): boolean {
  const tests = Array.isArray(file['assertionResults']) ? file['assertionResults'].filter(isObject) : [];
  return tests.some((test) => test['status'] === 'failed');
}

/** Playwright's JSON report. What passed only when repeated has passed, and is told apart (`repeatedIn`). */
export function tallyOfPlaywright(report: unknown): Tally {
  const stats = isObject(report) && isObject(report['stats']) ? report['stats'] : {};
  return {
    passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
    failed: numberAt(stats, 'unexpected'),
    skipped: numberAt(stats, 'skipped'),
  };
}

/** How many tests of Playwright's report passed only when repeated: each is a fault to be looked into. */
export function repeatedIn(report: unknown): number {
  const stats = isObject(report) && isObject(report['stats']) ? report['stats'] : {};
  return numberAt(stats, 'flaky');
}
