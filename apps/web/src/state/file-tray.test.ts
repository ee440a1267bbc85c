import { ApiError, NetworkError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { fakeMessageFiles } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Drafts } from './drafts.ts';
import { Outbox } from './outbox.ts';
import { createStorageArea } from './storage-area.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const fileOf = (name: string, size = 3) => new File(['x'.repeat(size)], name, { type: 'image/png' });

function openBrowser(server = new FakeServer(), raw = memoryStorage()) {
  const area = createStorageArea(() => raw);
  const returns = new Set<() => void>();
  const onReturn = (callback: () => void) => {
    returns.add(callback);
    return () => void returns.delete(callback);
  };
  const openTab = () => {
    const drafts = new Drafts({ area, newKey: () => 'key' });
    const outbox = new Outbox({ area, now: () => 1 });
    const files = fakeMessageFiles({ server, drafts, outbox, onReturn });
    return { drafts, tray: files.draftTray(() => 'c') };
  };
  const comeBack = () => {
    for (const callback of returns) callback();
  };
  return { server, raw, openTab, comeBack };
}

const statesOf = (tray: ReturnType<ReturnType<typeof openBrowser>['openTab']>['tray']) =>
  tray.files.map(({ name, state }) => [name, state]);

test('files go up at once, three at a time, and are ready when the server has them', async () => {
  const { server, openTab } = openBrowser();
  server.files.hold();
  const { tray } = openTab();
  tray.add(['a', 'b', 'c'].map((name) => fileOf(name)));
  await settle();
  expect(tray.files.map(({ state, progress }) => [state, progress])).toEqual(Array.from({ length: 3 }, () => ['uploading', 0.5]));
  server.files.release();
  await settle();
  expect(statesOf(tray)).toEqual(['a', 'b', 'c'].map((name) => [name, 'ready']));
  expect(tray.files[0]?.attachment).toMatchObject({ id: 'file-1', name: 'a' });
});

test('what this server does not take is not sent there, and says why', async () => {
  const { server, openTab } = openBrowser();
  const { tray } = openTab();
  tray.add([fileOf('empty', 0), fileOf('large', 1_001), fileOf('fits'), fileOf('one too many')]);
  await settle();
  expect(tray.files.map(({ fault }) => fault)).toEqual([
    { kind: 'empty' },
    { kind: 'large', limit: 1_000 },
    undefined,
    { kind: 'many', limit: 3 },
  ]);
  expect(server.files.uploads).toHaveLength(1);
});

test('one that is removed is not waited for, and the server forgets it; one of an older message stays there', async () => {
  const { server, openTab } = openBrowser();
  const { tray } = openTab();
  tray.add([fileOf('a')]);
  await settle();
  tray.putBack([{ key: 'old', name: 'old', size: 1, mediaType: '', attachment: server.files.take('file-1'), isOfMessage: true }]);
  server.files.hold();
  tray.add([fileOf('b')]);
  await settle();
  for (const { key } of tray.files) tray.remove(key);
  server.files.release();
  await settle();
  expect(tray.files).toEqual([]);
  expect(server.files.deleted).toEqual(['file-1']);
});

test('after a failure the same file is tried again with the same key', async () => {
  const { server, openTab } = openBrowser();
  const { tray } = openTab();
  server.files.failNext(new ApiError({ status: 500, code: 'internal' }));
  tray.add([fileOf('a')]);
  tray.wantSend(true);
  await settle();
  expect(tray.files).toMatchObject([{ state: 'failed', fault: { kind: 'error' } }]);
  expect(tray.store.getState().isSendWanted).toBe(false);
  tray.retry(tray.files[0]?.key ?? '');
  await settle();
  expect(statesOf(tray)).toEqual([['a', 'ready']]);
  expect(new Set(server.files.uploads).size).toBe(1);
});

test('an upload that is cut goes on by itself when the connection is back', async () => {
  const { server, openTab, comeBack } = openBrowser();
  const { tray } = openTab();
  server.files.failNext(new NetworkError('cut'));
  tray.add([fileOf('a')]);
  await settle();
  expect(statesOf(tray)).toEqual([['a', 'waiting']]);
  comeBack();
  await settle();
  expect(statesOf(tray)).toEqual([['a', 'ready']]);
});

test('a reload brings back what the server has, and tells of what it has thrown away', async () => {
  const { server, openTab } = openBrowser();
  const before = openTab();
  before.tray.add([fileOf('a'), fileOf('b')]);
  await settle();
  server.files.hold();
  before.tray.add([fileOf('half-way')]);
  await settle();
  const { tray } = openTab();
  expect(statesOf(tray)).toEqual([
    ['a', 'ready'],
    ['b', 'ready'],
  ]);
  server.files.stored.delete('file-1');
  await tray.verify();
  expect(tray.files).toMatchObject([
    { name: 'a', state: 'failed', fault: { kind: 'gone' } },
    { name: 'b', state: 'ready' },
  ]);
});

test('two tabs with one chat show the same files', async () => {
  const { openTab } = openBrowser();
  const [one, two] = [openTab(), openTab()];
  one.tray.add([fileOf('a'), fileOf('b')]);
  await settle();
  two.drafts.changedElsewhere('mmc.draft.c');
  expect(statesOf(two.tray)).toEqual(statesOf(one.tray));
  two.tray.remove(two.tray.files[0]?.key ?? '');
  one.drafts.changedElsewhere('mmc.draft.c');
  expect(statesOf(one.tray)).toEqual([['b', 'ready']]);
});

test('nonsense in the storage is no draft', () => {
  const { openTab } = openBrowser(new FakeServer(), memoryStorage({ 'mmc.draft.c': '{"text":"x","files":[{"id":1}]}' }));
  expect(openTab().tray.files).toEqual([]);
});
