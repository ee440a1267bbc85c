import { AssertionError } from 'node:assert/strict';
import type { PluginModule } from '../load/load-plugin.ts';
import { conformanceCases, runConformanceCase } from './conformance.ts';
import type { ConformanceOptions } from './conformance-context.ts';

/** How one case of the kit went. */
export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly reason?: string | undefined;
}

/** The `conformance` export of a plugin module, or the sentence that says what it should be. */
export function conformanceOf({ exports }: PluginModule): ConformanceOptions | { readonly fault: string } {
  const given = exports['conformance'];
  if (given === undefined) {
    const fault = 'It has no `conformance` export: {settings: (url) => ({...}), model: "...", startSimulator: () => ...}.';
    return { fault: `${fault} For a vendor that speaks OpenAI's protocol the simulator is startSampleSimulator of the kit.` };
  }
  return isOptions(given)
    ? given
    : { fault: '`conformance` must be {settings: (url) => ({...}), model: "...", startSimulator: () => ...}.' };
}

/** Runs the whole kit against a plugin, one case after the other. */
export async function* reportConformance({ plugin }: PluginModule, options: ConformanceOptions): AsyncGenerator<CaseResult> {
  for (const each of conformanceCases) {
    const { name } = each;
    yield await runConformanceCase(each, plugin, options).then(
      () => ({ name, passed: true }),
      (error: unknown) => ({ name, passed: false, reason: reasonOf(error) }),
    );
  }
}

function isOptions(value: unknown): value is ConformanceOptions {
  if (typeof value !== 'object' || value === null) return false;
  const { settings, model, startSimulator } = { settings: undefined, model: undefined, startSimulator: undefined, ...value };
  return typeof settings === 'function' && typeof model === 'string' && typeof startSimulator === 'function';
}

/** Assertions say it in their first line; what follows is a difference of values, which is worth reading, too. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof AssertionError ? error.message : `${error.name}: ${error.message}`;
}
