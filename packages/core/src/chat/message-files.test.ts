import { describe, expect, test } from 'vitest';
import type { Attachment } from '../attachment/attachment.ts';
import type { ModelMessage } from '../model/chat-request.ts';
import type { ModelFiles } from '../model/model-info.ts';
import { createTestCore, modelInfo, readAll, scriptedModel, type TestCore, testActor } from '../testing/index.ts';

const ann = testActor('ann');
const png = (name: string): Uint8Array => Uint8Array.from(`\x89PNG\r\n\x1a\n${name}`, (character) => character.charCodeAt(0));
const images = (more: Partial<ModelFiles['accepts'][number]> = {}): ModelFiles => ({
  accepts: [{ kind: 'image', mediaTypes: ['image/png'], maxBytes: 500, ...more }],
});

async function* onePiece(data: Uint8Array): AsyncGenerator<Uint8Array> {
  yield data;
}

function upload(core: TestCore, name: string, content: string | Uint8Array = png(name)): Promise<Attachment> {
  const data = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return core.attachments.upload(ann, { name, content: onePiece(data) });
}

/** Four models: one for texts alone, one for pictures, one for a single small picture, and one for pictures and PDF. */
async function open(): Promise<TestCore> {
  const models = [
    modelInfo('text'),
    modelInfo('eyes', { files: images() }),
    modelInfo('small', { files: images({ maxBytes: 12, maxPerMessage: 1 }) }),
    modelInfo('all', {
      files: { accepts: [...images().accepts, { kind: 'document', mediaTypes: ['application/pdf'], maxBytes: 500 }], maxTotalBytes: 100 },
    }),
  ];
  const core = await createTestCore({ providers: [scriptedModel({ models })] });
  await core.models.list(ann);
  return core;
}

async function send(core: TestCore, model: string, text: string, ...files: readonly Attachment[]) {
  const chats = await core.chats.list(ann, { limit: 1 });
  const chat = chats.items[0] ?? (await core.chats.create(ann, {}));
  return core.chats.send(ann, chat.id, { text, model: `scripted/${model}`, attachments: files.map(({ id }) => id) });
}

async function answer(core: TestCore, index: number, text = 'I see'): Promise<readonly ModelMessage[]> {
  const call = await core.model.call(index);
  call.text(text);
  call.finish();
  await core.clock.advance(100);
  return call.request.messages;
}

/** Files by name, texts as they are. */
const partsOf = (message: ModelMessage | undefined): readonly string[] =>
  (message?.parts ?? []).map((part) => (part.type === 'file' ? `<${part.name}>` : part.type === 'text' ? part.text : part.type));

async function warningsOf(core: TestCore, messageId: string) {
  const message = [...core.storage.tables.messages.values()].find(({ id }) => id === messageId);
  return message?.warnings?.map(({ code, files }) => [code, ...(files ?? [])]);
}

describe('a question with files', () => {
  test('carries them to a model that takes them, bytes and all, and keeps them in its message', async () => {
    const core = await open();
    const [one, two] = [await upload(core, 'one.png'), await upload(core, 'two.png')];
    const { userMessage, assistantMessage } = await send(core, 'eyes', 'What is this?', two, one);
    expect(userMessage.attachments?.map(({ name }) => name)).toEqual(['two.png', 'one.png']);
    const [question] = await answer(core, 0);
    expect(partsOf(question)).toEqual(['<two.png>', '<one.png>', 'What is this?']);
    expect(question?.parts[0]).toEqual({ type: 'file', mediaType: 'image/png', name: 'two.png', data: png('two.png') });
    expect(await core.attachments.get(ann, one.id)).toMatchObject({ messageId: userMessage.id });
    expect(await warningsOf(core, assistantMessage.id)).toBeUndefined();
  });

  test('needs no text, and names the chat then', async () => {
    const core = await open();
    const { userMessage } = await send(core, 'eyes', ' ', await upload(core, 'cat.png'));
    expect((await core.chats.get(ann, userMessage.chatId)).title).toBe('cat.png');
    expect(partsOf((await answer(core, 0))[0])).toEqual(['<cat.png>', ' '].slice(0, 1));
  });

  test('puts texts into the message of a model that reads none, and says so', async () => {
    const core = await open();
    const { assistantMessage } = await send(core, 'text', 'Sum it up', await upload(core, 'table.csv', 'a;b\n1;2'));
    expect(partsOf((await answer(core, 0))[0])).toEqual(['table.csv:\n\n```csv\na;b\n1;2\n```\n\nSum it up']);
    expect(await warningsOf(core, assistantMessage.id)).toEqual([['content_changed', 'table.csv']]);
  });

  test('is refused before it is stored when the model does not take them; models that do are named', async () => {
    const core = await open();
    const [cat, dog, pdf] = [await upload(core, 'cat.png'), await upload(core, 'dog.png'), await upload(core, 'a.pdf', '%PDF-1.7 ')];
    await expect(send(core, 'text', 'See', cat)).rejects.toMatchObject({
      code: 'attachment_not_supported',
      message:
        'The model scripted/text does not take “cat.png”: it does not take such files (image/png). These models do: scripted/eyes, scripted/all',
      details: { models: ['scripted/eyes', 'scripted/all'], fields: [{ path: 'attachments[0]' }] },
    });
    await expect(send(core, 'small', 'See', cat)).rejects.toMatchObject({ details: { fields: [{ message: /larger than 12/ }] } });
    await expect(send(core, 'eyes', 'See', cat, pdf)).rejects.toMatchObject({
      details: { models: ['scripted/all'], fields: [{ path: 'attachments[1]' }] },
    });
    const many = await Promise.all(Array.from({ length: 9 }, (_, index) => upload(core, `cat ${index}.png`)));
    await expect(send(core, 'all', 'See', ...many)).rejects.toMatchObject({ message: /together the files are larger than 100/ });
    const tiny = await Promise.all(['1', '2'].map((name) => upload(core, name)));
    await expect(send(core, 'small', 'See', ...tiny)).rejects.toMatchObject({ message: /at most 1 such file with a message/ });
    expect(core.storage.tables.messages.size).toBe(0);
    expect((await core.attachments.get(ann, dog.id)).messageId).toBeUndefined();
  });

  test('sent again keeps its files: other rows, the same content', async () => {
    const core = await open();
    const cat = await upload(core, 'cat.png');
    const first = await send(core, 'eyes', 'What?', cat);
    await answer(core, 0);
    const chatId = first.userMessage.chatId;
    const second = await core.chats.send(ann, chatId, { text: 'Which breed?', parentId: null, attachments: [cat.id] });
    const copy = second.userMessage.attachments?.[0];
    expect(copy).toMatchObject({ name: 'cat.png', sha256: cat.sha256 });
    expect(copy?.id).not.toBe(cat.id);
    expect(core.files.contents.size).toBe(1);
    expect(partsOf((await answer(core, 1)).at(-1))).toEqual(['<cat.png>', 'Which breed?']);
    await core.chats.delete(ann, chatId);
    expect([core.files.contents.size, core.storage.tables.attachments.size]).toEqual([0, 0]);
  });

  test('asked again of a model that does not take them is refused', async () => {
    const core = await open();
    const { userMessage, assistantMessage } = await send(core, 'eyes', 'What?', await upload(core, 'cat.png'));
    await answer(core, 0);
    const address = { chatId: userMessage.chatId, messageId: assistantMessage.id };
    await expect(core.answers.regenerate(ann, address, { model: 'scripted/text' })).rejects.toMatchObject({
      code: 'attachment_not_supported',
    });
    await core.answers.regenerate(ann, address, { model: 'scripted/all' });
    expect(partsOf((await answer(core, 1))[0])).toEqual(['<cat.png>', 'What?']);
  });
});

test('what a model takes is asked of its provider where it is not known yet, as after a start', async () => {
  const models = [modelInfo('text'), modelInfo('eyes', { files: images() })];
  const core = await createTestCore({ providers: [scriptedModel({ models, catalog: [] })] });
  const cat = await upload(core, 'cat.png');
  await expect(send(core, 'text', 'See', cat)).rejects.toMatchObject({
    code: 'attachment_not_supported',
    details: { models: ['scripted/eyes'] },
  });
  const later = await createTestCore({
    storage: core.storage,
    files: core.files,
    processId: 'process-2',
    providers: [scriptedModel({ models, catalog: [] })],
  });
  await send(later, 'eyes', 'See', await upload(later, 'notes.txt', 'text'), cat);
  expect(partsOf((await answer(later, 0))[0])).toEqual(['<cat.png>', 'notes.txt:\n\n```txt\ntext\n```\n\nSee']);
});

describe('files of earlier messages', () => {
  test('go along, newest first, and what a model does not take is left out and told', async () => {
    const core = await open();
    await send(core, 'eyes', 'One', await upload(core, 'one.png'));
    await answer(core, 0);
    const { assistantMessage } = await send(core, 'text', 'Two');
    const messages = await answer(core, 1);
    expect(messages.map(partsOf)).toEqual([['[attached file "one.png": not available to you]\n\nOne'], ['I see'], ['Two']]);
    expect(await warningsOf(core, assistantMessage.id)).toEqual([['content_dropped', 'one.png']]);
    await send(core, 'eyes', 'Three');
    expect(partsOf((await answer(core, 2))[0])).toEqual(['<one.png>', 'One']);
  });

  test('that were lost do not break the conversation', async () => {
    const core = await open();
    const cat = await upload(core, 'cat.png');
    await send(core, 'eyes', 'One', cat);
    await answer(core, 0);
    await core.files.delete(cat.sha256);
    const { assistantMessage } = await send(core, 'eyes', 'Two');
    expect(partsOf((await answer(core, 1))[0])).toEqual(['[attached file "cat.png": not available to you]\n\nOne']);
    expect(await warningsOf(core, assistantMessage.id)).toEqual([['content_dropped', 'cat.png']]);
  });

  test('that a model made go with the next question', async () => {
    const core = await open();
    await send(core, 'eyes', 'Draw');
    (await core.model.call(0)).push({ type: 'file', mediaType: 'image/png', name: 'mine.png', data: png('mine') });
    await answer(core, 0, 'Here');
    await send(core, 'eyes', 'Bluer');
    expect((await answer(core, 1)).map(partsOf)).toEqual([
      ['Draw'],
      ['Here'],
      ['<mine.png>', '[attached file "mine.png": from your answer above]\n\nBluer'],
    ]);
  });
});

describe('a file that a model makes', () => {
  const made = { type: 'file', mediaType: 'image/png', name: 'mine.png', data: png('mine') } as const;

  test('is kept before it is shown, and is part of the answer ever after', async () => {
    const core = await open();
    const { run, assistantMessage } = await send(core, 'eyes', 'Draw');
    const watcher = await core.runs.watch(ann, run.id);
    const release = core.storage.holdCommits();
    const call = await core.model.call(0);
    call.push(made);
    await core.clock.advance(100);
    release();
    await core.clock.advance(100);
    const id = [...core.storage.tables.attachments.values()].find(({ name }) => name === 'mine.png')?.id;
    expect(await core.storage.read.runs.loadEvents(run.id)).toMatchObject([
      { type: 'start' },
      { type: 'attempt' },
      { type: 'file', attachment: { id } },
    ]);
    call.text('Here');
    call.finish();
    await core.clock.advance(100);
    const events = await readAll(watcher);
    expect(events.map(({ type }) => type)).toEqual(['start', 'attempt', 'file', 'text-delta', 'finish']);
    expect(core.storage.tables.messages.get(assistantMessage.id)?.attachments).toMatchObject([{ id, name: 'mine.png', kind: 'image' }]);
    const [snapshot] = await readAll(await core.runs.watch(ann, run.id));
    expect(snapshot).toMatchObject({ type: 'snapshot', attachments: [{ id }] });
  });

  test('survives the process that showed it', async () => {
    const core = await open();
    const { run, assistantMessage } = await send(core, 'eyes', 'Draw');
    (await core.model.call(0)).push(made);
    await core.clock.advance(100);
    const next = await createTestCore({ storage: core.storage, files: core.files, processId: 'process-2' });
    expect(await next.runs.recover()).toBe(1);
    const [file] = next.storage.tables.messages.get(assistantMessage.id)?.attachments ?? [];
    expect(file).toMatchObject({ name: 'mine.png' });
    expect(file && (await next.attachments.load(file.sha256))).toEqual(png('mine'));
    expect(next.storage.tables.runs.get(run.id)?.state).toBe('interrupted');
  });

  test('that cannot be kept costs a warning, not the answer', async () => {
    const core = await open();
    const { assistantMessage } = await send(core, 'eyes', 'Draw');
    core.files.failCommits(new Error('disk full'));
    (await core.model.call(0)).push(made);
    await answer(core, 0, 'Here');
    expect(core.storage.tables.messages.get(assistantMessage.id)).toMatchObject({
      state: 'completed',
      text: 'Here',
      warnings: [{ code: 'content_dropped' }],
    });
  });

  test('stays with an answer that goes on', async () => {
    const core = await open();
    const { assistantMessage, run } = await send(core, 'eyes', 'Draw');
    const call = await core.model.call(0);
    call.push(made);
    await answer(core, 0, 'Her').catch(() => undefined);
    const message = core.storage.tables.messages.get(assistantMessage.id);
    if (message) core.storage.tables.messages.set(message.id, { ...message, reason: 'length' });
    await core.answers.continue(ann, { chatId: run.chatId, messageId: assistantMessage.id }, {});
    await answer(core, 1, 'e');
    expect(core.storage.tables.messages.get(assistantMessage.id)).toMatchObject({ text: 'Here', attachments: [{ name: 'mine.png' }] });
  });
});

test('a forecast counts files by the rule of sending, those of the question too', async () => {
  const models = [modelInfo('eyes', { files: images(), contextWindow: 4_000 })];
  const core = await createTestCore({ providers: [scriptedModel({ models })] });
  await core.models.list(ann);
  const chat = await core.chats.create(ann, { model: 'scripted/eyes' });
  const one = await upload(core, 'one.png');
  const empty = await core.context.forecast(ann, chat.id, { text: 'x' });
  const with1 = await core.context.forecast(ann, chat.id, { text: 'x', attachments: [one.id] });
  expect(with1.inputTokens - empty.inputTokens).toBe(1_000 + Math.ceil('one.png'.length / 2.5) + 8);
  const cut = await core.context.forecast(ann, chat.id, { attachments: [one.id] });
  expect(cut.cuts.at(-1)?.inputTokens).toBe(with1.inputTokens - Math.ceil('x'.length / 2.5) - 8);
  await core.chats.send(ann, chat.id, { text: 'x', attachments: [one.id] });
  await answer(core, 0);
  const two = await Promise.all(['two.png', 'three.png'].map((name) => upload(core, name)));
  const full = await core.context.forecast(ann, chat.id, { text: 'y', attachments: two.map(({ id }) => id) });
  expect(full.leftOut).toBe(2);
});
