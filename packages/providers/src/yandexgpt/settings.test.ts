import { AppError } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { yandexgpt } from './yandexgpt.ts';

const apiKey = 'AQVNexample0000000000000000000000000000aa';
const iamToken = `t1.${'a'.repeat(40)}.${'b'.repeat(86)}`;
const keyFile = {
  id: 'ajekey00000000000000',
  service_account_id: 'ajesa000000000000000',
  created_at: '2026-01-01T00:00:00Z',
  private_key: 'PLEASE DO NOT REMOVE THIS LINE!\n-----BEGIN PRIVATE KEY-----\nMIIsecretsecretsecret\n-----END PRIVATE KEY-----\n',
};

function faultOf(input: unknown): AppError {
  try {
    yandexgpt.settings.parse(input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('one key is enough; the rest has defaults', () => {
  expect(yandexgpt.settings.parse({ apiKey: ` ${apiKey}\n` })).toMatchObject({
    apiKey,
    baseUrl: 'https://llm.api.cloud.yandex.net',
    openaiBaseUrl: 'https://ai.api.cloud.yandex.net/v1',
    dataLogging: false,
    concurrency: 8,
    connectTimeoutMs: 10_000,
    firstTokenTimeoutMs: 120_000,
    idleTimeoutMs: 60_000,
    totalTimeoutMs: 600_000,
  });
});

test.each([
  ['an object', keyFile],
  ['its text', JSON.stringify(keyFile)],
])('a key file is taken as %s, without the line before its PEM', (_name, serviceAccountKey) => {
  expect(yandexgpt.settings.parse({ serviceAccountKey })).toMatchObject({
    serviceAccountKey: {
      keyId: keyFile.id,
      serviceAccountId: keyFile.service_account_id,
      privateKey: expect.stringMatching(/^-----BEGIN/u),
    },
  });
});

test('empty fields of a form are no values', () => {
  expect(yandexgpt.settings.parse({ apiKey, iamToken: '', folderId: ' ', serviceAccountKey: '' })).toMatchObject({ apiKey });
});

test.each([
  ['nothing', {}, /Give one of: apiKey, iamToken, serviceAccountKey, useMetadata/u],
  ['two credentials', { apiKey, iamToken }, /Give only one.*given are apiKey, iamToken/u],
  ['a token as the key', { apiKey: iamToken }, /apiKey: This is an IAM token.*put it into iamToken/u],
  ['a key as the token', { iamToken: apiKey }, /iamToken: IAM tokens begin with t1\..*put it into apiKey/u],
  ['a personal token', { apiKey: 'y0_AgAAAAexample' }, /apiKey: This is a personal OAuth token/u],
  ['an account as the key', { apiKey: 'ajeexample0000000000' }, /apiKey: This is the id of a service account/u],
  ['a key file as the key', { apiKey: JSON.stringify(keyFile) }, /apiKey: .*put it into serviceAccountKey/u],
  ['an account as the folder', { apiKey, folderId: 'ajeexample0000000000' }, /folderId: This is the id of a service account/u],
  ['an URI as the folder', { apiKey, folderId: 'gpt://b1g/yandexgpt' }, /folderId: A folder id is 20/u],
  ['half a key file', { serviceAccountKey: { id: 'a' } }, /serviceAccountKey: This is not the file/u],
  ['a key file without PEM', { serviceAccountKey: { ...keyFile, private_key: 'x' } }, /serviceAccountKey: private_key is not in PEM/u],
  ['a wrong address', { apiKey, baseUrl: 'llm.api.cloud.yandex.net' }, /baseUrl: Must be an address that begins with https:/u],
  ['a key in Cyrillic', { apiKey: 'ключ' }, /apiKey: Holds a letter or sign outside the Latin alphabet \(character 1\)/u],
  ['a key with a space inside', { apiKey: `AQVN ${apiKey}` }, /apiKey: Holds a space \(character 5\), which no key has/u],
  ['a token on two lines', { iamToken: `t1.\n${iamToken}` }, /iamToken: Holds a line break \(character 4\)/u],
  ['a number as the key', { apiKey: 5 }, /apiKey: Must be text, not a number/u],
])('%s is refused in words, without the secret', (_name, input, message) => {
  const error = faultOf(input);
  expect(error.code).toBe('validation_failed');
  expect(error.message).toMatch(message);
  const shown = `${error.message} ${JSON.stringify(error.details)}`;
  for (const secret of [apiKey, iamToken, 'y0_AgAAAAexample', 'secretsecret']) expect(shown).not.toContain(secret);
});

test('variables of the environment have the names that the vendor uses', () => {
  expect(yandexgpt.environment).toMatchObject({ YC_API_KEY: 'apiKey', YC_IAM_TOKEN: 'iamToken', YC_FOLDER_ID: 'folderId' });
});

test('secrets are marked', () => {
  const secrets = yandexgpt.settings.fields.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  expect(secrets).toEqual(['apiKey', 'iamToken', 'serviceAccountKey']);
});

describe('the token of the virtual machine', () => {
  const faultsOf = (settings: object): readonly unknown[] => {
    try {
      yandexgpt.settings.parse({ useMetadata: true, ...settings });
      return [];
    } catch (error) {
      return error instanceof AppError && Array.isArray(error.details['fields']) ? error.details['fields'] : [error];
    }
  };

  test.each([
    { baseUrl: 'https://evil.example' },
    { openaiBaseUrl: 'https://evil.example/v1' },
    { baseUrl: 'http://llm.api.cloud.yandex.net' },
    { baseUrl: 'https://llm.api.cloud.yandex.net.evil.example' },
    { baseUrl: 'https://evilcloud.yandex.net.example' },
    { baseUrl: 'https://localhost.evil.example' },
  ])('is not sent to %o', (settings) => {
    expect(faultsOf(settings)).toEqual([
      expect.objectContaining({ path: Object.keys(settings)[0], message: expect.stringContaining('only an address of Yandex Cloud') }),
    ]);
  });

  test.each([
    {},
    { baseUrl: 'https://llm.api.ml.yandexcloud.net' },
    { baseUrl: 'http://127.0.0.1:4000', openaiBaseUrl: 'http://localhost:4000/v1' },
  ])('may be sent to %o', (settings) => {
    expect(faultsOf(settings)).toEqual([]);
  });

  test('other credentials go where they are told to', () => {
    expect(faultsOf({ useMetadata: false, apiKey: 'AQVN-key', baseUrl: 'https://relay.example' })).toEqual([]);
  });
});
