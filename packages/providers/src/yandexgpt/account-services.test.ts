import { exampleApiKey, exampleFolderId } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount } from './test-account.ts';

const options = () => ({ signal: newSignal() });

test('V21: the list is live, without doubles, chats first, joined with what is known', async () => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels(options());
  expect(models.every(({ source }) => source === 'live')).toBe(true);
  expect(new Set(models.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(models.length);
  expect(models.findIndex(({ kind }) => kind === 'embedding')).toBe(models.filter(({ kind }) => kind === 'chat').length);
  expect(models[0]).toEqual({
    id: 'aliceai-llm',
    name: 'Alice AI LLM',
    kind: 'chat',
    capabilities: { tools: true, vision: false, jsonSchema: true, reasoning: false },
    parameters: {
      temperature: { min: 0, max: 1, step: 0.1, default: 0.3 },
      maxOutputTokens: { min: 1, max: 131_072 },
      reasoningEffort: undefined,
    },
    contextWindow: 131_072,
    price: { currency: 'RUB', inputPerMillion: 500, cachedInputPerMillion: 500, outputPerMillion: 1200, asOf: '2026-09-30' },
    source: 'live',
  });
  const tuned = models.find(({ id }) => id.includes('@'));
  expect(tuned).toMatchObject({ id: 'text-embeddings/latest@tamexample', kind: 'embedding' });
});

test('a model that nobody knows is listed as it is named, without a price', async () => {
  const news = { id: 'alice-lite', owner: 'Yandex', scheme: 'gpt', isNative: false, contextWindow: 1000 } as const;
  await using account = await openTestAccount({ models: [news] });
  const models = await account.provider.listModels(options());
  expect(models.find(({ id }) => id === 'alice-lite')).toMatchObject({
    name: 'alice-lite',
    contextWindow: undefined,
    price: undefined,
    source: 'live',
  });
});

test.each([
  [404, '404 page not found', 'text'],
  [400, 'OpenAI-Project header is required', 'openai'],
] as const)('a vendor without a list (%i %s) leaves the dated catalogue', async (status, message, envelope) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'error', status, message, envelope });
  const models = await account.provider.listModels(options());
  expect(models[0]).toMatchObject({ id: 'aliceai-llm', source: 'catalog' });
  expect(models.some(({ kind }) => kind === 'embedding')).toBe(true);
});

test('a refused key and a server out of order are errors, not a catalogue', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'unauthorized' });
  await expect(account.provider.listModels(options())).rejects.toMatchObject({ code: 'auth' });
  account.simulator.play({ kind: 'server-error-html', status: 502 });
  await expect(account.provider.listModels(options())).rejects.toMatchObject({ code: 'overloaded' });
});

test('the list finds the folder by the key', async () => {
  await using account = await openTestAccount({ settings: () => ({ apiKey: exampleApiKey }) });
  await account.provider.listModels(options());
  expect(account.simulator.requests.at(-1)?.headers['openai-project']).toBe(exampleFolderId);
});

test('the probe is free and says what is wrong', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.probe(options())).toMatchObject({ ok: true });
  expect(account.simulator.state.started).toBe(0);
  account.simulator.play({ kind: 'unauthorized' });
  await expect(account.provider.probe(options())).rejects.toMatchObject({ code: 'auth' });
});

test('tokens are counted by the vendor; for models without a tokenizer by the nearest one', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.countTokens?.('yandexgpt-5-lite', 'Привет', options())).toBe(3);
  expect(await account.provider.countTokens?.('gpt-oss-20b', 'Привет', options())).toBe(3);
});

test('V22: one request per text', async () => {
  await using account = await openTestAccount();
  const { embeddings, inputTokens } = (await account.provider.embeddingModel?.('text-search-doc').embed(['мир', 'труд'], options())) ?? {};
  expect(embeddings?.map(({ length }) => length)).toEqual([256, 256]);
  expect(inputTokens).toBe(2);
  expect(account.simulator.requests.filter(({ path }) => path.endsWith('/textEmbedding'))).toHaveLength(2);
});

test('V12b: the quota of embeddings is a rate limit', async () => {
  await using account = await openTestAccount({ embeddingsPerSecond: 1 });
  const model = account.provider.embeddingModel?.('text-search-query');
  await expect(model?.embed(['a', 'b'], options())).rejects.toMatchObject({ code: 'rate_limited', details: { quota: 'rate', limit: 1 } });
});

test.each([
  ['yandexgpt/rc', '/foundationModels/v1/completion', `gpt://${exampleFolderId}/yandexgpt/rc`],
  ['yandexgpt-lite/latest@tamexample', '/foundationModels/v1/completion', `gpt://${exampleFolderId}/yandexgpt-lite/latest@tamexample`],
  ['aliceai-llm', '/foundationModels/v1/completion', `gpt://${exampleFolderId}/aliceai-llm`],
  ['aliceai-llm-flash', '/v1/chat/completions', `gpt://${exampleFolderId}/aliceai-llm-flash`],
  [`gpt://${exampleFolderId}/gpt-oss-20b/latest`, '/v1/chat/completions', `gpt://${exampleFolderId}/gpt-oss-20b/latest`],
])('%s is asked at %s', async (id, path, uri) => {
  await using account = await openTestAccount();
  await account.ask('?', id);
  const request = account.simulator.requests.at(-1);
  expect([request?.path, request?.body.includes(`"${uri}"`)]).toEqual([path, true]);
});
