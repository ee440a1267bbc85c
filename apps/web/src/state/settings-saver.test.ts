import { NetworkError } from '@multimodel/client';
import type { ChatDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { FakeServer } from '../testing/fake-server.ts';
import type { ConversationState, SettingsSave } from './conversation-state.ts';
import { SettingsSaver } from './settings-saver.ts';

type State = Pick<ConversationState, 'chat' | 'settings' | 'settingsSave'>;

function setUp(chat?: Partial<ChatDto>) {
  const server = new FakeServer();
  const existing = chat && server.addChat(chat);
  const store = createStore<State>(() => ({ chat: existing, settings: existing?.settings, settingsSave: { state: 'saved' } }));
  const saver = new SettingsSaver({ client: server.client, store, saved: (saved) => store.setState({ chat: saved }) });
  const writes = () => server.calls.filter((call) => call.startsWith('update')).map((call) => JSON.parse(call.slice(7)).settings);
  const save = (): SettingsSave['state'] => store.getState().settingsSave.state;
  return { server, store, saver, writes, save };
}

test('one write at a time, and the last choice wins', async () => {
  const { store, saver, writes, save } = setUp({});
  const first = saver.change({ temperature: 0.1 });
  void saver.change({ temperature: 0.2 });
  const last = saver.change({ temperature: 0.3 });
  expect(save()).toBe('saving');
  await Promise.all([first, last]);
  expect(writes()).toEqual([{ temperature: 0.1 }, { temperature: 0.3 }]);
  expect([save(), store.getState().chat?.settings]).toEqual(['saved', { temperature: 0.3 }]);
});

test('what could not be saved stays, says what the server has, and is tried again', async () => {
  const { server, store, saver, writes } = setUp({ settings: { temperature: 0.5 } });
  server.failNext('update', new NetworkError('cut'));
  await saver.change({ temperature: 0.9 });
  expect(store.getState()).toMatchObject({
    settings: { temperature: 0.9 },
    settingsSave: { state: 'failed', error: expect.any(NetworkError), kept: { temperature: 0.5 } },
  });
  saver.adopt({ temperature: 0.6 });
  expect(store.getState()).toMatchObject({ settings: { temperature: 0.9 }, settingsSave: { kept: { temperature: 0.6 } } });
  await saver.retry();
  expect([store.getState().settingsSave.state, writes().length]).toEqual(['saved', 2]);
});

test('who needs the server to have them waits for it, and hears of a failure', async () => {
  const { server, saver, writes } = setUp({});
  void saver.change({ seed: 1 });
  await saver.settle();
  expect(writes()).toEqual([{ seed: 1 }]);
  server.failNext('update', new NetworkError('cut'));
  await saver.change({ seed: 2 });
  await saver.settle();
  expect(writes()).toEqual([{ seed: 1 }, { seed: 2 }, { seed: 2 }]);
  server.failNext('update', new NetworkError('cut'));
  void saver.change({ seed: 3 });
  await expect(saver.settle()).rejects.toBeInstanceOf(NetworkError);
});

test('a reading of the server does not undo what is on its way', async () => {
  const { store, saver } = setUp({ settings: { temperature: 0.5 } });
  const saving = saver.change({ temperature: 0.9 });
  saver.adopt({ temperature: 0.5 });
  expect(store.getState().settings).toEqual({ temperature: 0.9 });
  await saving;
  saver.adopt({ temperature: 0.4 });
  expect(store.getState().settings).toEqual({ temperature: 0.4 });
});

test('a chat that does not exist yet takes them along; what changed while it was made follows', async () => {
  const { server, store, saver, writes } = setUp();
  await saver.change({ temperature: 0.1 });
  expect(server.calls).toEqual([]);
  const taken = store.getState().settings;
  await saver.change({ temperature: 0.2 });
  store.setState({ chat: server.addChat({ settings: taken ?? {} }) });
  saver.created(taken);
  await saver.settle();
  expect(writes()).toEqual([{ temperature: 0.2 }]);
  saver.created({ temperature: 0.2 });
  await saver.settle();
  expect(writes()).toHaveLength(1);
});
