import { expect, test } from 'vitest';
import { createTestCore, type TestCore, testActor } from '../testing/index.ts';
import { ClearedChats, undoMs } from './cleared-chats.ts';

const ann = testActor('ann');

async function setUp() {
  const core = await createTestCore();
  const { run } = await core.ask('Hello');
  const call = await core.model.call(0);
  call.text('Hi');
  call.finish();
  await core.clock.advance(100);
  const { chats, clock, storage, logger } = core;
  const cleared = new ClearedChats({ storage, chats, clock, logger });
  return { core, id: run.chatId, cleared };
}

const count = async ({ chats }: TestCore, id: Parameters<TestCore['chats']['get']>[1]): Promise<number> =>
  (await chats.listMessages(ann, id, { limit: 10, order: 'asc' })).items.length;

test('what was cleared stays for as long as it may be undone, and goes after that by itself', async () => {
  const { core, id, cleared } = await setUp();
  await core.chats.update(ann, id, { leafId: null });
  await core.clock.advance(undoMs);
  expect(await count(core, id)).toBe(2);
  await core.clock.advance(undoMs);
  expect(await count(core, id)).toBe(0);
  expect((await core.chats.get(ann, id)).title).toBe('Hello');
  cleared[Symbol.dispose]();
});

test('what was undone stays, and its time begins anew when it is cleared again', async () => {
  const { core, id, cleared } = await setUp();
  const { leafId } = await core.chats.get(ann, id);
  await core.chats.update(ann, id, { leafId: null });
  await core.clock.advance(undoMs);
  await core.chats.update(ann, id, { leafId });
  await core.clock.advance(undoMs);
  expect(await count(core, id)).toBe(2);
  await core.chats.update(ann, id, { leafId: null });
  await core.clock.advance(undoMs);
  expect(await count(core, id)).toBe(2);
  cleared[Symbol.dispose]();
});

test('chats that show something, or never had anything, are left alone', async () => {
  const { core, id, cleared } = await setUp();
  const empty = await core.chats.create(ann, {});
  await core.clock.advance(3 * undoMs);
  expect(await count(core, id)).toBe(2);
  expect(await core.chats.get(ann, empty.id)).toMatchObject({ id: empty.id });
  cleared[Symbol.dispose]();
});

test('a database that fails is tried again, and nothing is swept after the end', async () => {
  const { core, id, cleared } = await setUp();
  await core.chats.update(ann, id, { leafId: null });
  core.storage.failReads('unavailable');
  await core.clock.advance(60_000);
  core.storage.failReads(undefined);
  await core.clock.advance(3 * undoMs);
  expect(await count(core, id)).toBe(0);
  cleared[Symbol.dispose]();
  const timers = core.clock.pendingTimers;
  await core.clock.advance(undoMs);
  expect(core.clock.pendingTimers).toBe(timers);
});
