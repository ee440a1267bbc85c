import { describe, expect, test } from 'vitest';
import type { FinishReason, Usage } from '../model/stream-event.ts';
import { createTestCore, modelInfo, providerFault, readAll, scriptedModel, settle, type TestCore, testActor } from '../testing/index.ts';
import type { AnswerAddress } from './answer-service.ts';
import type { Answering } from './new-answer.ts';

const ann = testActor('ann');
const price = { currency: 'RUB', inputPerMillion: 100, outputPerMillion: 200, asOf: '2026-01-01' };
const priced = () => createTestCore({ providers: [scriptedModel({ models: [modelInfo('one', { price })] })] });

interface End {
  readonly text: string;
  readonly reason?: FinishReason;
  readonly usage?: Usage;
}

/** The model's call of that number says this and ends. */
async function say(core: TestCore, index: number, { text, reason = 'stop', usage }: End): Promise<void> {
  const call = await core.model.call(index);
  call.text(text);
  call.finish(reason, usage);
  await core.clock.advance(100);
}

const addressOf = ({ run, assistantMessage }: Answering): AnswerAddress => ({ chatId: run.chatId, messageId: assistantMessage.id });
const stored = (core: TestCore, { messageId }: AnswerAddress) => core.storage.tables.messages.get(messageId);

async function stopped(core: TestCore, text = 'Раз, два') {
  const sent = await core.ask('Считай');
  (await core.model.call(0)).text(text);
  await core.clock.advance(50);
  await core.runs.stopAndWait(ann, sent.run.id);
  return { ...sent, address: addressOf(sent) };
}

describe('regenerate', () => {
  test('makes another answer beside the old one, which the chat then shows', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    await say(core, 0, { text: 'first' });
    const { assistantMessage, run } = await core.answers.regenerate(ann, addressOf(sent), { settings: { temperature: 1 } });
    expect(assistantMessage).toMatchObject({ parentId: sent.userMessage.id, state: 'streaming', text: '', runId: run.id });
    expect((await core.chats.get(ann, run.chatId)).leafId).toBe(assistantMessage.id);
    const { request } = await core.model.call(1);
    expect([request.messages.length, request.temperature]).toEqual([1, 1]);
    await say(core, 1, { text: 'second' });
    expect((await core.chats.listBranch(ann, run.chatId, { limit: 10 })).items).toMatchObject([
      { text: 'second', siblings: { index: 1, count: 2, previousId: sent.assistantMessage.id } },
      { text: 'Hello' },
    ]);
    expect(stored(core, addressOf(sent))).toMatchObject({ text: 'first', state: 'completed' });
  });

  test('the same key makes one answer', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    await say(core, 0, { text: 'first' });
    const again = () => core.answers.regenerate(ann, addressOf(sent), {}, { key: 'k', fingerprint: 'f' });
    const both = await Promise.all([again(), again()]);
    expect(both[0].run.id).toBe(both[1].run.id);
    expect(core.storage.tables.messages.size).toBe(3);
    await core.model.call(1);
    await settle();
    expect(core.model.calls).toHaveLength(2);
  });

  test('refuses questions and answers that are still written', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    const conflict = { code: 'conflict' };
    await expect(core.answers.regenerate(ann, addressOf(sent), {})).rejects.toMatchObject({ ...conflict, details: { runId: sent.run.id } });
    const question = { chatId: sent.run.chatId, messageId: sent.userMessage.id };
    await expect(core.answers.regenerate(ann, question, {})).rejects.toMatchObject(conflict);
    await expect(core.answers.regenerate(ann, addressOf(sent), { model: 'gone/x' })).rejects.toMatchObject({
      code: 'provider_not_configured',
    });
  });
});

describe('continue', () => {
  test('the same message goes on: the model sees what it wrote, watchers the whole text', async () => {
    const core = await priced();
    const { address, run: first } = await stopped(core);
    const before = stored(core, address);
    const { assistantMessage, run } = await core.answers.continue(ann, address, {});
    expect(assistantMessage).toMatchObject({ id: address.messageId, state: 'streaming', text: 'Раз, два', runId: run.id });
    const { request } = await core.model.call(1);
    expect(request.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(request.messages[1]?.parts).toEqual([{ type: 'text', text: 'Раз, два' }]);
    expect(request.messages[2]?.parts[0]).toMatchObject({ text: expect.stringMatching(/^Твой ответ оборвался/) });
    const watcher = await core.runs.watch(ann, run.id);
    await say(core, 1, { text: ', три', usage: { inputTokens: 10, outputTokens: 5 } });
    const events = await readAll(watcher);
    expect(events.map(({ type }) => type)).toEqual(['start', 'text-replace', 'attempt', 'text-delta', 'finish']);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    const inputTokens = (before?.usage?.inputTokens ?? 0) + 10;
    const outputTokens = (before?.usage?.outputTokens ?? 0) + 5;
    const total = { usage: { inputTokens, outputTokens }, cost: { amount: (inputTokens * 100 + outputTokens * 200) / 1e6 } };
    expect(events.at(-1)).toMatchObject({ state: 'completed', ...total });
    expect(stored(core, address)).toMatchObject({ text: 'Раз, два, три', state: 'completed', reason: 'stop', ...total });
    expect(await core.storage.read.usage.listByRun(run.id)).toMatchObject([{ usage: { inputTokens: 10, outputTokens: 5 } }]);
    expect(await core.storage.read.usage.listByRun(first.id)).toHaveLength(1);
    expect((await core.chats.get(ann, run.chatId)).leafId).toBe(address.messageId);
  });

  test('a watcher that comes later gets the whole text in one piece', async () => {
    const core = await createTestCore();
    const { address } = await stopped(core);
    const { run } = await core.answers.continue(ann, address, {});
    (await core.model.call(1)).text(', три');
    await core.clock.advance(50);
    const next = await (await core.runs.watch(ann, run.id)).next(new AbortController().signal);
    expect(next).toMatchObject([
      { type: 'start' },
      { type: 'text-replace', from: 0, text: 'Раз, два' },
      { type: 'attempt' },
      { text: ', три' },
    ]);
    await core.runs.stopAndWait(ann, run.id);
    expect(await readAll(await core.runs.watch(ann, run.id))).toMatchObject([
      { type: 'snapshot', text: 'Раз, два, три' },
      { type: 'finish' },
    ]);
  });

  test('a process that is killed at once, or later, loses nothing', async () => {
    const core = await createTestCore();
    const { address } = await stopped(core);
    const release = core.storage.holdCommits();
    const continuing = core.answers.continue(ann, address, {});
    await settle();
    release();
    const { run } = await continuing;
    const atOnce = await createTestCore({ storage: core.storage, processId: 'process-2' });
    expect(await atOnce.runs.recover()).toBe(1);
    expect(stored(core, address)).toMatchObject({ text: 'Раз, два', state: 'interrupted', model: 'scripted/one', provider: 'scripted' });
    expect((await atOnce.runs.get(ann, run.id)).state).toBe('interrupted');

    const again = await atOnce.answers.continue(ann, address, {});
    (await atOnce.model.call(0)).text(', три');
    await atOnce.clock.advance(100);
    const later = await createTestCore({ storage: core.storage, processId: 'process-3' });
    expect(await later.runs.recover()).toBe(1);
    expect(stored(core, address)).toMatchObject({ text: 'Раз, два, три', state: 'interrupted', runId: again.run.id });
  });

  test('a model that rewrites its text rewrites its own part only', async () => {
    const core = await createTestCore();
    const { address } = await stopped(core);
    await core.answers.continue(ann, address, {});
    const call = await core.model.call(1);
    call.text(', пять');
    call.push({ type: 'text-replace', from: 2, text: 'три' });
    call.finish();
    await core.clock.advance(100);
    expect(stored(core, address)?.text).toBe('Раз, два, три');
  });

  test('what was thought before stays; what is estimated is the new part', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    (await core.model.call(0)).push({ type: 'reasoning-delta', text: 'Let me see' }, { type: 'text-delta', text: 'x'.repeat(2_500) });
    await core.clock.advance(50);
    await core.runs.stopAndWait(ann, sent.run.id);
    const { run } = await core.answers.continue(ann, addressOf(sent), {});
    (await core.model.call(1)).push({ type: 'reasoning-delta', text: 'More' }, { type: 'text-delta', text: 'y' });
    await core.clock.advance(50);
    await core.runs.stopAndWait(ann, run.id);
    expect(stored(core, addressOf(sent))).toMatchObject({ reasoning: 'Let me see\n\nMore', state: 'stopped' });
    expect(await core.storage.read.usage.listByRun(run.id)).toMatchObject([{ usage: { outputTokens: 2, isEstimated: true } }]);
  });

  test('an answer cut at its length limit goes on, also with another model', async () => {
    const other = scriptedModel({ slug: 'other' });
    const core = await createTestCore({ providers: [scriptedModel(), other] });
    const sent = await core.ask('Hello');
    await say(core, 0, { text: 'cut', reason: 'length' });
    await core.answers.continue(ann, addressOf(sent), { model: 'other/one' });
    (await other.call(0)).text(' off');
    (await other.call(0)).finish();
    await core.clock.advance(100);
    expect(stored(core, addressOf(sent))).toMatchObject({ text: 'cut off', model: 'other/one', provider: 'other', reason: 'stop' });
  });

  test('a model that does not answer leaves the text, its author and its cost', async () => {
    const core = await priced();
    const sent = await core.ask('Hello');
    await say(core, 0, { text: 'cut', reason: 'length', usage: { inputTokens: 10, outputTokens: 5 } });
    await core.answers.continue(ann, addressOf(sent), {});
    (await core.model.call(1)).fail(providerFault('auth'));
    await core.clock.advance(100);
    expect(stored(core, addressOf(sent))).toMatchObject({
      text: 'cut',
      state: 'failed',
      error: { code: 'auth' },
      usage: { inputTokens: 10, outputTokens: 5 },
    });
    const { run } = await core.answers.continue(ann, addressOf(sent), {});
    await core.runs.stopAndWait(ann, run.id);
    expect(stored(core, addressOf(sent))).toMatchObject({ text: 'cut', state: 'stopped', provider: 'scripted', error: undefined });
  });

  test('metrics count each run once', async () => {
    const ends: unknown[] = [];
    const core = await createTestCore({ observer: { onEnd: (_run, finish) => void ends.push(finish.usage) } });
    const sent = await core.ask('Hello');
    await say(core, 0, { text: 'cut', reason: 'length', usage: { inputTokens: 10, outputTokens: 5 } });
    await core.answers.continue(ann, addressOf(sent), {});
    await say(core, 1, { text: ' off', usage: { inputTokens: 20, outputTokens: 1 } });
    expect(ends).toEqual([
      { inputTokens: 10, outputTokens: 5 },
      { inputTokens: 20, outputTokens: 1 },
    ]);
  });

  test('refuses what is complete, empty, being written, or followed by more', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    await core.model.call(0);
    const refused = (answer: Answering = sent) =>
      expect(core.answers.continue(ann, addressOf(answer), {})).rejects.toMatchObject({ code: 'conflict' });
    await refused();
    await core.runs.stopAndWait(ann, sent.run.id);
    await refused();
    const whole = await core.answers.regenerate(ann, addressOf(sent), {});
    await say(core, 1, { text: 'whole' });
    await refused(whole);
    const cut = await core.answers.regenerate(ann, addressOf(sent), {});
    await say(core, 2, { text: 'cut', reason: 'length' });
    await core.chats.send(ann, sent.run.chatId, { text: 'And?' });
    await refused(cut);
    expect(stored(core, addressOf(cut))).toMatchObject({ state: 'completed', text: 'cut' });
  });

  test('the same key goes on once; another request is told to wait', async () => {
    const core = await createTestCore();
    const { address } = await stopped(core);
    const idempotency = { key: 'k', fingerprint: 'f' };
    const again = () => core.answers.continue(ann, address, {}, idempotency);
    const both = await Promise.all([again(), again()]);
    expect(both[0].run.id).toBe(both[1].run.id);
    await expect(core.answers.continue(ann, address, {})).rejects.toMatchObject({ code: 'conflict' });
    await core.model.call(1);
    await settle();
    expect(core.model.calls).toHaveLength(2);
  });
});
