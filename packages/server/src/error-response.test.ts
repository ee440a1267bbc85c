import { problemSchema } from '@multimodel/contract';
import { AppError, codeTexts, fieldFault, ownErrorCodes, ProviderError, providerErrorCodes } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { problemHeaders, toAppError, toProblem } from './error-response.ts';

describe('toProblem', () => {
  test.each([...ownErrorCodes, ...providerErrorCodes])('%s is a whole problem', (code) => {
    const problem = toProblem(new AppError(code, 'words'), 'request-1');
    expect(problemSchema.parse(problem)).toEqual(problem);
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.title).not.toBe('Error');
  });

  test.each([...ownErrorCodes, ...providerErrorCodes])('%s is told in the language that was asked for', (code) => {
    const [russian, english] = (['ru', 'en'] as const).map((language) => toProblem(new AppError(code, codeTexts[code]), 'r', language));
    expect(russian?.detail).toMatch(/[а-яё]/);
    expect(english?.detail).not.toMatch(/[а-яё]/i);
    expect({ ...russian, detail: '' }).toEqual({ ...english, detail: '' });
  });

  test('fields are told in that language, too, and a plugin’s sentence as the plugin says it', () => {
    const fields = [fieldFault('a', { ru: 'не так', en: 'is wrong' }), { path: 'b', message: 'is odd' }];
    const error = new AppError('validation_failed', 'words', { details: { fields } });
    expect(toProblem(error, 'r', 'ru').fields).toEqual([
      { path: 'a', message: 'не так' },
      { path: 'b', message: 'is odd' },
    ]);
    expect(toProblem(error, 'r').fields?.[0]).toEqual({ path: 'a', message: 'is wrong' });
  });

  test.each([
    ['rate_limited', 429],
    ['overloaded', 503],
    ['timeout', 504],
    ['network', 502],
    ['auth', 502],
  ] as const)('a vendor that says %s makes %i, with what it asked for', (code, status) => {
    const details = { credential: 'YC_API_KEY', headers: { authorization: 'secret' } };
    const error = new ProviderError(code, 'words', {
      providerId: 'work',
      isRetryable: true,
      mayFailOver: true,
      retryAfterMs: 2500,
      details,
    });
    const problem = toProblem(error, 'r');
    expect(problem).toMatchObject({ status, retryable: true, retryAfterMs: 2500, detail: 'words', details: { credential: 'YC_API_KEY' } });
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problemHeaders(problem)['retry-after']).toBe('3');
  });

  test.each(['internal', 'storage_unavailable'] as const)('%s does not say what happened inside', (code) => {
    const problem = toProblem(new AppError(code, 'near "SELEC" at /srv/db.ts:3', { details: { id: 'x' } }), 'r');
    expect(JSON.stringify(problem)).not.toMatch(/SELEC|\/srv|"x"/);
  });

  test('a database that is busy may be tried again in a second', () => {
    expect(problemHeaders(toProblem(new AppError('storage_unavailable', 'locked'), 'r'))['retry-after']).toBe('1');
  });
});

describe('toAppError', () => {
  test.each([
    [new TypeError('x is not a function'), 'internal'],
    ['a string', 'internal'],
    [undefined, 'internal'],
    [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 'payload_too_large'],
    [{ code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 'unsupported_media_type'],
    [{ code: 'FST_ERR_CTP_INVALID_CONTENT_LENGTH', statusCode: 400 }, 'validation_failed'],
    [{ code: 'FST_ERR_SOMETHING_NEW', statusCode: 400 }, 'invalid_request'],
    [{ code: 'FST_ERR_SOMETHING_NEW', statusCode: 500 }, 'internal'],
  ])('%j is %s', (thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });
});
