import { type Localized, ProviderError } from '@multimodel/core';
import { exampleApiKey, exampleFolderId } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount, type TestAccountOptions } from './test-account.ts';

const options = () => ({ signal: newSignal() });
const otherFolder = 'b1gotherother00000000';

/** What a person who sets the account up reads after a probe. */
async function wordsOf(settings: Readonly<Record<string, unknown>>, play?: Parameters<typeof playIn>[1]): Promise<Localized | undefined> {
  await using account = await openTestAccount({ settings: () => settings });
  playIn(account, play);
  const error = await account.provider.probe(options()).catch((caught: unknown) => caught);
  if (!(error instanceof ProviderError)) throw new Error('the probe went well');
  return account.provider.explain?.(error);
}

function playIn({ simulator }: Awaited<ReturnType<typeof openTestAccount>>, scenario?: Parameters<typeof simulator.play>[0]): void {
  if (scenario) simulator.play(scenario);
}

test.for<[string, TestAccountOptions['settings']]>([
  ['left out', () => ({ apiKey: exampleApiKey })],
  ['right', () => ({ apiKey: exampleApiKey, folderId: exampleFolderId })],
  ['wrong', () => ({ apiKey: exampleApiKey, folderId: otherFolder })],
])('the folder of the key is told when it is %s', async ([_name, settings]) => {
  await using account = await openTestAccount({ ...(settings && { settings }) });
  expect(await account.provider.discover?.(options())).toEqual({ folderId: exampleFolderId });
  expect(account.simulator.requests.every(({ path }) => path === '/foundationModels/v1/tokenize')).toBe(true);
});

test('a wrong folder is said with the right one', async () => {
  const words = await wordsOf({ apiKey: exampleApiKey, folderId: otherFolder });
  expect([words?.ru, words?.en]).toEqual([expect.stringContaining(exampleFolderId), expect.stringContaining(exampleFolderId)]);
});

test('a refused key is said with what a good one is like', async () => {
  expect((await wordsOf({ apiKey: 'AQVNwrong', folderId: exampleFolderId }))?.ru).toMatch(/API-ключ.*ai\.languageModels\.user/);
});

test('a refused key file is not called an API key', async () => {
  const key = JSON.stringify({ id: 'k', service_account_id: 'a', private_key: '-----BEGIN PRIVATE KEY-----\nx' });
  expect((await wordsOf({ serviceAccountKey: key, folderId: exampleFolderId }))?.ru).toMatch(/авторизованный ключ/);
});

test.for([
  [403, 'Permission denied', /роль ai\.languageModels\.user/],
  [429, 'billing account is not active', /Пополните/],
  [429, 'rate quota limit exceed: allowed 10 requests', /Подождите/],
  [404, '404 page not found', /адреса/],
] as const)('%i %s', async ([status, message, words]) => {
  const said = await wordsOf({ apiKey: exampleApiKey, folderId: exampleFolderId }, { kind: 'error', status, message });
  expect(said?.ru).toMatch(words);
});

test('what is no fault of the account is left to its code', async () => {
  expect(
    await wordsOf({ apiKey: exampleApiKey, folderId: exampleFolderId }, { kind: 'error', status: 503, message: 'down' }),
  ).toBeUndefined();
});
