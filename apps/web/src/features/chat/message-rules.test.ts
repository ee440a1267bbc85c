import type { MessageDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { branchOff } from '../../state/message-list.ts';
import { isPlainArrowUp } from '../composer/composer-rules.ts';
import { canContinue } from './can-continue.ts';
import { ScrollFollower } from './scroll-follower.ts';

const answer: MessageDto = { id: 'm', chatId: 'c', role: 'assistant', text: 'so far', state: 'stopped', createdAt: 0 };

test.for([
  [{}, true],
  [{ state: 'interrupted' }, true],
  [{ state: 'failed' }, true],
  [{ state: 'failed', text: '' }, false],
  [{ state: 'completed', reason: 'length' }, true],
  [{ state: 'completed', reason: 'stop' }, false],
  [{ state: 'streaming' }, false],
  [{ role: 'user', state: 'completed' }, false],
] as const)('%j can go on: %s', ([more, isPossible]) => {
  expect(canContinue({ ...answer, ...more })).toBe(isPossible);
});

test('a new branch replaces what stood below its parent', () => {
  const at = (id: string): MessageDto => ({ ...answer, id });
  const ids = (parentId: string | undefined) => branchOff([at('a'), at('b'), at('c')], parentId, [at('new')]).map(({ id }) => id);
  expect(ids('a')).toEqual(['a', 'new']);
  expect(ids('c')).toEqual(['a', 'b', 'c', 'new']);
  expect(ids(undefined)).toEqual(['new']);
  expect(ids('not loaded')).toEqual(['a', 'b', 'c', 'new']);
});

test('a message that is held stays, however short its branch is, until the reader moves', () => {
  const follower = new ScrollFollower();
  const short = { scrollTop: 600, scrollHeight: 1000, clientHeight: 400 };
  follower.hold();
  expect(follower.scrolled(short)).toBe(false);
  expect(follower.isAtEnd(short)).toBe(true);
  expect(follower.grown({ ...short, scrollHeight: 3000 })).toBeUndefined();
  follower.release();
  expect(follower.scrolled({ ...short, scrollTop: 2600, scrollHeight: 3000 })).toBe(true);
});

test('only a plain arrow opens the last question', () => {
  const up = {
    key: 'ArrowUp',
    keyCode: 38,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
  };
  expect(isPlainArrowUp(up)).toBe(true);
  expect([{ shiftKey: true }, { isComposing: true }, { key: 'ArrowDown' }].map((more) => isPlainArrowUp({ ...up, ...more }))).toEqual([
    false,
    false,
    false,
  ]);
});
