import { expect, test } from 'vitest';
import { toMessageId, toRunId } from '../shared/ids.ts';
import { createTestCore, modelInfo, providerFault, readAll, scriptedModel, settle, testActor } from '../testing/index.ts';
import type { RunFinishEvent } from './run-event.ts';

const ann = testActor('ann');
const bob = testActor('bob');

test('a run goes from the question to one stored end', async () => {
  const core = await createTestCore({
    providers: [
      scriptedModel({
        models: [modelInfo('one', { price: { currency: 'RUB', inputPerMillion: 100, outputPerMillion: 200, asOf: '2026-01-01' } })],
      }),
    ],
  });
  const sent = await core.ask('Hello');
  const watcher = await core.runs.watch(ann, sent.run.id);
  const call = await core.model.call(0);
  expect(call.request).toMatchObject({
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
    conversationId: sent.run.chatId,
  });
  call.text('Hi ');
  call.text('there');
  call.finish('stop', { inputTokens: 10, outputTokens: 20 });
  await core.clock.advance(100);

  const events = await readAll(watcher);
  expect(events.map(({ type }) => type)).toEqual(['start', 'attempt', 'text-delta', 'text-delta', 'finish']);
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  const end = {
    state: 'completed',
    reason: 'stop',
    usage: { inputTokens: 10, outputTokens: 20 },
    cost: { amount: 0.005, currency: 'RUB', isEstimated: true },
  };
  expect(events.at(-1)).toMatchObject(end);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({
    ...end,
    text: 'Hi there',
    provider: 'scripted',
    model: 'scripted/one',
  });
  expect(core.storage.tables.runs.get(sent.run.id)).toMatchObject({ state: 'completed', lastSeq: 5 });
  expect(core.storage.tables.events.has(sent.run.id)).toBe(false);
  expect(await core.storage.read.usage.listByRun(sent.run.id)).toMatchObject([
    { attempt: 1, outcome: 'completed', cost: { amount: 0.005 } },
  ]);
  expect(core.runs.activeCount).toBe(0);
  expect(core.clock.pendingTimers).toBe(0);
});

test('a stop in mid-answer closes the call and keeps what was said', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  const watcher = await core.runs.watch(ann, sent.run.id);
  const call = await core.model.call(0);
  call.text('Half');
  await core.clock.advance(50);
  await core.runs.stop(ann, sent.run.id);
  expect(call.signal.aborted).toBe(true);
  await core.runs.stop(ann, sent.run.id);
  await settle();
  expect(call.isLeft).toBe(true);
  expect((await readAll(watcher)).filter(({ type }) => type === 'finish')).toMatchObject([
    { state: 'stopped', usage: { isEstimated: true } },
  ]);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ text: 'Half', state: 'stopped', error: undefined });
  expect((await core.runs.stop(ann, sent.run.id)).state).toBe('stopped');
});

test('a stop before the first token leaves an empty stopped answer', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  await core.runs.stop(ann, sent.run.id);
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ text: '', state: 'stopped' });
});

test('a model that does not heed the abort holds nobody up', async () => {
  const core = await createTestCore({ providers: [scriptedModel({ ignoresAbort: true, concurrency: 1 })] });
  const first = await core.ask('One');
  (await core.model.call(0)).text('a');
  await settle();
  const second = await core.ask('Two');
  const stopped = await core.runs.stopAndWait(ann, first.run.id);
  expect(stopped.state).toBe('stopped');
  (await core.model.call(1)).finish();
  await core.clock.advance(50);
  expect(core.storage.tables.runs.get(second.run.id)?.state).toBe('completed');
});

test('runs wait in the queue, see their place, and leave it without an attempt when stopped', async () => {
  const core = await createTestCore({ providers: [scriptedModel({ concurrency: 1 })] });
  await core.ask('One');
  await core.model.call(0);
  const second = await core.ask('Two');
  const third = await core.ask('Three');
  await core.clock.advance(50);
  const watcher = await core.runs.watch(ann, third.run.id);
  expect(await watcher.next(AbortSignal.abort())).toBeUndefined();
  await core.runs.stopAndWait(ann, second.run.id);
  await core.clock.advance(50);
  expect(await watcher.next(new AbortController().signal)).toMatchObject([
    { type: 'start' },
    { type: 'queued', position: 2 },
    { type: 'queued', position: 1 },
  ]);
  expect(core.storage.tables.messages.get(second.assistantMessage.id)).toMatchObject({ state: 'stopped', text: '' });
  expect(await core.storage.read.usage.listByRun(second.run.id)).toEqual([]);
  expect(core.model.calls).toHaveLength(1);
});

test('a run stopped in the very moment it leaves the queue asks no model', async () => {
  const core = await createTestCore({ providers: [scriptedModel({ concurrency: 1 })] });
  const first = await core.ask('One');
  await core.model.call(0);
  const second = await core.ask('Two');
  const third = await core.ask('Three');
  await core.clock.advance(50);
  await Promise.all([core.runs.stop(ann, first.run.id), core.runs.stop(ann, second.run.id)]);
  (await core.model.call(1)).finish();
  await core.clock.advance(50);
  expect(core.storage.tables.runs.get(third.run.id)?.state).toBe('completed');
  expect(core.model.calls).toHaveLength(2);
});

test('a refusal for now is retried in silence, with one usage record per attempt', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).fail(providerFault('rate_limited', { isRetryable: true, retryAfterMs: 5_000 }));
  await core.clock.advance(4_999);
  expect(core.model.calls).toHaveLength(1);
  await core.clock.advance(1);
  (await core.model.call(1)).fail(providerFault('overloaded', { isRetryable: true }));
  await core.clock.advance(2_000);
  (await core.model.call(2)).text('Hi');
  core.model.calls[2]?.finish();
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ text: 'Hi', state: 'completed' });
  expect(await core.storage.read.usage.listByRun(sent.run.id)).toMatchObject([
    { attempt: 1, outcome: 'failed', errorCode: 'rate_limited' },
    { attempt: 2, outcome: 'failed', errorCode: 'overloaded' },
    { attempt: 3, outcome: 'completed' },
  ]);
});

test('retries end: the last refusal is the error of the run', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  for (let number = 0; number < 4; number += 1) {
    (await core.model.call(number)).fail(providerFault('overloaded', { isRetryable: true }));
    await core.clock.advance(30_000);
  }
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({
    state: 'failed',
    error: { code: 'overloaded', isRetryable: true, provider: 'scripted' },
  });
  expect(await core.storage.read.usage.listByRun(sent.run.id)).toHaveLength(4);
  expect(core.registry.view('scripted')).toMatchObject({ state: 'failing', problem: { code: 'overloaded' } });
});

test.for([
  ['after content', 'x', providerFault('rate_limited', { isRetryable: true })],
  ['when the vendor asks for too long a wait', '', providerFault('rate_limited', { isRetryable: true, retryAfterMs: 60_000 })],
  ['of a fault that does not pass', '', providerFault('auth')],
] as const)('no retry %s', async ([, said, error]) => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  const call = await core.model.call(0);
  if (said) call.text(said);
  call.fail(error);
  await core.clock.advance(60_000);
  expect(core.model.calls).toHaveLength(1);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({
    text: said,
    state: 'failed',
    error: { code: error.code, retryAfterMs: error.retryAfterMs },
  });
});

test('a stop while a retry waits adds no second record of the failed attempt', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).fail(providerFault('rate_limited', { isRetryable: true, retryAfterMs: 5_000 }));
  await core.clock.advance(100);
  await core.runs.stopAndWait(ann, sent.run.id);
  expect(await core.storage.read.usage.listByRun(sent.run.id)).toMatchObject([
    { attempt: 1, outcome: 'failed', errorCode: 'rate_limited' },
  ]);
  expect(core.clock.pendingTimers).toBe(0);
});

test('what a failed attempt counted is not the usage of the next', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).push({ type: 'usage', usage: { inputTokens: 999, outputTokens: 999 } });
  core.model.calls[0]?.fail(providerFault('overloaded', { isRetryable: true }));
  await core.clock.advance(1_000);
  (await core.model.call(1)).finish();
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ state: 'completed', usage: undefined });
});

test('an answer without its end mark is never complete', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).text('Half');
  core.model.calls[0]?.close();
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({
    text: 'Half',
    state: 'failed',
    error: { code: 'protocol' },
  });
});

test('what comes after the end mark is a fault, not text', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).push({ type: 'text-delta', text: 'a' }, { type: 'finish', reason: 'stop' }, { type: 'text-delta', text: 'b' });
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({
    text: 'a',
    state: 'failed',
    error: { code: 'protocol' },
  });
});

test('an error that nobody foresaw is told without its text, and logged with it', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  const error = new Error('password=hunter2');
  (await core.model.call(0)).fail(error);
  await core.clock.advance(50);
  const message = core.storage.tables.messages.get(sent.assistantMessage.id);
  expect(message).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  expect(JSON.stringify(message)).not.toContain('hunter2');
  expect(core.logger.lines).toContainEqual(
    expect.objectContaining({ level: 'error', fields: expect.objectContaining({ err: error, runId: sent.run.id }) }),
  );
});

test('a provider that is gone by then ends the run with a typed error', async () => {
  const core = await createTestCore();
  const chat = await core.chats.create(ann, {});
  const release = core.storage.holdCommits();
  const sending = core.chats.send(ann, chat.id, { text: 'Hello', model: 'scripted/one' });
  await settle();
  core.registry.load([]);
  release();
  const sent = await sending;
  await core.clock.advance(50);
  const error = { code: 'provider_not_configured', isRetryable: false };
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ state: 'failed', error });
  expect(await core.storage.read.usage.listByRun(sent.run.id)).toEqual([]);
});

test('an observer that throws harms no run', async () => {
  const fault = (): never => {
    throw new Error('metrics are broken');
  };
  const core = await createTestCore({ observer: { onCommit: fault, onEnd: fault } });
  const sent = await core.ask('Hello');
  (await core.model.call(0)).text('Hi');
  await core.clock.advance(50);
  core.model.calls[0]?.finish();
  await core.clock.advance(50);
  expect(core.storage.tables.runs.get(sent.run.id)?.state).toBe('completed');
  expect(core.runs.activeCount).toBe(0);
});

test('watchers of runs that are over, foreign or unknown', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).text('Hi');
  core.model.calls[0]?.finish();
  await core.clock.advance(50);
  const { id } = sent.run;
  expect(await readAll(await core.runs.watch(ann, id))).toMatchObject([
    { type: 'snapshot', text: 'Hi', seq: 3 },
    { type: 'finish', state: 'completed', seq: 4 },
  ]);
  expect(await readAll(await core.runs.watch(ann, id, { after: 3 }))).toMatchObject([{ type: 'snapshot' }, { type: 'finish' }]);
  expect(await readAll(await core.runs.watch(ann, id, { after: 4 }))).toEqual([]);
  await expect(core.runs.watch(bob, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(core.runs.stop(bob, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(core.runs.watch(ann, toRunId('nothing'))).rejects.toMatchObject({ code: 'not_found' });
  const live = await core.ask('Again');
  await expect(core.runs.watch(bob, live.run.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(core.runs.stop(bob, live.run.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a shutdown lets runs finish, then interrupts what is left, and takes no new ones', async () => {
  const core = await createTestCore();
  const [quick, slow] = [await core.ask('Quick'), await core.ask('Slow')];
  (await core.model.call(1)).text('Half');
  let isDown = false;
  const down = core.runs.shutdown({ graceMs: 5_000 }).then(() => {
    isDown = true;
  });
  core.model.calls[0]?.finish();
  await core.clock.advance(4_999);
  expect(isDown).toBe(false);
  expect(() => core.runs.assertOpen()).toThrow(expect.objectContaining({ code: 'shutting_down' }));
  await core.clock.advance(1);
  await down;
  expect(core.storage.tables.runs.get(quick.run.id)?.state).toBe('completed');
  expect(core.storage.tables.messages.get(slow.assistantMessage.id)).toMatchObject({ state: 'interrupted', text: 'Half' });
  expect(core.clock.pendingTimers).toBe(0);
});

test('a run that is launched while the server goes down is interrupted too', async () => {
  const core = await createTestCore();
  const chat = await core.chats.create(ann, {});
  const release = core.storage.holdCommits();
  const sending = core.chats.send(ann, chat.id, { text: 'Late', model: 'scripted/one' });
  await settle();
  const down = core.runs.shutdown({ graceMs: 0 });
  await core.clock.advance(0);
  await down;
  release();
  const sent = await sending;
  await core.clock.advance(50);
  expect(core.storage.tables.runs.get(sent.run.id)?.state).toBe('interrupted');
});

test('a shutdown does not wait for a database that hangs; the next start recovers the text', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  (await core.model.call(0)).text('Seen');
  await core.clock.advance(50);
  const release = core.storage.holdCommits();
  let isDown = false;
  const down = core.runs.shutdown({ graceMs: 0 }).then(() => {
    isDown = true;
  });
  await core.clock.advance(10_000);
  expect(isDown).toBe(true);
  await down;
  core.storage.failCommits('unavailable');
  release();
  await settle();
  core.storage.failCommits(undefined);
  const next = await createTestCore({ storage: core.storage, processId: 'process-2' });
  expect(await next.runs.recover()).toBe(1);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ state: 'interrupted', text: 'Seen' });
});

test('recover folds the log of a dead process into its message', async () => {
  const core = await createTestCore();
  const [spoken, waiting] = [await core.ask('One'), await core.ask('Two')];
  (await core.model.call(0)).push(
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hi' },
    { type: 'text-replace', from: 1, text: 'ey' },
  );
  await core.clock.advance(50);
  const next = await createTestCore({ storage: core.storage, processId: 'process-2' });
  const before = await next.runs.watch(ann, spoken.run.id, { after: 1 });
  expect(await readAll(before)).toMatchObject([{ type: 'snapshot', text: 'Hey', seq: 5 }]);
  expect(await next.runs.recover()).toBe(2);
  expect(await next.runs.recover()).toBe(0);
  expect(core.storage.tables.messages.get(spoken.assistantMessage.id)).toMatchObject({
    state: 'interrupted',
    text: 'Hey',
    reasoning: 'Hm',
    model: 'scripted/one',
  });
  expect(core.storage.tables.messages.get(waiting.assistantMessage.id)).toMatchObject({ state: 'interrupted', text: '' });
  expect(await readAll(await next.runs.watch(ann, spoken.run.id, { after: 5 }))).toMatchObject([
    { type: 'snapshot', text: 'Hey' },
    { type: 'finish', state: 'interrupted', seq: 6 },
  ]);
  expect(await core.storage.read.usage.listByRun(spoken.run.id)).toMatchObject([
    { attempt: 1, outcome: 'interrupted', provider: 'scripted' },
  ]);
});

test('one run that cannot be recovered does not stop the start', async () => {
  const core = await createTestCore();
  const [bad, good] = [await core.ask('One'), await core.ask('Two')];
  await core.clock.advance(50);
  core.storage.refuseRun(bad.run.id);
  const next = await createTestCore({ storage: core.storage, processId: 'process-2' });
  expect(await next.runs.recover()).toBe(1);
  expect(core.storage.tables.runs.get(good.run.id)?.state).toBe('interrupted');
  core.storage.failCommits('unavailable');
  core.storage.refuseRun(bad.run.id, false);
  await expect(next.runs.recover()).rejects.toMatchObject({ code: 'storage_unavailable' });
});

test('a run whose rows the database refuses ends as failed, and the others go on', async () => {
  const ends: RunFinishEvent[] = [];
  const core = await createTestCore({ observer: { onEnd: (_run, finish) => void ends.push(finish) } });
  const [bad, good] = [await core.ask('One'), await core.ask('Two')];
  await core.clock.advance(50);
  const watcher = await core.runs.watch(ann, bad.run.id);
  core.storage.refuseRun(bad.run.id);
  core.model.calls[0]?.text('a');
  core.model.calls[1]?.text('b');
  await settle();
  core.storage.refuseRun(bad.run.id, false);
  core.model.calls[1]?.finish();
  await core.clock.advance(5_000);
  expect(core.model.calls[0]?.isLeft).toBe(true);
  expect(core.storage.tables.messages.get(good.assistantMessage.id)).toMatchObject({ state: 'completed', text: 'b' });
  expect(ends.map(({ state }) => state).toSorted()).toEqual(['completed', 'failed']);
  expect((await readAll(watcher)).length).toBeGreaterThan(0);
  // It was never shown as over while it is not: a later stop settles what the refused end left.
  const settled = await core.runs.stopAndWait(ann, bad.run.id);
  expect(['failed', 'interrupted']).toContain(settled.state);
  expect(core.runs.activeCount).toBe(0);
});

test('with a database that is away an answer waits for it and is lost nowhere', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  const watcher = await core.runs.watch(ann, sent.run.id);
  const call = await core.model.call(0);
  await core.clock.advance(50);
  core.storage.failCommits('unavailable');
  for (let index = 0; index < 2_000; index += 1) call.text(`${index} `);
  call.finish();
  await core.clock.advance(30_000);
  const seen = await watcher.next(new AbortController().signal);
  expect(seen?.map(({ type }) => type)).toEqual(['start', 'attempt']);
  core.storage.failCommits(undefined);
  await core.clock.advance(30_000);
  const text = Array.from({ length: 2_000 }, (_, index) => `${index} `).join('');
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)).toMatchObject({ state: 'completed', text });
  expect((await readAll(watcher)).at(-1)).toMatchObject({ type: 'finish', state: 'completed' });
  expect(core.clock.pendingTimers).toBe(0);
});

test('what the context leaves out is told as a warning of the answer', async () => {
  const core = await createTestCore({ providers: [scriptedModel({ models: [modelInfo('one', { contextWindow: 100 })] })] });
  const first = await core.ask('x'.repeat(100));
  (await core.model.call(0)).text('y'.repeat(100));
  core.model.calls[0]?.finish();
  await core.clock.advance(50);
  const next = await core.chats.send(ann, first.run.chatId, { text: 'And?' });
  (await core.model.call(1)).finish();
  await core.clock.advance(50);
  expect(core.model.calls[1]?.request.messages).toHaveLength(1);
  const warning = { code: 'messages_left_out', parameter: 'messages', count: 2, message: expect.stringContaining('2 oldest') };
  expect(core.storage.tables.messages.get(next.assistantMessage.id)?.warnings).toEqual([warning]);
});

test('a branch longer than what is ever sent is told as well', async () => {
  const core = await createTestCore();
  const { run, userMessage } = await core.ask('Hello');
  await core.runs.stopAndWait(ann, run.id);
  let parentId = userMessage.id;
  await core.storage.transact(async (tx) => {
    for (let index = 0; index < 1_200; index += 1) {
      const id = toMessageId(`old-${index}`);
      await tx.messages.insert({ ...userMessage, id, parentId, role: index % 2 === 0 ? 'assistant' : 'user', text: `old ${index}` });
      parentId = id;
    }
  });
  const sent = await core.chats.send(ann, run.chatId, { text: 'And?', parentId });
  (await core.model.call(core.model.calls.length)).finish();
  await core.clock.advance(50);
  expect(core.storage.tables.messages.get(sent.assistantMessage.id)?.warnings).toMatchObject([
    { code: 'messages_left_out', parameter: 'messages', count: undefined },
  ]);
});

test('a run that a failed commit left behind can be stopped and blocks nobody', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  await core.runs.stopAndWait(ann, sent.run.id);
  // As if the answer of the database to the commit had been lost: stored, but driven by nobody.
  const [id, messageId] = [toRunId('lost'), toMessageId('lost')];
  await core.storage.transact(async (tx) => {
    await tx.messages.insert({ ...sent.assistantMessage, id: messageId, runId: id });
    await tx.runs.insert({ ...sent.run, id, messageId, state: 'queued', finishedAt: undefined });
  });
  expect((await core.runs.stop(ann, id)).state).toBe('interrupted');
  expect(core.storage.tables.messages.get(messageId)?.state).toBe('interrupted');
});

test('a launch of what runs already changes nothing', async () => {
  const core = await createTestCore();
  const sent = await core.ask('Hello');
  core.runs.launch(sent.run, { leaf: sent.userMessage.id });
  await core.clock.advance(50);
  expect(core.model.calls).toHaveLength(1);
});
