import { describe, expect, test } from 'vitest';
import { toAttachmentId, toMessageId } from '../shared/ids.ts';
import { createTestCore, type TestCore, testActor, testUploadBytes } from '../testing/index.ts';
import type { Upload } from './attachment-service.ts';

const ann = testActor('ann');
const bob = testActor('bob');
const dayMs = 24 * 60 * 60_000;

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

const file = (text: string, name = 'notes.txt', mediaType = 'text/plain'): Upload => ({ name, mediaType, content: pieces(text) });
const kept = (core: TestCore) => [core.files.contents.size, core.storage.tables.attachments.size, core.files.unfinished];

describe('an upload', () => {
  test('is kept under its hash, with what is known of it', async () => {
    const core = await createTestCore();
    const made = await core.attachments.upload(ann, { name: 'folder/Заметки.md', content: pieces('# При', 'вет') });
    expect(made).toMatchObject({ name: 'Заметки.md', mediaType: 'text/markdown', kind: 'document', size: 14, ownerId: ann.userId });
    expect(made.messageId).toBeUndefined();
    expect(await core.attachments.get(ann, made.id)).toEqual(made);
    expect(new TextDecoder().decode(await core.attachments.load(made.sha256))).toBe('# Привет');
  });

  test('of the same content is a row more and no content more', async () => {
    const core = await createTestCore();
    const [one, two] = [await core.attachments.upload(ann, file('same')), await core.attachments.upload(bob, file('same', 'other.txt'))];
    expect(one.sha256).toBe(two.sha256);
    expect(kept(core)).toEqual([1, 2, 0]);
  });

  test('with the same key is done once; with the same key and another file it is refused', async () => {
    const core = await createTestCore();
    const one = await core.attachments.upload(ann, file('same'), 'key');
    expect(await core.attachments.upload(ann, file('same'), 'key')).toEqual(one);
    await expect(core.attachments.upload(ann, file('other'), 'key')).rejects.toMatchObject({ code: 'idempotency_conflict' });
    expect(core.storage.tables.attachments.size).toBe(1);
  });

  test.each([
    ['payload_too_large', file('x'.repeat(testUploadBytes + 1))],
    ['validation_failed', file('')],
    ['unsupported_media_type', file('\u007fELF\u0000', 'a.out', 'application/octet-stream')],
    ['validation_failed', file('plain text', 'photo.png', 'image/png')],
  ])('that is refused with %s leaves nothing', async (code, upload) => {
    const core = await createTestCore();
    await expect(core.attachments.upload(ann, upload)).rejects.toMatchObject({ code });
    expect(kept(core)).toEqual([0, 0, 0]);
  });

  test('whose row could not be written leaves a content that the next sweep takes', async () => {
    const core = await createTestCore();
    core.storage.failCommits('unavailable');
    await expect(core.attachments.upload(ann, file('lost'))).rejects.toMatchObject({ code: 'storage_unavailable' });
    core.storage.failCommits(undefined);
    expect(kept(core)).toEqual([1, 0, 0]);
    await core.attachments.sweep();
    expect(kept(core)).toEqual([0, 0, 0]);
  });
});

test('another person’s file is one that does not exist', async () => {
  const core = await createTestCore();
  const { id } = await core.attachments.upload(ann, file('secret'));
  const chat = await core.chats.create(bob, {});
  for (const attempt of [
    () => core.attachments.get(bob, id),
    () => core.attachments.open(bob, id),
    () => core.attachments.delete(bob, id),
    () => core.chats.send(bob, chat.id, { text: 'give it to me', model: core.model.publicId, attachments: [id] }),
    () => core.context.forecast(bob, chat.id, { model: core.model.publicId, attachments: [id] }),
    () => core.attachments.get(ann, toAttachmentId('nothing')),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(core.storage.tables.messages.size).toBe(0);
});

describe('deleting', () => {
  test('one that waits takes its content, unless another row names it', async () => {
    const core = await createTestCore();
    const [one, two] = [await core.attachments.upload(ann, file('same')), await core.attachments.upload(ann, file('same'))];
    await core.attachments.delete(ann, one.id);
    expect(kept(core)).toEqual([1, 1, 0]);
    await core.attachments.delete(ann, two.id);
    expect(kept(core)).toEqual([0, 0, 0]);
  });

  test('one that was sent is refused', async () => {
    const core = await createTestCore();
    const { id } = await core.attachments.upload(ann, file('hello'));
    const chat = await core.chats.create(ann, {});
    await core.chats.send(ann, chat.id, { text: 'See', model: core.model.publicId, attachments: [id] });
    await expect(core.attachments.delete(ann, id)).rejects.toMatchObject({ code: 'conflict' });
    expect(kept(core)).toEqual([1, 1, 0]);
  });

  test('an upload of the same content meanwhile keeps it', async () => {
    const core = await createTestCore();
    const { id, sha256 } = await core.attachments.upload(ann, file('same'));
    await Promise.all([core.attachments.delete(ann, id), core.attachments.upload(ann, file('same'))]);
    expect([...core.files.contents.keys()]).toEqual([sha256]);
  });
});

test('what nobody sent within a day is swept, and what is younger or was sent stays', async () => {
  const core = await createTestCore();
  const chat = await core.chats.create(ann, {});
  const sent = await core.attachments.upload(ann, file('sent'));
  await core.chats.send(ann, chat.id, { text: 'See', model: core.model.publicId, attachments: [sent.id] });
  const old = await Promise.all(Array.from({ length: 150 }, (_, index) => core.attachments.upload(ann, file(`old ${index}`))));
  await core.clock.advance(dayMs);
  const young = await core.attachments.upload(ann, file('young'));
  await core.clock.advance(1);
  await core.attachments.sweep();
  expect([...core.storage.tables.attachments.keys()]).toEqual([sent.id, young.id]);
  expect(old.some(({ sha256 }) => core.files.contents.has(sha256))).toBe(false);
  expect(kept(core)).toEqual([2, 2, 0]);
});

test('what a model made is part of its message at once, under the type that its bytes show', async () => {
  const core = await createTestCore();
  const { assistantMessage } = await core.ask('Draw');
  const png = Uint8Array.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03', (character) => character.charCodeAt(0));
  const made = await core.attachments.keepMade(ann.userId, assistantMessage.id, { mediaType: 'image/jpeg', data: png });
  expect(made).toMatchObject({ name: 'image.png', mediaType: 'image/png', kind: 'image', width: 2, height: 3 });
  expect(core.storage.tables.attachments.get(made.id)).toMatchObject({ messageId: assistantMessage.id });
  await expect(core.attachments.keepMade(ann.userId, toMessageId('gone'), { mediaType: 'image/png', data: png })).rejects.toThrow();
});
