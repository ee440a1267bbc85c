import { expect, test } from 'vitest';
import { reachMessage } from '../../state/reach-message.ts';
import { createStorageArea } from '../../state/storage-area.ts';
import { memoryStorage } from '../../testing/fake-server.ts';
import { ReadingPlaces } from './reading-places.ts';

test('a place is kept per chat, the end of a chat needs none', () => {
  const storage = memoryStorage();
  const area = createStorageArea(() => storage);
  const places = new ReadingPlaces(area);
  places.set('a', { messageId: 'm1', topPx: -12.5 });
  places.set('b', { messageId: 'm2', block: [3, 1], topPx: 4 });
  expect(new ReadingPlaces(area).of('a')).toEqual({ messageId: 'm1', topPx: -12.5 });
  expect(places.of('b')).toEqual({ messageId: 'm2', block: [3, 1], topPx: 4 });
  places.set('a', undefined);
  expect(places.of('a')).toBeUndefined();
});

test('only the last chats are remembered, and nonsense is not', () => {
  const storage = memoryStorage({ 'mmc.places': '[["x",{"messageId":1,"topPx":2}],["y"],7]' });
  const places = new ReadingPlaces(createStorageArea(() => storage));
  expect(places.of('x')).toBeUndefined();
  for (let at = 0; at < 60; at += 1) places.set(`c${at}`, { messageId: 'm', topPx: at });
  expect(places.of('c9')).toBeUndefined();
  expect(places.of('c59')).toEqual({ messageId: 'm', topPx: 59 });
});

type Reached = Parameters<typeof reachMessage>[0];

/** A chat whose pages of two messages come one after the other. */
function pagedChat(pages: readonly string[][], isFailing = false) {
  const state: { messages: { id: string }[]; olderCursor: string | undefined; older: 'idle' | 'loading' } = {
    older: 'idle',
    messages: [{ id: 'newest' }],
    olderCursor: pages.length > 0 ? '0' : undefined,
  };
  let asked = 0;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const set = (older: 'idle' | 'loading') => {
    state.older = older;
    for (const listener of listeners) listener();
  };
  const loadOlder = async (): Promise<void> => {
    asked += 1;
    if (isFailing) return;
    const at = Number(state.olderCursor);
    state.messages = [...(pages[at] ?? []).map((id) => ({ id })), ...state.messages];
    state.olderCursor = at + 1 < pages.length ? String(at + 1) : undefined;
  };
  // oxlint-disable-next-line typescript/consistent-type-assertions -- the search asks for nothing else
  const conversation = { store: { getState: () => state, subscribe }, loadOlder } as unknown as Reached;
  return { conversation, asked: () => asked, set };
}

test('older pages are loaded until the message is there, and not one more', async () => {
  const { conversation, asked } = pagedChat([
    ['c', 'd'],
    ['a', 'b'],
    ['x', 'y'],
  ]);
  expect(await reachMessage(conversation, 'b', new AbortController().signal)).toBe(true);
  expect(asked()).toBe(2);
});

test('a message that the branch does not have ends the search, a failure too', async () => {
  const { signal } = new AbortController();
  expect(await reachMessage(pagedChat([['a']]).conversation, 'nowhere', signal)).toBe(false);
  const failing = pagedChat([['a']], true);
  expect(await reachMessage(failing.conversation, 'a', signal)).toBe(false);
  expect(failing.asked()).toBe(1);
});

test('somebody else who is loading is waited for', async () => {
  const { conversation, asked, set } = pagedChat([
    ['c', 'd'],
    ['a', 'b'],
  ]);
  set('loading');
  const reached = reachMessage(conversation, 'b', new AbortController().signal);
  expect(asked()).toBe(0);
  set('idle');
  expect(await reached).toBe(true);
});
