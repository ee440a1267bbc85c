import { inspect } from 'node:util';
import { providerErrorCodes } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { providerErrorFromStatus } from './error-from-status.ts';
import { createProviderError, recoveryByCode } from './provider-error.ts';
import { redactSecrets } from './redact-secrets.ts';
import { retryAfterMs } from './retry-after.ts';

const providerId = 'acme';
const fromStatus = (status: number, body = '', headers = {}) => providerErrorFromStatus({ providerId, status, headers, body });

describe('createProviderError', () => {
  test('every code says what may be done', () => {
    expect(Object.keys(recoveryByCode).sort()).toEqual([...providerErrorCodes].sort());
    expect(createProviderError('rate_limited', 'x', { providerId })).toMatchObject({ isRetryable: true, mayFailOver: true });
    expect(createProviderError('rate_limited', 'x', { providerId, isRetryable: false })).toMatchObject({ isRetryable: false });
  });

  test('secrets are taken out of the message and of nested details', () => {
    const error = createProviderError('auth', 'key s3cr3t-key refused', {
      providerId,
      secrets: ['s3cr3t-key'],
      details: { list: ['a', 's3cr3t-key'], deep: { text: 'x s3cr3t-key' }, count: 3 },
    });
    expect(error.message).toBe('key [redacted] refused');
    expect(error.details).toEqual({ list: ['a', '[redacted]'], deep: { text: 'x [redacted]' }, count: 3 });
  });
});

describe('redactSecrets', () => {
  test('hides secrets as they are, JSON-escaped and percent-encoded, the longest first', () => {
    expect(redactSecrets('a pa"ss+word b', ['pa"ss+word', 'pa"ss'])).toBe('a [redacted] b');
    expect(redactSecrets(String.raw`{"k":"pa\"ss+word"}`, ['pa"ss+word'])).toBe('{"k":"[redacted]"}');
    expect(redactSecrets('?k=pa%22ss%2Bword&x', ['pa"ss+word'])).toBe('?k=[redacted]&x');
  });

  test.each([
    'Bearer abcdef.ghijkl',
    'Api-Key AQVNabcdefgh',
    'eyJhbGciOiJQUzI1NiJ9.eyJhdWQiOiJodHRwcyJ9.c2lnbmF0dXJl',
    't1.9euelZqMkJeMkJ6Kj5CXyZqdxo.abcdefghijklmnop123',
    'sk-proj-abcdefghijklmnop',
    'AQVNzxcvbnmasdfghjklqwertyuiop',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
  ])('hides what looks like a credential: %s', (credential) => {
    expect(redactSecrets(`before ${credential} after`)).toBe('before [redacted] after');
  });

  test('leaves ordinary words and very short secrets alone', () => {
    expect(redactSecrets('The bearer of the message is basic', ['a', 'is'])).toBe('The bearer of the message is basic');
  });
});

describe('providerErrorFromStatus', () => {
  test.each([
    [400, 'invalid_request'],
    [401, 'auth'],
    [402, 'quota_exhausted'],
    [403, 'permission'],
    [404, 'model_not_found'],
    [408, 'timeout'],
    [409, 'invalid_request'],
    [413, 'context_too_long'],
    [422, 'invalid_request'],
    [429, 'rate_limited'],
    [500, 'overloaded'],
    [503, 'overloaded'],
    [504, 'timeout'],
    [529, 'overloaded'],
    [302, 'protocol'],
  ])('%i is %s', (status, code) => {
    expect(fromStatus(status)).toMatchObject({ code, providerId, details: { status } });
  });

  test.each([
    ['{"error":{"message":"No such key","code":"invalid_api_key"}}', 'No such key', 'invalid_api_key'],
    ['{"error":{"message":"Bad","type":"invalid_request_error","code":null}}', 'Bad', 'invalid_request_error'],
    ['{"error":{"grpcCode":16,"message":"Unknown api key","httpCode":401}}', 'Unknown api key', undefined],
    ['[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]', 'API key not valid', '400'],
    ['{"status":401,"message":"Token has expired"}', 'Token has expired', '401'],
    ['{"error":"model not found"}', 'model not found', undefined],
    ['{"error":"invalid_grant","error_description":"Expired"}', 'Expired', undefined],
    ['{"detail":"Not here"}', 'Not here', undefined],
    ['{"error":{"message":{"odd":1}}}', undefined, undefined],
    ['upstream connect error', 'upstream connect error', undefined],
    ['<html><h1>502</h1></html>', undefined, undefined],
    ['<?xml version="1.0"?><e/>', undefined, undefined],
    ['', undefined, undefined],
    ['"just text"', undefined, undefined],
  ])('reads %s', (body, vendorMessage, vendorCode) => {
    const { details, message } = fromStatus(400, body);
    expect(details['vendorMessage']).toBe(vendorMessage);
    expect(details['vendorCode']).toBe(vendorCode);
    expect(message).not.toMatch(/<|odd/);
  });

  test('vendor texts are bounded and hold no secret, even one that the bound would cut', () => {
    const secret = 'very-secret-value-of-a-key';
    const body = JSON.stringify({ error: { message: `${'long '.repeat(57)}${secret} ${'tail '.repeat(100)}`, code: secret } });
    const error = providerErrorFromStatus({ providerId, status: 401, headers: { 'x-request-id': 'r-1' }, body, secrets: [secret] });
    expect(inspect(error, { depth: 9 })).not.toContain('very-secret');
    expect(error.message.length).toBeLessThan(400);
    expect(error.details).toMatchObject({ requestId: 'r-1', vendorCode: '[redacted]' });
  });

  test('the plugin may know better', () => {
    const error = providerErrorFromStatus({
      providerId,
      status: 400,
      headers: {},
      code: 'context_too_long',
      vendorMessage: 'too many tokens',
      vendorCode: 3,
    });
    expect(error).toMatchObject({ code: 'context_too_long', details: { vendorCode: '3', vendorMessage: 'too many tokens' } });
    expect(error.message).toContain('too many tokens');
  });

  test('Retry-After reaches the error', () => {
    expect(fromStatus(429, '', { 'retry-after': '7' }).retryAfterMs).toBe(7000);
    expect(fromStatus(429).retryAfterMs).toBeUndefined();
  });
});

describe('retryAfterMs', () => {
  const now = Date.UTC(2026, 0, 1);
  test.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 2026 05:00:20 GMT', date: 'Thu, 01 Jan 2026 05:00:00 GMT' }, 20_000],
    [{ 'retry-after': '99999999' }, 86_400_000],
    [{}, undefined],
  ])('%j', (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });
});
