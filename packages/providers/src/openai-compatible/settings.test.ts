import { AppError } from '@multimodel/core';
import { expect, test } from 'vitest';
import { openaiCompatible } from './openai-compatible.ts';
import { presetIds, presetOf } from './presets.ts';

const apiKey = 'sk-test00000000000000000000000000000000';

function faultOf(input: unknown): AppError {
  try {
    openaiCompatible.settings.parse(input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('a key alone is OpenAI', () => {
  expect(openaiCompatible.settings.parse({ apiKey: ` Bearer ${apiKey}\n` })).toMatchObject({ preset: 'openai', apiKey, vision: 'auto' });
});

test('a server on this machine needs nothing but its name', () => {
  expect(openaiCompatible.settings.parse({ preset: 'ollama' })).toMatchObject({ preset: 'ollama' });
});

test.each([
  ['https://api.example/v1/', 'https://api.example/v1'],
  ['https://api.example/v1/chat/completions', 'https://api.example/v1'],
  ['https://api.example/v1/models?limit=5#x', 'https://api.example/v1'],
  ['https://api.example', 'https://api.example'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
])('the address %s is meant as %s', (baseUrl, meant) => {
  expect(openaiCompatible.settings.parse({ preset: 'custom', baseUrl })).toMatchObject({ baseUrl: meant });
});

test.each([
  ['no key', {}, /apiKey: OpenAI needs a key: create one at platform\.openai\.com/u],
  ['a service of another name', { preset: 'openia', apiKey }, /preset: Must be one of: openai, deepseek/u],
  ['a server without an address', { preset: 'custom' }, /baseUrl: Enter the address of the server/u],
  ['an address without a scheme', { preset: 'custom', baseUrl: 'localhost:11434' }, /baseUrl: Must be an address/u],
  ['a file', { preset: 'custom', baseUrl: 'file:///etc/passwd' }, /baseUrl: Must be an address/u],
  ['a key with a space', { apiKey: 'sk test' }, /apiKey: Holds a space \(character 3\)/u],
  ['headers that are a text', { apiKey, headers: 'x: y' }, /headers: Must be an object/u],
  ['a header on two lines', { apiKey, headers: { 'x-a': `${apiKey}\nhost: other` } }, /headers: The header x-a holds characters/u],
  ['another host', { apiKey, headers: { Host: 'other' } }, /headers: The header Host is set by the server itself/u],
  ['a name that is no header', { apiKey, headers: { 'a b': 'c' } }, /headers: A name of a header/u],
])('%s is refused in words, without the secret', (_name, input, message) => {
  const error = faultOf(input);
  expect(error).toMatchObject({ code: 'validation_failed', message: expect.stringMatching(message) });
  expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain(apiKey);
});

test('behind an address of one’s own a proxy may add the key', () => {
  expect(openaiCompatible.settings.parse({ preset: 'openai', baseUrl: 'https://proxy.example/v1' })).toMatchObject({ preset: 'openai' });
});

test('the address of a preset is told, so that a private one can be refused', () => {
  const addressOf = (input: unknown) => openaiCompatible.addresses?.(openaiCompatible.settings.parse(input));
  expect(addressOf({ preset: 'ollama' })).toEqual({ baseUrl: 'http://127.0.0.1:11434/v1' });
  expect(addressOf({ apiKey })).toEqual({ baseUrl: 'https://api.openai.com/v1' });
  expect(addressOf({ preset: 'ollama', baseUrl: 'https://ollama.example/v1' })).toEqual({ baseUrl: 'https://ollama.example/v1' });
});

test('what may hold a secret is marked, and so is what says where requests go', () => {
  const { fields } = openaiCompatible.settings;
  expect(fields.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual(['apiKey', 'headers']);
  expect(fields.filter(({ isAddress }) => isAddress).map(({ name }) => name)).toEqual(['preset', 'baseUrl']);
});

test('forms show the services by the names of their makers', () => {
  const preset = openaiCompatible.settings.fields.find(({ name }) => name === 'preset');
  expect(preset?.choices?.map((choice) => preset.choiceNames?.[choice])).toEqual(presetIds.map((id) => presetOf(id).name));
  expect(preset?.choiceNames).toMatchObject({ 'llama-cpp': 'llama.cpp', 'lm-studio': 'LM Studio' });
});

test('forms tell what is known of a service, those in the cloud before those of one’s own machine', () => {
  const preset = openaiCompatible.settings.fields.find(({ name }) => name === 'preset');
  const { openai, ollama, custom } = preset?.choiceFacts ?? {};
  expect(openai).toMatchObject({ needs: ['apiKey'], links: { apiKey: 'https://platform.openai.com/api-keys' } });
  expect(ollama).toMatchObject({ usual: { baseUrl: 'http://127.0.0.1:11434/v1' }, note: { en: 'Needs no key. Started by: ollama serve' } });
  expect(ollama?.needs).toBeUndefined();
  expect(custom?.needs).toEqual(['baseUrl']);
  const groups = preset?.choices?.map((choice) => preset.choiceFacts?.[choice]?.group?.en) ?? [];
  expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual(['Cloud services', 'On your own machine', 'Any other']);
});

test('variables of the environment have the names that OpenAI’s own clients read', () => {
  expect(openaiCompatible.environment).toEqual({ OPENAI_API_KEY: 'apiKey', OPENAI_BASE_URL: 'baseUrl' });
});

test.each(presetIds)('the preset %s is whole', (id) => {
  const { baseUrl, keysAt, start, name } = presetOf(id);
  expect(name).not.toBe('');
  if (id === 'custom') return;
  // Public ones are reached safely and want a key; those of one’s own machine say how they are started.
  expect(start ? /^http:\/\/127\.0\.0\.1:\d+\/v1$/u : /^https:\/\/[^/]+(?:\/[^?#]*[^/])?$/u).toSatisfy((form: RegExp) =>
    form.test(baseUrl ?? ''),
  );
  expect(start === undefined).toBe(keysAt !== undefined);
});
