import { expect, test } from 'vitest';
import { corporate, newSignal, openTestAccount, rejection } from './test-account.ts';

const options = () => ({ signal: newSignal() });

test('the list is live and that of the host: what is known of a model stands beside its name', async () => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels(options());
  expect(models.map(({ id }) => id)).toEqual([
    'GigaChat-2-Max',
    'GigaChat-2-Pro',
    'GigaChat-2',
    'GigaChat-3-Ultra',
    'Embeddings',
    'Embeddings-2',
    'EmbeddingsGigaR',
  ]);
  expect(models[0]).toMatchObject({
    name: 'GigaChat 2 Max',
    kind: 'chat',
    capabilities: { tools: true, vision: true, jsonSchema: true, reasoning: false },
    contextWindow: 261_120,
    source: 'live',
  });
  expect(models[2]?.files?.accepts.map(({ kind }) => kind)).toEqual(['document']);
  const former = await account.open({ baseUrl: account.simulator.legacyBaseUrl }).listModels(options());
  const ids = former.map(({ id }) => id);
  expect(ids).toContain('GigaChat-Plus');
  expect(ids).not.toContain('GigaChat-3-Ultra');
  expect(former.find(({ id }) => id === 'GigaChat-2-Max-preview')?.name).toBe('GigaChat 2 Max (preview)');
  expect(ids.some((id) => id.startsWith('GigaCheck') || id === 'GigaFilter')).toBe(false);
});

test('quirk 21: a model of the other host is said to be there, and works there', async () => {
  await using account = await openTestAccount();
  expect(await rejection(account.ask('1', 'GigaChat-Plus'))).toMatchObject({ code: 'model_not_found', details: { fault: 'noModel' } });
  const former = account.open({ baseUrl: account.simulator.legacyBaseUrl });
  expect((await former.listModels(options())).some(({ id }) => id === 'GigaChat-Plus')).toBe(true);
});

test('a wrong base is told apart from a model that is not there', async () => {
  await using account = await openTestAccount({ settings: ({ url }) => ({ baseUrl: `${url}/wrong/v1` }) });
  const error = await rejection(account.provider.probe(options()));
  expect(error).toMatchObject({ code: 'invalid_request', mayFailOver: true, details: { setting: 'baseUrl', fault: 'wrongAddress' } });
});

test('a dated list stands in until the vendor has answered', async () => {
  await using account = await openTestAccount({ settings: () => ({ contextWindow: 50_000 }) });
  const { catalog = [] } = account.provider;
  expect(catalog.map(({ id, source }) => `${id} ${source}`)).toContain('GigaChat-2 catalog');
  expect(catalog.find(({ id }) => id === 'GigaChat-2')?.contextWindow).toBe(50_000);
});

test('V20: the window of a model is learned from a refusal', async () => {
  await using account = await openTestAccount();
  const windowOf = async (id: string) => (await account.provider.listModels(options())).find((model) => model.id === id)?.contextWindow;
  expect(await windowOf('GigaChat-2')).toBe(261_120);
  const message = 'CONTEXT_TOO_LONG: context too long 301216, maximum allowed context is 32000';
  account.simulator.play({ kind: 'error', status: 422, message });
  expect(await rejection(account.ask('1'))).toMatchObject({ code: 'context_too_long', details: { limit: 32_000, got: 301_216 } });
  account.simulator.play({ kind: 'default' });
  expect(await windowOf('GigaChat-2')).toBe(32_000);
  expect(await windowOf('GigaChat-2-Max')).toBe(261_120);
});

test('quirk 22, V21: the balance is told where there is one', async () => {
  await using account = await openTestAccount();
  const entries = await account.provider.balance?.(options());
  expect(entries).toContainEqual({ name: 'GigaChat', amount: 900_000, unit: 'tokens' });
  const { notes = [] } = await account.provider.probe(options());
  expect(notes.map(({ ru }) => ru).join(' ')).toMatch(/Остаток токенов: GigaChat — 900.000/u);
  const company = account.open(corporate);
  expect(await company.balance?.(options())).toBeUndefined();
  expect((await company.probe(options())).notes).toHaveLength(1);
});

test('V21: a model whose tokens are used up is told as such', async () => {
  const poor = { clientId: 'poor', clientSecret: 'secret', scope: 'GIGACHAT_API_PERS', balance: { GigaChat: 0 } } as const;
  await using account = await openTestAccount({
    accounts: [poor],
    settings: () => ({ authorizationKey: Buffer.from('poor:secret').toString('base64') }),
  });
  expect(await rejection(account.ask('1'))).toMatchObject({ code: 'quota_exhausted', details: { fault: 'unpaid' } });
});

test('V22: tokens are counted by the vendor', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.countTokens?.('GigaChat-2', 'Привет, мир', options())).toBeGreaterThan(1);
});

test('V22, quirk 23: embeddings in their order; what each cost is added up', async () => {
  await using account = await openTestAccount();
  const model = account.provider.embeddingModel?.('Embeddings');
  const texts = Array.from({ length: 120 }, (_, index) => `текст ${String(index)}`);
  const result = await model?.embed(texts, options());
  expect(result?.embeddings.map(({ length }) => length)).toEqual(texts.map(() => 1024));
  const [one] = (await model?.embed(['текст 119'], options()))?.embeddings ?? [];
  expect(result?.embeddings.at(-1)).toEqual(one);
  expect(result?.inputTokens).toBeGreaterThan(texts.length);
  expect(await model?.embed([], options())).toEqual({ embeddings: [], inputTokens: 0 });
});

test('a text that is too long for its embedding is told as such', async () => {
  await using account = await openTestAccount();
  const model = account.provider.embeddingModel?.('Embeddings');
  const work = Promise.resolve(model?.embed(['слово '.repeat(3000)], options()));
  expect(await rejection(work)).toMatchObject({ code: 'context_too_long', details: { fault: 'tooLarge' } });
});

test('the probe is free: nothing is generated', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.probe(options())).toMatchObject({ ok: true, latencyMs: expect.any(Number) });
  expect(account.simulator.state.started).toBe(0);
});
