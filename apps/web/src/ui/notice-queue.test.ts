import { expect, test } from 'vitest';
import { NoticeQueue, type NoticeTarget } from './notice-queue.ts';

function recorder(): NoticeTarget & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    add: ({ id, title }) => said.push(`add ${id} ${title}`),
    update: (id, { title }) => void said.push(`update ${id} ${title}`),
    close: (id) => void said.push(`close ${id}`),
  };
}

test('what is said before the list is there waits for it, in its order', () => {
  const queue = new NoticeQueue();
  const id = queue.add({ title: 'copying', timeout: 0 });
  queue.update(id, { title: 'half' });
  queue.add({ title: 'done', timeout: 10 });
  queue.close(id);
  const list = recorder();
  queue.attach(list);
  expect(list.said).toEqual(['add notice-1 copying', 'update notice-1 half', 'add notice-2 done', 'close notice-1']);
  queue.close(queue.add({ title: 'next', timeout: 10 }));
  expect(list.said.slice(4)).toEqual(['add notice-3 next', 'close notice-3']);
});

test('a list that is taken away is told nothing, and the next one what came meanwhile', () => {
  const queue = new NoticeQueue();
  const [first, second] = [recorder(), recorder()];
  const detach = queue.attach(first);
  detach();
  queue.add({ title: 'between', timeout: 10 });
  queue.attach(second);
  detach();
  queue.add({ title: 'after', timeout: 10 });
  expect(first.said).toEqual([]);
  expect(second.said).toEqual(['add notice-1 between', 'add notice-2 after']);
});
