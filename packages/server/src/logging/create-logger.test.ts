import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function lineOf(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).info(fields, 'message');
  return JSON.parse(lines[0] ?? '{}');
}

test('a line has a level in words, a time and its fields', () => {
  expect(lineOf({ runId: 'r' })).toEqual({ level: 'info', time: expect.stringMatching(/Z$/), runId: 'r', msg: 'message' });
});

test('fields with the names of secrets are cut out, and the caller keeps its own', () => {
  const settings = { apiKey: 'sk-1', folderId: 'b1g' };
  const line = lineOf({ settings, authorization: 'Bearer 2', databaseUrl: 'postgres://u:p@db' });
  expect(line).toMatchObject({ settings: { apiKey: '[secret]', folderId: 'b1g' }, authorization: '[secret]', databaseUrl: '[secret]' });
  expect(settings.apiKey).toBe('sk-1');
});

test('an error leaves its name, code, words and causes, and nothing that hangs on it', () => {
  const cause = Object.assign(new TypeError('inner'), { request: { headers: { authorization: 'Bearer 3' } } });
  const err = Object.assign(new Error('outer', { cause }), { code: 'E_OUTER', body: 'private' });
  const line = lineOf({ err });
  expect(line['err']).toMatchObject({ type: 'Error', message: 'outer', code: 'E_OUTER', cause: { type: 'TypeError', message: 'inner' } });
  expect(JSON.stringify(line)).not.toMatch(/Bearer|private/);
  expect(lineOf({ err: 'just a string with sk-secret' })['err']).toEqual({ type: 'string', message: 'not an Error' });
});

test('silent is silent', () => {
  const lines: string[] = [];
  createLogger('silent', { write: (line) => void lines.push(line) }).error({}, 'x');
  expect(lines).toEqual([]);
});
