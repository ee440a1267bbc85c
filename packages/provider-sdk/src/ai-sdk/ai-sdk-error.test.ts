import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createProviderError } from '../errors/provider-error.ts';
import { toAiSdkError } from './ai-sdk-error.ts';

const secret = 'sk-very-secret-0000';
const place = { providerId: 'p', secrets: [secret] };

/** As the AI SDK makes them; the request in it must not come along. */
function apiCallError(members: object): Error {
  const error = new Error('Bad Request');
  return Object.assign(error, {
    name: 'AI_APICallError',
    url: 'https://api.example/v1/chat',
    requestBodyValues: { prompt: 'private' },
    ...members,
  });
}

const body = (message: string): string => JSON.stringify({ error: { message, code: 'x' } });

test.each([
  [400, 'invalid_request', false],
  [401, 'auth', false],
  [402, 'quota_exhausted', false],
  [403, 'permission', false],
  [404, 'model_not_found', false],
  [413, 'context_too_long', false],
  [429, 'rate_limited', true],
  [500, 'overloaded', true],
  [529, 'overloaded', true],
  [504, 'timeout', true],
] as const)('a status of %i is %s', (statusCode, code, isRetryable) => {
  const error = toAiSdkError(apiCallError({ statusCode, responseBody: body('Said by the vendor') }), place);
  expect(error).toMatchObject({ code, isRetryable, providerId: 'p', details: { status: statusCode, vendorMessage: 'Said by the vendor' } });
  expect(error.text?.ru).toMatch(/[а-я]/u);
});

test('the wait that the vendor asks for, whatever case its header has', () => {
  const error = toAiSdkError(apiCallError({ statusCode: 429, responseHeaders: { 'Retry-After': '7' } }), place);
  expect(error.retryAfterMs).toBe(7000);
});

test('pages and requests are not quoted, and secrets are taken out', () => {
  const html = toAiSdkError(apiCallError({ statusCode: 502, responseBody: '<html><h1>Bad gateway</h1></html>' }), place);
  expect(html).toMatchObject({ code: 'overloaded' });
  const quoted = toAiSdkError(apiCallError({ statusCode: 401, responseBody: body(`Wrong key ${secret}`) }), place);
  const shown = inspect([html, quoted], { depth: 10, showHidden: true });
  expect(shown).not.toMatch(/<h1>|private/u);
  expect(shown).not.toContain(secret);
});

test.each([
  ['ECONNREFUSED', 'network'],
  ['ENOTFOUND', 'network'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
])('%s behind an error without a status is %s, and names the host', (code, expected) => {
  const cause = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code }) });
  const error = toAiSdkError(apiCallError({ cause }), place);
  expect(error).toMatchObject({ code: expected, details: { host: 'api.example' } });
  expect(inspect(error, { depth: 10 })).not.toContain('private');
});

test.each([
  ['AI_LoadAPIKeyError', 'auth'],
  ['AI_NoSuchModelError', 'model_not_found'],
  ['AI_UnsupportedFunctionalityError', 'invalid_request'],
  ['AI_TypeValidationError', 'protocol'],
  ['AI_JSONParseError', 'protocol'],
  ['RangeError', 'protocol'],
])('%s is %s, told in both languages', (name, code) => {
  const error = toAiSdkError(Object.assign(new Error('Details of it'), { name }), place);
  expect(error).toMatchObject({ code, message: expect.stringContaining('Details of it') });
  expect(error.text?.ru).toMatch(/[а-я].*Details of it/u);
});

test('a good status with a bad body is a protocol error', () => {
  expect(toAiSdkError(apiCallError({ statusCode: 200 }), place).code).toBe('protocol');
});

test.each(['Overloaded, come back later', { message: 'Overloaded, come back later' }])(
  'an error part %j is the word of the vendor',
  (part) => {
    expect(toAiSdkError(part, place)).toMatchObject({ code: 'overloaded', message: expect.stringContaining('come back later') });
  },
);

test('a stream that broke is a lost connection', () => {
  const error = new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) });
  expect(toAiSdkError(error, place)).toMatchObject({ code: 'network', details: { phase: 'stream' } });
});

test('an error of ours stays as it is', () => {
  const own = createProviderError('tls', { ru: 'а', en: 'a' }, { providerId: 'p' });
  expect(toAiSdkError(own, place)).toBe(own);
});
