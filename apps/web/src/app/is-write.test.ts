import { expect, test } from 'vitest';
import { isWrite } from './is-write.ts';

test('other tabs hear of writes only: told of a question, they would ask it themselves, and tell in turn', () => {
  const told = [
    ['/api/v1/chats', undefined],
    ['/api/v1/chats', 'GET'],
    ['/api/v1/chats', 'POST'],
    ['/api/v1/chats/c1', 'PATCH'],
    ['/api/v1/chats/c1/messages', 'POST'],
    ['/api/v1/chats/c1/messages?onlyHidden=true', 'DELETE'],
    ['/api/v1/chats/c1/context', 'POST'],
    ['/api/v1/context', 'POST'],
    ['/api/v1/settings', 'PATCH'],
  ] as const;
  expect(told.map(([path, method]) => isWrite(path, method))).toEqual([false, false, true, true, true, true, false, false, true]);
});
