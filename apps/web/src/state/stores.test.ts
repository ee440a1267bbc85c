import { expect, test } from 'vitest';
import { memoryStorage } from '../testing/fake-server.ts';
import { ConnectionStore } from './connection-store.ts';
import { applyUserSettings, createPreferencesStore, preferencesKey, rereadPreferences } from './preferences-store.ts';
import { Release } from './release.ts';
import { createStorageArea } from './storage-area.ts';
import { UndoableActions } from './undoable-actions.ts';

test("the browser's language is the first; a choice is remembered", () => {
  const area = createStorageArea(() => storage);
  const storage = memoryStorage();
  const open = (languages: readonly string[]) => createPreferencesStore({ area, languages });
  expect(open(['de-DE', 'ru-RU', 'en']).getState().language).toBe('ru');
  expect(open(['fr']).getState().language).toBe('en');
  open(['ru']).setState({ language: 'en', theme: 'dark' });
  expect(open(['ru']).getState()).toMatchObject({ language: 'en', theme: 'dark', sendOnEnter: true });
});

test('stored nonsense is ignored; the account wins over the browser', () => {
  const storage = memoryStorage({ [preferencesKey]: '{"theme":"pink","language":"ru","sendOnEnter":"no"}' });
  const store = createPreferencesStore({ area: createStorageArea(() => storage), languages: ['en'] });
  expect(store.getState()).toMatchObject({ theme: 'system', language: 'ru', sendOnEnter: true });
  applyUserSettings(store, { theme: 'light', generation: {}, sendOnEnter: false });
  expect(store.getState()).toMatchObject({ theme: 'light', language: 'ru', sendOnEnter: false });
});

function setUpConnection() {
  const timers: { callback: () => void; delayMs: number }[] = [];
  const state = { isOnline: true, isServerUp: false, restored: 0, now: 1_000_000, uptimeMs: 5_000_000 };
  const connection = new ConnectionStore({
    isOnline: () => state.isOnline,
    now: () => state.now,
    schedule: (callback, delayMs) => {
      const timer = { callback, delayMs };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    probe: () => (state.isServerUp ? Promise.resolve({ uptimeMs: state.uptimeMs }) : Promise.reject(new Error('down'))),
    onRestored: () => {
      state.restored += 1;
    },
  });
  const elapse = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    timers.shift()?.callback();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { connection, state, timers, elapse, current: () => connection.store.getState().state };
}

test('asks again and again while the server is away, and says once that it is back', async () => {
  const { connection, state, timers, elapse, current } = setUpConnection();
  connection.failed();
  connection.failed();
  expect(current()).toBe('unreachable');
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([1_000]);
  await elapse();
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([2_000]);
  state.isServerUp = true;
  await elapse();
  expect(current()).toBe('restored');
  expect(state.restored).toBe(1);
  await elapse();
  expect(current()).toBe('online');
});

test('says offline when the browser does, and comes back with it', async () => {
  const { connection, state, elapse, current } = setUpConnection();
  state.isOnline = false;
  connection.browserChanged();
  expect(current()).toBe('offline');
  await elapse();
  expect(current()).toBe('offline');
  state.isOnline = true;
  state.isServerUp = true;
  connection.browserChanged();
  await elapse();
  expect(current()).toBe('online');
});

test('says when the next try is, and tries at once when asked or when some request got through', async () => {
  const { connection, state, timers, current } = setUpConnection();
  connection.failed();
  expect(connection.store.getState().retryAt).toBe(state.now + 1_000);
  connection.retryNow();
  expect(connection.store.getState().retryAt).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  expect(connection.store.getState().retryAt).toBe(state.now + 2_000);
  expect(timers).toHaveLength(1);
  state.isServerUp = true;
  connection.reached();
  await new Promise((resolve) => setImmediate(resolve));
  expect(current()).toBe('restored');
});

test('a server that began after the break had begun was restarted, an older one was not', async () => {
  const { connection, state, elapse } = setUpConnection();
  connection.failed();
  state.isServerUp = true;
  state.now += 3_000;
  await elapse();
  expect(connection.store.getState()).toMatchObject({ state: 'restored', isRestarted: false });
  connection.failed();
  state.now += 3_000;
  state.uptimeMs = 900;
  connection.retryNow();
  await new Promise((resolve) => setImmediate(resolve));
  expect(connection.store.getState()).toMatchObject({ state: 'restored', isRestarted: true });
});

test('another page at the server than the one that runs here makes this one outdated', async () => {
  const page = (script: string) => `<head><script type="module" crossorigin src="${script}"></script></head>`;
  const pages: (string | Error)[] = [new Error('away'), page('/assets/a.js'), page('/assets/b.js')];
  const load = () => {
    const next = pages.shift();
    return typeof next === 'string' ? Promise.resolve(next) : Promise.reject(next ?? new Error('none'));
  };
  const release = new Release({ load, running: '/assets/a.js' });
  const seen: boolean[] = [];
  for (let check = 0; check < 3; check += 1) {
    await release.check();
    seen.push(release.store.getState().isOutdated);
  }
  expect(seen).toEqual([false, false, true]);
});

test('another tab changes theme and language here, but not whether the chat list is open', () => {
  const storage = memoryStorage();
  const area = createStorageArea(() => storage);
  const [here, there] = [createPreferencesStore({ area, languages: ['ru'] }), createPreferencesStore({ area, languages: ['ru'] })];
  there.setState({ theme: 'dark', language: 'en', isSidebarOpen: false, hasCharacterKeys: false });
  rereadPreferences(here, area);
  expect(here.getState()).toMatchObject({ theme: 'dark', language: 'en', isSidebarOpen: true, hasCharacterKeys: false });
});

test('an undoable action ends once, by undo or by commit', () => {
  const done: string[] = [];
  const actions = new UndoableActions();
  const begin = (name: string) => actions.begin({ undo: () => done.push(`undo ${name}`), commit: () => done.push(`commit ${name}`) });
  const first = begin('a');
  first.undo();
  first.commit();
  const second = begin('b');
  second.commit();
  second.undo();
  begin('c');
  actions.commitAll();
  actions.commitAll();
  expect(done).toEqual(['undo a', 'commit b', 'commit c']);
});
