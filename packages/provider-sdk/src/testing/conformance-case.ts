import type { ConformanceContext } from './conformance-context.ts';

/** One promise that every provider keeps. `run` throws `AssertionError` when it does not. */
export interface ConformanceCase {
  readonly name: string;
  run(context: ConformanceContext): Promise<void>;
}
