import { expect, test } from 'vitest';
import { memoryStorage } from '../testing/fake-server.ts';
import { Drafts } from './drafts.ts';
import { createStorageArea } from './storage-area.ts';

function setUp() {
  const storage = memoryStorage();
  let keys = 0;
  const open = () => new Drafts({ area: createStorageArea(() => storage), newKey: () => `key${++keys}` });
  return { open };
}

test('keeps the text of each chat over a reload', () => {
  const { open } = setUp();
  open().saveText('a', 'for a');
  open().saveText(undefined, 'for a new one');
  expect(open().text('a')).toBe('for a');
  expect(open().text(undefined)).toBe('for a new one');
  expect(open().text('b')).toBe('');
});

test('the same message after a reload has the same key, another one has its own', () => {
  const { open } = setUp();
  const { key } = open().attemptFor('a', { text: 'hello' });
  expect(open().attemptFor('a', { text: 'hello' }).key).toBe(key);
  expect(open().attemptFor('a', { text: 'hello!' }).key).not.toBe(key);
});

test('an accepted message leaves no draft, but what was typed meanwhile stays', () => {
  const { open } = setUp();
  const drafts = open();
  drafts.accepted('a', drafts.attemptFor('a', { text: 'hello' }));
  expect(drafts.text('a')).toBe('');
  const attempt = drafts.attemptFor('a', { text: 'hello' });
  expect(drafts.text('a')).toBe('');
  drafts.saveText('a', 'the next one');
  drafts.accepted('a', attempt);
  expect(drafts.text('a')).toBe('the next one');
});

test('a browser that forbids storage loses drafts, nothing else', () => {
  const area = createStorageArea(() => {
    throw new Error('denied');
  });
  const drafts = new Drafts({ area, newKey: () => 'key' });
  drafts.saveText('a', 'text');
  expect(drafts.text('a')).toBe('');
});
