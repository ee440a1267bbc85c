import { ApiError } from '@multimodel/client';
import { errorCodeSchema } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { remediesOf } from './error-remedies.ts';
import { describeError, describeRunError, textOfCode } from './error-text.ts';

/** What no button can mend: the text has to be changed. */
const mendedByHand: readonly string[] = ['payload_too_large'];

test.each(errorCodeSchema.options)('%s has a text of its own in both languages and something to do', (code) => {
  const texts = (['ru', 'en'] as const).map((language) => {
    overwriteGetLocale(() => language);
    return textOfCode(code);
  });
  const [ru, en] = texts;
  expect(ru?.title).toMatch(/[а-яё]/);
  expect(en?.title).not.toMatch(/[а-яё]/i);
  if (code !== 'internal') expect(en).not.toEqual(textOfCode('internal'));
  expect(remediesOf(code).length > 0).toBe(!mendedByHand.includes(code));
  expect(new Set(remediesOf(code)).size).toBe(remediesOf(code).length);
});

test('a code from the future is a fault of the server that can be tried again', () => {
  expect(remediesOf('from_the_future')).toEqual(['retry']);
});

test('the number of the request is there to be copied, of our server and of the vendor', () => {
  expect(describeError(new ApiError({ status: 500, code: 'internal', requestId: 'ours' })).facts.requestId).toBe('ours');
  const error = { code: 'timeout', message: 'late', isRetryable: true, details: { vendorRequestId: 'theirs' } } as const;
  expect(describeRunError(error, 'run').facts).toMatchObject({ requestId: 'theirs', runId: 'run' });
});
