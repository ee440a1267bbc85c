import { describe, expect, test } from 'vitest';
import { failureOf, newSignal, openTestAccount } from './test-account.ts';

const options = () => ({ signal: newSignal() });
const windows = { 'sim-large': 131_072, 'sim-small': 8192, 'sim-embedding': 2048 };

/** What each list tells beside names: windows, sight, reasoning. */
const lists = [
  { dialect: 'openai', hasWindow: false, sees: [true, true] },
  { dialect: 'deepseek', hasWindow: false, sees: [false, false] },
  { dialect: 'mistral', hasWindow: true, sees: [true, false], reasons: true },
  { dialect: 'groq', hasWindow: true, sees: [false, false] },
  { dialect: 'openrouter', hasWindow: true, sees: [true, false], reasons: true },
  { dialect: 'xai', hasWindow: false, sees: [true, false] },
  { dialect: 'together', hasWindow: true, sees: [false, false] },
  { dialect: 'fireworks', hasWindow: true, sees: [true, false] },
  { dialect: 'moonshot', hasWindow: true, sees: [true, false], reasons: true },
  { dialect: 'cloud-ru', hasWindow: true, sees: [false, false] },
  { dialect: 'vllm', hasWindow: true, sees: [false, false] },
  { dialect: 'llama-cpp', hasWindow: true, sees: [false, false] },
  { dialect: 'lm-studio', hasWindow: true, sees: [true, false] },
  { dialect: 'ollama', hasWindow: true, sees: [true, false], reasons: true },
] as const;

test.each(lists)('$dialect: chats first, with what its list tells', async (expected) => {
  const { dialect, hasWindow, sees } = expected;
  await using account = await openTestAccount({ dialect });
  const models = await account.provider.listModels(options());
  expect(models.map(({ id, kind }) => `${kind} ${id}`)).toEqual(['chat sim-large', 'chat sim-small', 'embedding sim-embedding']);
  expect(models.every(({ source }) => source === 'live')).toBe(true);
  for (const { id, contextWindow } of models) expect(contextWindow, id).toBe(hasWindow ? windows[id as keyof typeof windows] : undefined);
  expect(models.slice(0, 2).map(({ capabilities }) => capabilities.vision)).toEqual(sees);
  expect(models.slice(0, 2).map(({ files }) => files !== undefined)).toEqual(sees);
  expect(models[0]?.capabilities.reasoning).toBe('reasons' in expected);
});

test('OpenRouter tells prices, names and the longest answer', async () => {
  await using account = await openTestAccount({ dialect: 'openrouter' });
  expect((await account.provider.listModels(options()))[0]).toMatchObject({
    name: 'Simulated: sim-large',
    price: { currency: 'USD', inputPerMillion: 0.2, cachedInputPerMillion: 0.05, outputPerMillion: 0.6 },
    parameters: { maxOutputTokens: { max: 4096 }, reasoningEffort: ['off', 'low', 'medium', 'high'] },
  });
});

test('Together tells prices in another unit', async () => {
  await using account = await openTestAccount({ dialect: 'together' });
  expect((await account.provider.listModels(options()))[0]?.price).toMatchObject({ inputPerMillion: 0.2, outputPerMillion: 0.6 });
});

describe('names alone', () => {
  const ids = [
    'gpt-a',
    'whisper-1',
    'tts-1',
    'text-embedding-3-small',
    'omni-moderation-latest',
    'dall-e-3',
    'gpt-4o-realtime-preview',
    'bge-m3',
  ];

  test('tell what is for chats and what is not', async () => {
    await using account = await openTestAccount({ models: ids.map((id) => ({ id, kind: 'chat', contextWindow: 1 })) });
    const models = await account.provider.listModels(options());
    expect(models.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['chat gpt-a', 'embedding text-embedding-3-small', 'embedding bge-m3']);
  });

  test('and those of the settings are offered, whatever they are called', async () => {
    await using account = await openTestAccount({ settings: { models: 'my-whisper, sim-large,\nmine' } });
    const models = await account.provider.listModels(options());
    expect(models.map(({ id }) => id)).toEqual(['my-whisper', 'mine', 'sim-large', 'sim-small', 'sim-embedding']);
    expect(account.provider.catalog?.map(({ id }) => id)).toEqual(['my-whisper', 'sim-large', 'mine']);
  });
});

test('newest first, where the order says nothing', async () => {
  await using account = await openTestAccount();
  const data = [
    { id: 'old', created: 1 },
    { id: 'new', created: 3 },
    { id: 'middle', created: 2 },
  ];
  account.simulator.play({ kind: 'http', status: 200, body: JSON.stringify({ data }) });
  expect((await account.provider.listModels(options())).map(({ id }) => id)).toEqual(['new', 'middle', 'old']);
});

test('an entry that makes no sense does not take the others with it', async () => {
  await using account = await openTestAccount();
  const data = [{ id: 7 }, null, { id: 'good', context_length: 'long' }];
  account.simulator.play({ kind: 'http', status: 200, body: JSON.stringify({ data }) });
  expect(await account.provider.listModels(options())).toMatchObject([{ id: 'good', contextWindow: undefined }]);
});

test.each(['qwen', 'perplexity'] as const)('%s has no list: what is known beforehand stands in', async (dialect) => {
  await using account = await openTestAccount({ dialect });
  const models = await account.provider.listModels(options());
  expect(models.length).toBeGreaterThan(0);
  expect(models.every(({ source }) => source === 'catalog')).toBe(true);
  expect(models).toEqual(account.provider.catalog);
});

test.each([401, 500])('a list that is refused with %i is an error, no catalogue', async (status) => {
  await using account = await openTestAccount({ dialect: 'qwen' });
  account.simulator.play({ kind: 'http', status, body: '{}' });
  await failureOf(account.provider.listModels(options()));
});

test('sight is what the settings say, for lists that do not know', async () => {
  await using account = await openTestAccount({ dialect: 'deepseek', settings: { vision: 'yes' } });
  expect((await account.provider.listModels(options())).slice(0, 2).every(({ capabilities }) => capabilities.vision)).toBe(true);
  await using blind = await openTestAccount({ dialect: 'openrouter', settings: { vision: 'no' } });
  expect((await blind.provider.listModels(options())).some(({ capabilities }) => capabilities.vision)).toBe(false);
});

test('behind a proxy that has only the usual list, that one is read', async () => {
  await using account = await openTestAccount({ settings: { preset: 'ollama' } });
  expect((await account.provider.listModels(options())).map(({ id }) => id)).toContain('sim-large');
});

describe('the probe', () => {
  test.each(['openai', 'openrouter', 'perplexity', 'qwen', 'ollama'] as const)('of %s is free and finds all well', async (dialect) => {
    await using account = await openTestAccount({ dialect });
    expect(await account.provider.probe(options())).toMatchObject({ ok: true });
    expect(account.simulator.state.started).toBe(0);
  });

  test.each(['openai', 'perplexity', 'qwen'] as const)('of %s finds a wrong key', async (dialect) => {
    await using account = await openTestAccount({ dialect, keys: ['another'] });
    expect(await failureOf(account.provider.probe(options()))).toMatchObject({ code: 'auth' });
  });

  test('finds a wrong key where the list is open to everybody', async () => {
    await using account = await openTestAccount({ dialect: 'openrouter', keys: ['another'] });
    expect(await failureOf(account.provider.probe(options()))).toMatchObject({ code: 'auth' });
    expect(account.simulator.requests.map(({ path }) => path)).toEqual(['/api/v1/key']);
  });

  test('tells the address when /v1 was left out', async () => {
    await using account = await openTestAccount({ dialect: 'vllm' });
    const { url } = account.simulator;
    await using wrong = await openTestAccount({ settings: { preset: 'vllm', baseUrl: url } });
    const error = await failureOf(wrong.provider.probe(options()));
    expect(error).toMatchObject({ code: 'invalid_request', details: { status: 404, suggested: `${url}/v1`, setting: 'baseUrl' } });
    expect(wrong.provider.explain?.(error)).toEqual({
      ru: `API находится по адресу ${url}/v1. Впишите его целиком.`,
      en: `The API is at ${url}/v1. Enter that address.`,
    });
  });

  test('suggests nothing where nothing answers', async () => {
    await using account = await openTestAccount();
    await using wrong = await openTestAccount({ settings: { preset: 'custom', baseUrl: `${account.simulator.url}/other` } });
    const error = await failureOf(wrong.provider.probe(options()));
    expect(error.details).not.toHaveProperty('suggested');
    expect(wrong.provider.explain?.(error)?.en).toMatch(/no OpenAI-compatible API/u);
  });
});

test('embeddings come in the order of the texts, in batches', async () => {
  await using account = await openTestAccount({ dialect: 'qwen' });
  const texts = Array.from({ length: 23 }, (_, index) => `text ${String(index)}`);
  const model = account.provider.embeddingModel?.('sim-embedding');
  const all = await model?.embed(texts, options());
  const one = await model?.embed(['text 17'], options());
  expect(all?.embeddings).toHaveLength(23);
  expect(all?.embeddings[17]).toEqual(one?.embeddings[0]);
  expect(all?.inputTokens).toBeGreaterThan(22);
  expect(account.simulator.requests).toHaveLength(4);
});

test('too few vectors are an error', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'http', status: 200, body: '{"data":[]}' });
  const failing = account.provider.embeddingModel?.('sim-embedding').embed(['a'], options()) ?? Promise.resolve();
  expect(await failureOf(failing)).toMatchObject({ code: 'protocol' });
});

test('headers of the settings go with every request, and without a key there is no authorization', async () => {
  await using account = await openTestAccount({ dialect: 'ollama', settings: { apiKey: undefined, headers: { 'X-Team': 'blue' } } });
  await account.provider.listModels(options());
  await account.ask('?');
  for (const { headers } of account.simulator.requests) {
    expect(headers['x-team']).toBe('blue');
    expect(headers).not.toHaveProperty('authorization');
  }
});
