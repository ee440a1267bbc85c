import { AppError } from '@multimodel/core';
import { exampleAnthropicKey } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { anthropic } from './anthropic.ts';

function faultOf(input: unknown): AppError {
  try {
    anthropic.settings.parse(input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('a key is enough, with what the clipboard put around it', () => {
  expect(anthropic.settings.parse({ apiKey: ` ${exampleAnthropicKey}\n` })).toMatchObject({
    apiKey: exampleAnthropicKey,
    baseUrl: 'https://api.anthropic.com',
    concurrency: 8,
  });
});

test.each([
  ['nothing', {}, /apiKey/u],
  ['an empty key', { apiKey: '  ' }, /apiKey: .*empty/u],
  ['a key on two lines', { apiKey: 'sk-ant\napi03' }, /apiKey: .*line break/u],
  ['a wrong address', { apiKey: exampleAnthropicKey, baseUrl: 'api.anthropic.com' }, /baseUrl/u],
  ['a misspelt setting', { apiKey: exampleAnthropicKey, baseURL: 'https://a.b' }, /did you mean baseUrl/u],
])('%s is refused in words, without the secret', (_name, input, message) => {
  const error = faultOf(input);
  expect(error).toMatchObject({ code: 'validation_failed', message: expect.stringMatching(message) });
  expect(JSON.stringify(error.details)).not.toContain('sk-ant');
});
