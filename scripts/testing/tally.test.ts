import { expect, test } from 'vitest';
import { outcomeOf } from './run-suite.ts';
import { noTests, repeatedIn, tallyLine, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

test('the closing line', () => {
  expect(tallyLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(tallyLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

test('a file that did not load is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  const report = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults };
  expect(tallyOfVitest(report)).toEqual({ passed: 1, failed: 2, skipped: 3 });
});

test('what passed only when repeated has passed, and is counted apart', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(tallyOfPlaywright(report)).toEqual({ passed: 6, failed: 1, skipped: 2 });
  expect(repeatedIn(report)).toBe(1);
  expect(repeatedIn(undefined)).toBe(0);
});

test('a runner that crashed without a failed test is one failure, one that says what failed is not counted twice', () => {
  expect(outcomeOf({ passed: 4, failed: 0, skipped: 0 }, { exitCode: 1, output: 'boom' })).toMatchObject({ passed: 4, failed: 1 });
  expect(outcomeOf({ passed: 4, failed: 2, skipped: 0 }, { exitCode: 1, output: '' })).toMatchObject({ failed: 2 });
  expect(outcomeOf(noTests, { exitCode: 1, output: 'no test files found' })).toMatchObject({ failed: 1 });
  expect(outcomeOf({ passed: 4, failed: 0, skipped: 0 }, { exitCode: 0, output: '' })).toMatchObject({ failed: 0 });
});
