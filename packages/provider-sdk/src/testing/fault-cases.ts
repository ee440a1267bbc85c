import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { AppError, type ProviderError } from '@multimodel/core';
import type { ConformanceCase } from './conformance-case.ts';
import { ask, type ConformanceContext, failureOf, newSignal } from './conformance-context.ts';
import type { ConformanceScenario } from './conformance-simulator.ts';

const pieces = ['The first half', ' of the answer'];

async function errorOf({ simulator, model }: ConformanceContext, scenario: ConformanceScenario): Promise<ProviderError> {
  simulator.play(scenario);
  const { error } = await failureOf(model.stream(ask('Привет'), { signal: newSignal() }));
  assert.equal(error.providerId, 'under-test', 'The error does not name the configured provider');
  return error;
}

function rateLimitCase(retryAfterSeconds: number | undefined): ConformanceCase {
  return {
    name: `429 ${retryAfterSeconds === undefined ? 'without' : 'with'} Retry-After is rate_limited`,
    async run(context) {
      const error = await errorOf(context, { kind: 'rate-limited', retryAfterSeconds });
      assert.equal(error.code, 'rate_limited');
      assert.equal(error.retryAfterMs, retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000);
      assert.ok(error.isRetryable);
    },
  };
}

function serverErrorCase(status: 500 | 502 | 503): ConformanceCase {
  return {
    name: `${status} with an HTML page is overloaded, and the page is not quoted`,
    async run(context) {
      const error = await errorOf(context, { kind: 'server-error-html', status });
      assert.equal(error.code, 'overloaded');
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error.details)}`, /<\/?[a-z]/i);
      assert.ok(error.mayFailOver);
    },
  };
}

function cutCase(how: 'clean-eof' | 'mid-frame' | 'reset'): ConformanceCase {
  return {
    name: `an answer that is cut (${how}) is an error, never a finish`,
    async run(context) {
      const error = await errorOf(context, { kind: 'cut', pieces, how });
      assert.ok(error.code === 'protocol' || error.code === 'network', `Unexpected code ${error.code}`);
    },
  };
}

async function unreachable(context: ConformanceContext): Promise<ProviderError> {
  const { url } = context.simulator;
  await context.simulator[Symbol.asyncDispose]();
  const { error } = await failureOf(context.openAt(url).chatModel(context.model.id).stream(ask('Привет'), { signal: newSignal() }));
  return error;
}

const faults: readonly ConformanceScenario[] = [
  { kind: 'unauthorized' },
  { kind: 'rate-limited' },
  { kind: 'server-error-html', status: 502 },
  { kind: 'cut', pieces, how: 'mid-frame' },
  { kind: 'cut', pieces, how: 'reset' },
  { kind: 'garbage' },
];

async function keepsSecrets(context: ConformanceContext): Promise<void> {
  for (const fault of faults) assertNoSecret(await errorOf(context, fault), context, fault.kind);
  assertNoSecret(await unreachable(context), context, 'unreachable');
  const logged = inspect(context.logger.entries, { depth: 20 }) + JSON.stringify(context.logger.entries);
  for (const secret of context.secrets) assert.ok(!logged.includes(secret), 'A secret setting stands in the log');
}

function assertNoSecret(error: ProviderError, { secrets }: ConformanceContext, where: string): void {
  const shown = everythingIn(error);
  for (const secret of secrets) assert.ok(!shown.includes(secret), `A secret setting stands in the error of ${where}`);
}

/** Message, stack, details and every cause, hidden members included. */
function everythingIn(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? everythingIn(error.cause) : '';
  const own = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : '';
  return `${inspect(error, { depth: 20, showHidden: true, maxStringLength: null })} ${safeJson(error)} ${own} ${cause}`;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return ''; // Cyclic: what `inspect` showed is enough.
  }
}

function refusesUnknownSettings({ parseSettings, rawSettings, secrets }: ConformanceContext): Promise<void> {
  assert.doesNotThrow(() => parseSettings(rawSettings));
  try {
    parseSettings({ ...rawSettings, noSuchSetting: 'x' });
  } catch (error) {
    assert.ok(error instanceof AppError && error.code === 'validation_failed', `Not validation_failed: ${String(error)}`);
    assert.match(JSON.stringify(error.details), /noSuchSetting/);
    for (const secret of secrets) assert.ok(!everythingIn(error).includes(secret), 'A secret stands in the error');
    return Promise.resolve();
  }
  throw new assert.AssertionError({ message: 'An unknown setting was accepted' });
}

export const faultCases: readonly ConformanceCase[] = [
  {
    name: '401 is auth',
    async run(context) {
      const error = await errorOf(context, { kind: 'unauthorized' });
      assert.equal(error.code, 'auth');
      assert.ok(!error.isRetryable);
    },
  },
  rateLimitCase(7),
  rateLimitCase(undefined),
  serverErrorCase(500),
  serverErrorCase(502),
  serverErrorCase(503),
  cutCase('clean-eof'),
  cutCase('mid-frame'),
  cutCase('reset'),
  {
    name: 'nonsense with status 200 is protocol',
    async run(context) {
      assert.equal((await errorOf(context, { kind: 'garbage' })).code, 'protocol');
    },
  },
  {
    name: 'a vendor that cannot be reached is network',
    async run(context) {
      assert.equal((await unreachable(context)).code, 'network');
    },
  },
  { name: 'no secret setting gets into an error, its causes or the log', run: keepsSecrets },
  { name: 'an unknown setting is refused by name', run: refusesUnknownSettings },
];
