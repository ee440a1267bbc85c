import { exampleApiKey, exampleFolderId, exampleIamToken } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount } from './test-account.ts';

const requestsTo = (account: { simulator: { requests: readonly { path: string }[] } }, path: string) =>
  account.simulator.requests.filter((request) => request.path === path);

const credentials = [
  { name: 'an API key', settings: () => ({ apiKey: exampleApiKey }) },
  { name: 'an IAM token', settings: () => ({ iamToken: exampleIamToken }) },
  { name: 'the metadata service', settings: () => ({ useMetadata: true }) },
];

test.each(credentials)('$name is enough: the folder is found once, without cost', async ({ settings }) => {
  await using account = await openTestAccount({ settings });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect((await account.ask('[[say Два]]', 'gpt-oss-20b')).text).toBe('Два');
  expect(requestsTo(account, '/foundationModels/v1/tokenize')).toHaveLength(1);
});

test('V17: a key file is exchanged for a token, once for callers at the same time', async () => {
  await using account = await openTestAccount({
    settings: (simulator) => ({ serviceAccountKey: { ...simulator.createServiceAccountKey() }, folderId: exampleFolderId }),
  });
  await Promise.all([account.ask('1'), account.ask('2'), account.ask('3', 'gpt-oss-20b')]);
  expect(requestsTo(account, '/iam/v1/tokens')).toHaveLength(1);
});

test('a token is renewed after an hour, although it would live for twelve', async () => {
  await using account = await openTestAccount({ settings: () => ({ useMetadata: true, folderId: exampleFolderId }) });
  await account.ask('1');
  account.clock.advance(59 * 60_000);
  await account.ask('2');
  expect(account.simulator.issuedTokens).toBe(1);
  account.clock.advance(2 * 60_000);
  await account.ask('3');
  expect(account.simulator.issuedTokens).toBe(2);
});

test('a token that ends sooner is renewed five minutes before its end', async () => {
  await using account = await openTestAccount({
    iamTokenLifetimeMs: 30 * 60_000,
    settings: () => ({ useMetadata: true, folderId: exampleFolderId }),
  });
  await account.ask('1');
  account.clock.advance(26 * 60_000);
  await account.ask('2');
  expect(account.simulator.issuedTokens).toBe(2);
});

test('V9: a revoked token is replaced and the request repeated, unseen', async () => {
  await using account = await openTestAccount({ settings: () => ({ useMetadata: true, folderId: exampleFolderId }) });
  await account.ask('1');
  account.simulator.play({ kind: 'expired-token' });
  expect((await account.ask('[[say Два]]')).text).toBe('Два');
  account.simulator.play({ kind: 'expired-token' });
  expect(await account.provider.countTokens?.('yandexgpt-5-lite', 'a', { signal: newSignal() })).toBe(2);
  expect(account.simulator.issuedTokens).toBe(3);
});

test('V9: a second refusal is told to the person', async () => {
  await using account = await openTestAccount({ settings: () => ({ useMetadata: true, folderId: exampleFolderId }) });
  account.simulator.play({ kind: 'unauthorized' });
  await expect(account.ask('1')).rejects.toMatchObject({ code: 'auth' });
  expect(requestsTo(account, '/foundationModels/v1/completion')).toHaveLength(2);
});

test('a token that cannot be renewed is an error that names the setting', async () => {
  await using account = await openTestAccount({
    settings: () => ({ iamToken: `t1.${'x'.repeat(20)}.${'y'.repeat(86)}`, folderId: exampleFolderId }),
  });
  await expect(account.ask('1')).rejects.toMatchObject({ code: 'auth', message: expect.stringContaining('iamToken') });
});

test('a key that the token service does not know is named', async () => {
  await using stranger = await openTestAccount();
  const serviceAccountKey = { ...stranger.simulator.createServiceAccountKey() };
  await using account = await openTestAccount({ settings: () => ({ serviceAccountKey, folderId: exampleFolderId }) });
  await expect(account.ask('1')).rejects.toMatchObject({ code: 'auth', message: expect.stringContaining('serviceAccountKey') });
});

test('a private key that is none is an error without the key in it', async () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIsecretsecretsecret\n-----END PRIVATE KEY-----\n';
  const serviceAccountKey = { id: 'a', service_account_id: 'b', private_key: pem };
  await using account = await openTestAccount({ settings: () => ({ serviceAccountKey, folderId: exampleFolderId }) });
  await expect(account.ask('1')).rejects.toMatchObject({ code: 'auth', message: expect.not.stringContaining('secret') });
});

test('the token of a person carries its folder', async () => {
  await using account = await openTestAccount({ settings: () => ({ iamToken: exampleIamToken, folderId: exampleFolderId }) });
  await account.ask('1');
  expect(account.simulator.requests.at(-1)?.headers['x-folder-id']).toBe(exampleFolderId);
});
