import assert from 'node:assert/strict';
import type { ProviderError, StreamEvent } from '@multimodel/core';
import { withTimeouts } from '../model/with-timeouts.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { ask, type ConformanceContext, newSignal, nextFailure, readText, startWaiting, within } from './conformance-context.ts';

const pieces = ['The first half', ' of the answer'];
const text = pieces.join('');

function gone({ simulator }: ConformanceContext): Promise<void> {
  return within(simulator.clientGone(), 'the closed connection at the vendor');
}

function iterate(stream: AsyncIterable<StreamEvent>): AsyncIterator<StreamEvent> {
  return stream[Symbol.asyncIterator]();
}

async function abortInMidAnswer(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'stall', pieces });
  const controller = new AbortController();
  const iterator = iterate(context.model.stream(ask('Привет'), { signal: controller.signal }));
  await readText(iterator, text.length);
  const pending = iterator.next();
  controller.abort();
  assert.equal((await nextFailure(pending)).code, 'cancelled');
  await gone(context);
}

async function leaveEarly(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'stall', pieces });
  const read = async (): Promise<void> => {
    for await (const event of context.model.stream(ask('Привет'), { signal: newSignal() })) if (event.type === 'text-delta') break;
  };
  await within(read(), 'the loop to be left');
  await gone(context);
}

async function cancelBeforeFirstToken(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'slow-first-token' });
  const controller = new AbortController();
  const { pending } = await startWaiting(context, iterate(context.model.stream(ask('Привет'), { signal: controller.signal })));
  controller.abort();
  assert.equal((await nextFailure(pending)).code, 'cancelled');
  await gone(context);
}

async function alreadyAborted({ simulator, model }: ConformanceContext): Promise<void> {
  simulator.play({ kind: 'answer', pieces });
  const before = simulator.requests.length;
  const error = await nextFailure(iterate(model.stream(ask('Привет'), { signal: AbortSignal.abort() })).next());
  assert.equal(error.code, 'cancelled');
  assert.equal(simulator.requests.length, before, 'A request was sent');
}

async function slowFirstToken(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'slow-first-token' });
  const timed = withTimeouts(context.model, { providerId: 'under-test', firstTokenMs: 60_000, idleMs: 5000 }, context.clock);
  const { pending } = await startWaiting(context, iterate(timed.stream(ask('Привет'), { signal: newSignal() })));
  context.clock.advance(60_000);
  assertTimeout(await nextFailure(pending), 'first_token');
  await gone(context);
}

async function stall(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'stall', pieces });
  const timed = withTimeouts(context.model, { providerId: 'under-test', firstTokenMs: 60_000, idleMs: 5000 }, context.clock);
  const iterator = iterate(timed.stream(ask('Привет'), { signal: newSignal() }));
  await readText(iterator, text.length);
  const pending = iterator.next();
  context.clock.advance(5000);
  assertTimeout(await nextFailure(pending), 'idle');
  await gone(context);
}

function assertTimeout(error: ProviderError, phase: 'first_token' | 'idle'): void {
  assert.equal(error.code, 'timeout');
  assert.equal(error.details['phase'], phase);
}

async function disposeInMidAnswer(context: ConformanceContext): Promise<void> {
  context.simulator.play({ kind: 'stall', pieces });
  const iterator = iterate(context.model.stream(ask('Привет'), { signal: newSignal() }));
  await readText(iterator, text.length);
  const pending = iterator.next();
  pending.catch(() => undefined); // Looked at below.
  await within(Promise.resolve(context.provider[Symbol.asyncDispose]()), 'the provider to be disposed of');
  await nextFailure(pending);
  await gone(context);
}

export const cancelCases: readonly ConformanceCase[] = [
  { name: 'an abort in mid-answer closes the connection and ends the iteration with cancelled', run: abortInMidAnswer },
  { name: 'leaving the loop early closes the connection', run: leaveEarly },
  { name: 'an abort before the first token closes the connection', run: cancelBeforeFirstToken },
  { name: 'a signal that is already aborted sends nothing', run: alreadyAborted },
  { name: 'no first token in time: timeout, and the connection is closed', run: slowFirstToken },
  { name: 'a stall in mid-answer: timeout, and the connection is closed', run: stall },
  { name: 'disposing of the provider closes its connections', run: disposeInMidAnswer },
];
