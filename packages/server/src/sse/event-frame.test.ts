import type { RunEvent } from '@multimodel/core';
import { expect, test } from 'vitest';
import { eventFrame } from './event-frame.ts';

const text = { ru: 'Провайдер не принял ключ', en: 'The key was refused' };
const failed: RunEvent = { type: 'finish', seq: 7, state: 'failed', error: { code: 'auth', message: text.en, text, isRetryable: false } };

test('two readers of one run get its error each in a language of their own', () => {
  expect(eventFrame(failed, 'ru')).toContain(`"message":"${text.ru}"`);
  expect(eventFrame(failed, 'en')).toContain(`"message":"${text.en}"`);
  expect(eventFrame(failed, 'ru')).toContain(`"message":"${text.ru}"`);
});

test('only the sentence that is meant for the reader leaves', () => {
  expect(eventFrame(failed, 'en')).not.toMatch(/[а-яё]|"text"/i);
});

test('an error from before it was told in languages says what its code means', () => {
  const old: RunEvent = { type: 'finish', seq: 1, state: 'failed', error: { code: 'auth', message: 'Key refused', isRetryable: false } };
  expect(eventFrame(old, 'ru')).toContain('"message":"Провайдер не принял ключ: Key refused"');
});
