import type { ProviderPlugin } from '@multimodel/core';
import { answerCases } from './answer-cases.ts';
import { cancelCases } from './cancel-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ConformanceOptions, openContext } from './conformance-context.ts';
import { faultCases } from './fault-cases.ts';

/** Everything a provider must do, in an order that begins with the simplest. */
export const conformanceCases: readonly ConformanceCase[] = [...answerCases, ...faultCases, ...cancelCases];

/**
 * Runs one case with a provider and a simulator of its own. Throws what the case throws. Needs no test runner.
 *
 * @example
 * for (const each of conformanceCases) await runConformanceCase(each, plugin, options);
 */
export async function runConformanceCase<Settings>(
  each: ConformanceCase,
  plugin: ProviderPlugin<Settings>,
  options: ConformanceOptions,
): Promise<void> {
  await using context = await openContext(plugin, options);
  await each.run(context);
}

/** `describe` and `test` of vitest, node:test or another runner; passed in so that this package needs none. */
export interface TestRunner {
  describe(name: string, define: () => void): unknown;
  test(name: string, run: () => Promise<void>): unknown;
}

/**
 * Registers every case as a test.
 *
 * @example
 * import { describe, test } from 'vitest';
 *
 * describeProvider(yandexgpt, {
 *   settings: (url) => ({ apiKey: 'AQVN-secret-of-the-test', folderId: 'b1g', baseUrl: url }),
 *   model: 'yandexgpt-lite',
 *   startSimulator: () => startYandexGptSimulator(),
 *   describe,
 *   test,
 * });
 */
export function describeProvider<Settings>(plugin: ProviderPlugin<Settings>, options: ConformanceOptions & TestRunner): void {
  options.describe(`${plugin.id} conforms`, () => {
    for (const each of conformanceCases) options.test(each.name, () => runConformanceCase(each, plugin, options));
  });
}
