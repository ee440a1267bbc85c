import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { toChatId, toMessageId } from '../shared/ids.ts';
import { createTestCore, modelInfo, scriptedModel, settle, type TestCore, testActor } from '../testing/index.ts';
import type { SentMessage } from './chat-service.ts';

const ann = testActor('ann');
const bob = testActor('bob');
const first = { text: 'Hello', model: 'scripted/one' };

async function answer(core: TestCore, index: number, text = `answer ${index}`): Promise<void> {
  const call = await core.model.call(index);
  call.text(text);
  call.finish();
  await core.clock.advance(100);
}

async function answered(core: TestCore): Promise<SentMessage> {
  const sent = await core.ask('Hello');
  await answer(core, 0);
  return sent;
}

describe('send', () => {
  test('stores question, empty answer and run together and names the chat', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, { settings: { temperature: 0.2, topP: 0.5 } });
    const { userMessage, assistantMessage, run } = await core.chats.send(ann, chat.id, { ...first, settings: { temperature: 1 } });
    expect(userMessage).toMatchObject({ role: 'user', text: 'Hello', state: 'completed', parentId: undefined });
    expect(assistantMessage).toMatchObject({ role: 'assistant', text: '', state: 'streaming', parentId: userMessage.id, runId: run.id });
    expect(run).toMatchObject({ state: 'queued', model: 'scripted/one', settings: { temperature: 1, topP: 0.5 } });
    expect(userMessage.id < assistantMessage.id).toBe(true);
    expect(await core.chats.get(ann, chat.id)).toMatchObject({ title: 'Hello', model: 'scripted/one', leafId: assistantMessage.id });
    expect((await core.model.call(0)).request).toMatchObject({ temperature: 1, topP: 0.5 });
  });

  test('goes on where the shown branch ends, with the whole of it as context', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    const next = await core.chats.send(ann, run.chatId, { text: 'And?' });
    expect(next.userMessage.parentId).toBe(assistantMessage.id);
    const said = (await core.model.call(1)).request.messages.map(({ role, parts }) => [role, parts[0]]);
    expect(said).toEqual([
      ['user', { type: 'text', text: 'Hello' }],
      ['assistant', { type: 'text', text: 'answer 0' }],
      ['user', { type: 'text', text: 'And?' }],
    ]);
  });

  test('branches off at any message, or beside the first', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    const [a, b] = [
      await core.chats.send(ann, run.chatId, { text: 'A', parentId: assistantMessage.id }),
      await core.chats.send(ann, run.chatId, { text: 'B', parentId: assistantMessage.id }),
    ];
    expect([a.userMessage.parentId, b.userMessage.parentId]).toEqual([assistantMessage.id, assistantMessage.id]);
    const root = await core.chats.send(ann, run.chatId, { text: 'C', parentId: null });
    expect(root.userMessage.parentId).toBeUndefined();
    expect((await core.model.call(3)).request.messages).toHaveLength(1);
    expect((await core.chats.get(ann, run.chatId)).leafId).toBe(root.assistantMessage.id);
  });

  test('an answer that is being written cannot be asked on', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    const conflict = { code: 'conflict', details: { messageId: sent.assistantMessage.id, runId: sent.run.id } };
    await expect(core.chats.send(ann, sent.run.chatId, { text: 'And?' })).rejects.toMatchObject(conflict);
    await expect(core.chats.send(ann, sent.run.chatId, { text: 'And?', parentId: sent.assistantMessage.id })).rejects.toMatchObject(
      conflict,
    );
    expect(core.storage.tables.messages.size).toBe(2);
  });

  test('two questions at once: one is asked, the other is told to wait', async () => {
    const core = await createTestCore();
    const { run } = await answered(core);
    const both = await Promise.allSettled([
      core.chats.send(ann, run.chatId, { text: 'A' }),
      core.chats.send(ann, run.chatId, { text: 'B' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { code: 'conflict' } });
  });

  test('a read that fails after the commit leaves no run without a driver', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, {});
    const release = core.storage.holdCommits();
    const sending = core.chats.send(ann, chat.id, first);
    await settle();
    core.storage.failReads('unavailable');
    release();
    const { run } = await sending;
    core.storage.failReads(undefined);
    expect(core.runs.activeCount).toBe(1);
    await core.runs.stopAndWait(ann, run.id);
  });

  test('a chat that was deleted meanwhile is not found', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, {});
    const release = core.storage.holdCommits();
    const deleting = core.chats.delete(ann, chat.id);
    await settle();
    const sending = core.chats.send(ann, chat.id, first);
    await settle();
    release();
    await deleting;
    await expect(sending).rejects.toMatchObject({ code: 'not_found' });
    expect(core.storage.tables.messages.size).toBe(0);
  });

  test('a database that is away stores nothing and starts nothing', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, {});
    core.storage.failCommits('unavailable');
    await expect(core.chats.send(ann, chat.id, first)).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(core.storage.tables.messages.size + core.storage.tables.runs.size).toBe(0);
    expect(core.runs.activeCount).toBe(0);
  });

  test('a rename during the first send stays', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, {});
    const release = core.storage.holdCommits();
    const renaming = core.chats.update(ann, chat.id, { title: 'Mine' });
    await settle();
    const sending = core.chats.send(ann, chat.id, first);
    await settle();
    release();
    await Promise.all([renaming, sending]);
    expect((await core.chats.get(ann, chat.id)).title).toBe('Mine');
  });

  test.for([
    ['  Two\n\n words ', 'Two words'],
    ['x'.repeat(80), 'x'.repeat(80)],
    [`${'word '.repeat(20)}`, `${'word '.repeat(15)}word…`],
    ['x'.repeat(81), `${'x'.repeat(80)}…`],
    [`${'x'.repeat(79)}😀 and more`, `${'x'.repeat(79)}…`],
    [`${'x'.repeat(75)}👨‍👩‍👧‍👦 and more`, `${'x'.repeat(75)}…`],
    [`e${'\u0301'.repeat(500)}`, `e${'\u0301'.repeat(79)}…`],
  ])('names the chat after %j', async ([text, title]) => {
    const core = await createTestCore();
    const { run } = await core.ask(text ?? '');
    expect((await core.chats.get(ann, run.chatId)).title).toBe(title);
  });
});

describe('choice of the model', () => {
  test('message, then chat, then settings, then the first that is not the demo', async () => {
    const demo = scriptedModel({ slug: 'demo', isDemo: true });
    const real = scriptedModel({ slug: 'real', models: [modelInfo('embed', { kind: 'embedding' }), modelInfo('a'), modelInfo('b')] });
    const core = await createTestCore({ providers: [demo, real] });
    const modelOf = async (chatModel: string | undefined, model?: string): Promise<string> => {
      const chat = await core.chats.create(ann, { model: chatModel });
      return (await core.chats.send(ann, chat.id, { text: 'Hi', model })).run.model;
    };
    expect(await modelOf(undefined)).toBe('real/a');
    await core.settings.update(ann, { defaultModel: 'demo/one' });
    expect(await modelOf(undefined)).toBe('demo/one');
    expect(await modelOf('real/b')).toBe('real/b');
    expect(await modelOf('real/b', 'real/unlisted')).toBe('real/unlisted');
    await expect(modelOf('gone/x')).rejects.toMatchObject({ code: 'provider_not_configured' });
    await expect(modelOf(undefined, 'nonsense')).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('idempotency', () => {
  const idempotency = { key: 'k', fingerprint: 'f' };

  test('a repeated send answers with what the first made and starts nothing', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, {});
    const sent = await core.chats.send(ann, chat.id, first, idempotency);
    await answer(core, 0);
    const again = await core.chats.send(ann, chat.id, first, idempotency);
    expect(again.run).toMatchObject({ id: sent.run.id, state: 'completed' });
    expect(again.assistantMessage.text).toBe('answer 0');
    expect(core.storage.tables.messages.size).toBe(2);
    expect(core.model.calls).toHaveLength(1);
    await core.chats.clear(ann, chat.id);
    await expect(core.chats.send(ann, chat.id, first, idempotency)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('many at once with one key make one message', async () => {
    const core = await createTestCore();
    const { run } = await answered(core);
    const sends = await Promise.all(Array.from({ length: 5 }, () => core.chats.send(ann, run.chatId, { text: 'Once' }, idempotency)));
    expect(new Set(sends.map((sent) => sent.run.id)).size).toBe(1);
    await core.model.call(1);
    await settle();
    expect(core.model.calls).toHaveLength(2);
    expect(core.storage.tables.messages.size).toBe(4);
  });

  test('the same key for something else is refused, and keys are per person', async () => {
    const core = await createTestCore();
    const chat = await core.chats.create(ann, { title: 'A' }, idempotency);
    expect(await core.chats.create(ann, { title: 'A' }, idempotency)).toMatchObject({ id: chat.id });
    await expect(core.chats.create(ann, { title: 'B' }, { ...idempotency, fingerprint: 'g' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
    expect((await core.chats.create(bob, { title: 'B' }, idempotency)).id).not.toBe(chat.id);
  });
});

describe('other people', () => {
  test('find nothing, whatever they do', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    const own = await core.chats.create(bob, {});
    const id = run.chatId;
    const page = { limit: 10, order: 'asc' } as const;
    for (const act of [
      () => core.chats.get(bob, id),
      () => core.chats.update(bob, id, { title: 'mine' }),
      () => core.chats.delete(bob, id),
      () => core.chats.clear(bob, id),
      () => core.chats.listMessages(bob, id, page),
      () => core.chats.listBranch(bob, id, page),
      () => core.answers.regenerate(bob, { chatId: id, messageId: assistantMessage.id }, {}),
      () => core.answers.regenerate(bob, { chatId: own.id, messageId: assistantMessage.id }, {}),
      () => core.answers.continue(bob, { chatId: id, messageId: assistantMessage.id }, {}),
      () => core.chats.send(bob, id, first),
      () => core.chats.send(bob, own.id, { ...first, parentId: assistantMessage.id }),
      () => core.chats.update(bob, own.id, { leafId: assistantMessage.id }),
      () => core.chats.get(ann, toChatId('nothing')),
      () => core.chats.send(ann, id, { ...first, parentId: toMessageId('nothing') }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await core.chats.list(bob, { limit: 10 })).items).toEqual([own]);
    expect((await core.chats.listMessages(ann, id, page)).items).toHaveLength(2);
  });
});

describe('update', () => {
  test('changes what is named and keeps the place in the list', async () => {
    const core = await createTestCore();
    const { run, userMessage, assistantMessage } = await answered(core);
    const before = await core.chats.get(ann, run.chatId);
    await core.clock.advance(1_000);
    const after = await core.chats.update(ann, run.chatId, { title: 'New', settings: { temperature: 0 }, leafId: userMessage.id });
    expect(after).toEqual({ ...before, title: 'New', settings: { temperature: 0 }, leafId: assistantMessage.id });
    expect(await core.chats.update(ann, run.chatId, { title: null, model: null })).toMatchObject({ title: undefined, model: undefined });
    await expect(core.chats.update(ann, run.chatId, { model: '' })).rejects.toBeInstanceOf(AppError);
  });

  test('a rename beside a send does not take the chat back in the list', async () => {
    const core = await createTestCore();
    const { run } = await answered(core);
    await core.clock.advance(1_000);
    const release = core.storage.holdCommits();
    const sending = core.chats.send(ann, run.chatId, { text: 'And?' });
    await settle();
    const renaming = core.chats.update(ann, run.chatId, { title: 'New' });
    await settle();
    release();
    const [sent, renamed] = await Promise.all([sending, renaming]);
    expect(renamed).toMatchObject({ title: 'New', leafId: sent.assistantMessage.id });
    expect((await core.chats.get(ann, run.chatId)).updatedAt).toBe(sent.run.createdAt);
  });
});

describe('branches', () => {
  test('are listed newest first by pages, each message with its place among its siblings', async () => {
    const core = await createTestCore();
    const { run, userMessage, assistantMessage } = await answered(core);
    const id = run.chatId;
    expect((await core.chats.listBranch(ann, id, { limit: 10 })).items.map((item) => [item.id, item.siblings])).toEqual([
      [assistantMessage.id, { index: 0, count: 1 }],
      [userMessage.id, { index: 0, count: 1 }],
    ]);
    const edited = await core.chats.send(ann, id, { text: 'Hello again', parentId: null });
    await answer(core, 1);
    const page = await core.chats.listBranch(ann, id, { limit: 1 });
    expect(page).toMatchObject({ items: [{ id: edited.assistantMessage.id }], nextCursor: edited.userMessage.id });
    expect(await core.chats.listBranch(ann, id, { limit: 1, cursor: page.nextCursor })).toMatchObject({
      items: [{ id: edited.userMessage.id, siblings: { index: 1, count: 2, previousId: userMessage.id } }],
      nextCursor: undefined,
    });
    const old = await core.chats.listBranch(ann, id, { limit: 10, leafId: assistantMessage.id });
    expect(old.items.map(({ text }) => text)).toEqual(['answer 0', 'Hello']);
  });

  test('switching goes to the newest end below the chosen message', async () => {
    const core = await createTestCore();
    const { run, userMessage, assistantMessage } = await answered(core);
    const next = await core.chats.send(ann, run.chatId, { text: 'And?', parentId: assistantMessage.id });
    await answer(core, 1);
    const edited = await core.chats.send(ann, run.chatId, { text: 'Hello again', parentId: null });
    await answer(core, 2);
    expect((await core.chats.get(ann, run.chatId)).leafId).toBe(edited.assistantMessage.id);
    expect((await core.chats.update(ann, run.chatId, { leafId: userMessage.id })).leafId).toBe(next.assistantMessage.id);
    expect((await core.chats.listBranch(ann, run.chatId, { limit: 10 })).items).toHaveLength(4);
  });

  test('of an empty chat are empty; of other chats not found', async () => {
    const core = await createTestCore();
    const { assistantMessage } = await answered(core);
    const { id } = await core.chats.create(ann, {});
    expect(await core.chats.listBranch(ann, id, { limit: 10 })).toEqual({ items: [] });
    const other = core.chats.listBranch(ann, id, { limit: 10, leafId: assistantMessage.id });
    await expect(other).rejects.toMatchObject({ code: 'not_found' });
    const stray = core.chats.listBranch(ann, id, { limit: 10, cursor: assistantMessage.id });
    await expect(stray).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('delete and clear', () => {
  test('stop what runs first, on every branch', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    const running = await Promise.all(['A', 'B'].map((text) => core.chats.send(ann, run.chatId, { text, parentId: assistantMessage.id })));
    await core.model.call(2);
    await core.chats.delete(ann, run.chatId);
    expect(core.model.calls.slice(1).every(({ signal }) => signal.aborted)).toBe(true);
    const { chats, messages, runs, events } = core.storage.tables;
    expect([chats.size, messages.size, runs.size, events.size]).toEqual([0, 0, 0, 0]);
    expect(core.runs.activeCount).toBe(0);
    expect(await core.storage.read.usage.listByRun(running[0]?.run.id ?? run.id)).toHaveLength(1);
    expect(core.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('clear keeps the chat, its title and its settings', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    (await core.model.call(0)).text('Half');
    await core.chats.clear(ann, sent.run.chatId);
    expect(await core.chats.get(ann, sent.run.chatId)).toMatchObject({ title: 'Hello', leafId: undefined });
    expect(core.storage.tables.messages.size).toBe(0);
    const next = await core.chats.send(ann, sent.run.chatId, { text: 'Anew' });
    expect(next.userMessage.parentId).toBeUndefined();
  });

  test('a chat whose run lost its process can go', async () => {
    const core = await createTestCore();
    const sent = await core.ask('Hello');
    await settle();
    const next = await createTestCore({ storage: core.storage, processId: 'process-2' });
    await next.chats.delete(ann, sent.run.chatId);
    expect(core.storage.tables.runs.size).toBe(0);
    core.model.calls[0]?.text('to nobody');
    core.model.calls[0]?.finish();
    await core.clock.advance(10_000);
    expect(core.runs.activeCount).toBe(0);
  });
});

describe('hiding all messages', () => {
  test('can be taken back; a running answer is stopped', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await core.ask('Hello');
    (await core.model.call(0)).text('half');
    await core.clock.advance(100);
    expect((await core.chats.update(ann, run.chatId, { leafId: null })).leafId).toBeUndefined();
    expect((await core.chats.get(ann, run.chatId)).leafId).toBeUndefined();
    expect((await core.chats.listBranch(ann, run.chatId, { limit: 10 })).items).toEqual([]);
    await core.chats.update(ann, run.chatId, { leafId: assistantMessage.id });
    const { items } = await core.chats.listBranch(ann, run.chatId, { limit: 10 });
    expect(items.map(({ text, state }) => [text, state])).toEqual([
      ['half', 'stopped'],
      ['Hello', 'completed'],
    ]);
  });

  test('a question that was sent meanwhile is stopped, too: nothing runs in a chat that shows nothing', async () => {
    const core = await createTestCore();
    const { run } = await answered(core);
    // Both look at the chat before either writes; the question writes first.
    const sending = core.chats.send(ann, run.chatId, { text: 'From another tab' });
    const hiding = core.chats.update(ann, run.chatId, { leafId: null });
    await sending;
    await hiding;
    const chat = await core.chats.get(ann, run.chatId);
    const active = await core.storage.read.runs.findActiveByChat(run.chatId);
    expect({ leafId: chat.leafId, active }).toEqual({ leafId: undefined, active: undefined });
  });

  test('a clear of what is hidden leaves alone what is shown again', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    await core.chats.update(ann, run.chatId, { leafId: null });
    await core.chats.update(ann, run.chatId, { leafId: assistantMessage.id });
    await core.chats.clear(ann, run.chatId, { onlyHidden: true });
    expect(core.storage.tables.messages.size).toBe(2);
    await core.chats.update(ann, run.chatId, { leafId: null });
    await core.chats.clear(ann, run.chatId, { onlyHidden: true });
    expect(core.storage.tables.messages.size).toBe(0);
  });

  test('the next question begins anew, and what was hidden is gone', async () => {
    const core = await createTestCore();
    const { run } = await answered(core);
    await core.chats.update(ann, run.chatId, { leafId: null });
    const sent = await core.chats.send(ann, run.chatId, { text: 'Anew' });
    expect(sent.userMessage.parentId).toBeUndefined();
    const { items } = await core.chats.listBranch(ann, run.chatId, { limit: 10 });
    expect(items.map(({ siblings }) => siblings.count)).toEqual([1, 1]);
    expect(core.storage.tables.messages.size).toBe(2);
  });

  test('a question below a hidden message, from a page that still shows it, brings the branch back', async () => {
    const core = await createTestCore();
    const { run, assistantMessage } = await answered(core);
    await core.chats.update(ann, run.chatId, { leafId: null });
    await core.chats.send(ann, run.chatId, { text: 'And?', parentId: assistantMessage.id });
    await core.chats.clear(ann, run.chatId, { onlyHidden: true });
    expect((await core.chats.listBranch(ann, run.chatId, { limit: 10 })).items).toHaveLength(4);
  });
});
