import { expect, test } from 'vitest';
import { canonicalJson, idempotencyOf, type KeyedRequest } from './idempotency-key.ts';

const request = (changes: Partial<KeyedRequest> = {}): KeyedRequest => ({
  method: 'POST',
  url: '/api/v1/chats',
  headers: { 'idempotency-key': 'k-1' },
  body: { title: 'a', settings: { temperature: 1, topP: 0.5 } },
  ...changes,
});

test('no header, no key', () => {
  expect(idempotencyOf(request({ headers: {} }))).toBeUndefined();
});

test('the order of members and the query do not matter', () => {
  const same = request({ url: '/api/v1/chats?x=1', body: { settings: { topP: 0.5, temperature: 1 }, title: 'a' } });
  expect(idempotencyOf(same)).toEqual(idempotencyOf(request()));
});

test.each<Partial<KeyedRequest>>([{ method: 'PATCH' }, { url: '/api/v1/chats/1/messages' }, { body: { title: 'b' } }, { body: undefined }])(
  '%j is another request',
  (changes) => {
    expect(idempotencyOf(request(changes))?.fingerprint).not.toBe(idempotencyOf(request())?.fingerprint);
  },
);

test('lists keep their order', () => {
  expect(canonicalJson([{ b: 1, a: [2, 1] }])).toBe('[{"a":[2,1],"b":1}]');
});
