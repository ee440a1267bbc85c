export type CheckState = 'passed' | 'failed' | 'skipped';

export interface CheckOutcome {
  readonly state: CheckState;
  /** Printed in full when the step failed, as a note when it was skipped. */
  readonly output: string;
}

export interface CheckStep {
  readonly name: string;
  readonly run: () => Promise<CheckOutcome>;
}

export interface CheckResult extends CheckOutcome {
  readonly name: string;
  readonly elapsedMs: number;
}

export const passed = (output = ''): CheckOutcome => ({ state: 'passed', output });
export const failed = (output: string): CheckOutcome => ({ state: 'failed', output });
export const skipped = (output: string): CheckOutcome => ({ state: 'skipped', output });

/** Runs the steps, `width` at a time, and reports each as it ends. */
export async function runSteps(
  steps: readonly CheckStep[],
  width: number,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const waiting = [...steps];
  const results: CheckResult[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedAt = performance.now();
      const outcome = await step.run().catch((error: unknown) => failed(String(error instanceof Error ? error.stack : error)));
      const result = { ...outcome, name: step.name, elapsedMs: performance.now() - startedAt };
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
