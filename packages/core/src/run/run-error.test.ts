import { expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { codeTexts } from '../errors/code-texts.ts';
import { providerFault } from '../testing/index.ts';
import { toRunError } from './run-error.ts';

test('a fault of a vendor keeps its code, its words and the facts that may be shown', () => {
  const error = providerFault('quota_exhausted', {
    isRetryable: true,
    retryAfterMs: 5,
    details: { quota: 'day', body: 'secret=hunter2', headers: {} },
  });
  expect(toRunError(error)).toEqual({
    code: 'quota_exhausted',
    message: 'the vendor said quota_exhausted',
    isRetryable: true,
    retryAfterMs: 5,
    provider: 'scripted',
    details: { quota: 'day' },
  });
});

test.for([
  ['queue_full', true],
  ['shutting_down', true],
  ['protocol', true],
  ['provider_not_configured', false],
  ['validation_failed', false],
] as const)('%s may be tried again: %s', ([code, isRetryable]) => {
  expect(toRunError(new AppError(code, 'words', { cause: new Error('hidden') }))).toEqual({
    code,
    message: 'words',
    isRetryable,
    details: undefined,
  });
});

test.for(['internal', 'storage_unavailable'] as const)('%s is told in words of ours', (code) => {
  const error = toRunError(new AppError(code, 'SQLITE_FULL: /var/lib/secret.db', { details: { reason: 'secret' } }));
  expect(error).toEqual({ code, message: codeTexts[code].en, text: codeTexts[code], isRetryable: true });
});

test.for([[new Error('secret=hunter2')], ['secret=hunter2'], [undefined], [null], [{ code: 'auth', message: 'secret=hunter2' }]])(
  'nothing is told of %j',
  ([thrown]) => {
    expect(toRunError(thrown)).toEqual({ code: 'internal', message: codeTexts.internal.en, text: codeTexts.internal, isRetryable: true });
  },
);
