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

test('a message taken back stands before what was typed since, in the field or in the store', () => {
  const { open } = setUp();
  const drafts = open();
  drafts.saveText('a', 'typed');
  drafts.putBack('a', 'taken back');
  expect(drafts.text('a')).toBe('taken back\n\ntyped');
  const field = { text: 'in the field' };
  const stop = drafts.watch({ chatId: () => 'b', change: (next) => void Object.assign(field, { text: next(field.text) }) });
  drafts.putBack('b', 'taken back');
  expect([field.text, drafts.text('b')]).toEqual(['taken back\n\nin the field', '']);
  stop();
  drafts.putBack('b', 'again');
  expect(drafts.text('b')).toBe('again');
});

test('what another tab writes for the same chat comes into the field; two chats that are not begun stay apart', () => {
  const { open } = setUp();
  const [here, there] = [open(), open()];
  const texts = { a: '', fresh: 'mine' };
  here.watch({ chatId: () => 'a', change: (next) => void Object.assign(texts, { a: next(texts.a) }) });
  here.watch({ chatId: () => undefined, change: (next) => void Object.assign(texts, { fresh: next(texts.fresh) }) });
  there.saveText('a', 'from there');
  there.saveText(undefined, 'theirs');
  here.changedElsewhere('mmc.draft.a');
  here.changedElsewhere('mmc.draft.new');
  expect(texts).toEqual({ a: 'from there', fresh: 'mine' });
});

test('a browser that forbids storage loses drafts, nothing else', () => {
  const area = createStorageArea(() => {
    throw new Error('denied');
  });
  const drafts = new Drafts({ area, newKey: () => 'key' });
  drafts.saveText('a', 'text');
  expect(drafts.text('a')).toBe('');
});

test('a draft that the browser does not take is told of', () => {
  const storage = memoryStorage();
  const full = {
    ...storage,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  let isFull = false;
  const drafts = new Drafts({ area: createStorageArea(() => (isFull ? full : storage)), newKey: () => 'key' });
  expect(drafts.saveText('a', 'kept')).toBe(true);
  isFull = true;
  expect(drafts.saveText('a', 'x'.repeat(200_000))).toBe(false);
  expect(drafts.saveText('a', '')).toBe(true);
});
