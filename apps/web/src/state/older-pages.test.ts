import { expect, test } from 'vitest';
import { FakeServer } from '../testing/fake-server.ts';
import { olderPages } from './older-pages.ts';

test('one page, or as many as lead to a message', async () => {
  const server = new FakeServer();
  const { id } = server.addChat();
  server.addMessages(id, 700);
  const oldest = server.messages.get(id)?.[0]?.id;
  const one = await olderPages(server.client, { chatId: id, cursor: '40' });
  expect(one.items).toHaveLength(40);
  const all = await olderPages(server.client, { chatId: id, cursor: '40', until: oldest });
  expect(all.items).toHaveLength(660);
  expect(all.items.at(-1)?.id).toBe(oldest);
  expect(all.nextCursor).toBeUndefined();
  const near = await olderPages(server.client, { chatId: id, cursor: '40', until: all.items[250]?.id });
  expect(near.items).toHaveLength(400);
  expect((await olderPages(server.client, { chatId: id, cursor: '40', until: 'nowhere' })).items).toHaveLength(660);
});
