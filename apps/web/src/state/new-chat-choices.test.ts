import { expect, test } from 'vitest';
import { fakeMessageFiles } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Conversations } from './conversations.ts';
import { Drafts } from './drafts.ts';
import { NewChatChoices } from './new-chat-choices.ts';
import { Outbox } from './outbox.ts';
import { createStorageArea } from './storage-area.ts';

const nothing = () => undefined;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(raw = memoryStorage()) {
  const server = new FakeServer();
  const network = { isAway: false };
  let keys = 0;
  const openTab = () => {
    const area = createStorageArea(() => raw);
    const drafts = new Drafts({ area, newKey: () => `key${++keys}` });
    const outbox = new Outbox({ area, now: () => 100 });
    return new Conversations({
      client: server.client,
      drafts,
      outbox,
      files: fakeMessageFiles({ server, drafts, outbox }),
      choices: new NewChatChoices(area),
      isAway: () => network.isAway,
      live: { client: server.client, requestFlush: (flush) => flush() },
      now: () => 100,
      listener: { chatCreated: nothing, queued: nothing, chatChanged: nothing, answerEnded: nothing, failed: nothing },
    });
  };
  const draftOf = (tab: Conversations) => tab.draft.getState().conversation;
  return { server, network, openTab, draftOf };
}

test('what is chosen for a chat that is not begun outlives a reload, and goes with its first message', async () => {
  const { server, openTab, draftOf } = setUp();
  const before = draftOf(openTab());
  await before.setSettings({ temperature: 0.3, systemPrompt: 'Short.' });
  await before.setModel('a/b');
  const after = draftOf(openTab());
  expect(after.store.getState()).toMatchObject({ model: 'a/b', settings: { temperature: 0.3, systemPrompt: 'Short.' } });
  await after.send({ text: 'hello' });
  expect([...server.chats.values()]).toMatchObject([{ model: 'a/b', settings: { temperature: 0.3, systemPrompt: 'Short.' } }]);
});

test.each([
  ['has been sent', false],
  ['waits for a connection', true],
])('the next chat begins anew once the first %s', async (_, isAway) => {
  const { network, openTab, draftOf } = setUp();
  const tab = openTab();
  await draftOf(tab).setSettings({ temperature: 0.3 });
  network.isAway = isAway;
  await draftOf(tab).send({ text: 'hello' });
  await settle();
  expect(draftOf(openTab()).store.getState()).toMatchObject({ model: undefined, settings: undefined });
  tab.startNew();
  expect(draftOf(tab).store.getState()).toMatchObject({ model: undefined, settings: undefined });
  await draftOf(tab).setSettings({ temperature: 0.9 });
  expect(draftOf(openTab()).store.getState()).toMatchObject({ settings: { temperature: 0.9 } });
});

test('nonsense in the storage chooses nothing', () => {
  for (const kept of ['[]', '"x"', '{"model":1,"settings":[]}', 'not json']) {
    const { openTab, draftOf } = setUp(memoryStorage({ 'mmc.draft-settings.new': kept }));
    expect(draftOf(openTab()).store.getState()).toMatchObject({ model: undefined, settings: undefined });
  }
});
