import { ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { exampleApiKey, exampleFolderId, type YandexGptScenario } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { openTestAccount, type TestAccount, user } from './test-account.ts';
import { toYandexError } from './to-yandex-error.ts';

async function failureOf(account: TestAccount, text = '?', model?: string): Promise<ProviderError> {
  const error: unknown = await account.ask(text, model).catch((reason: unknown) => reason);
  if (error instanceof ProviderError) return error;
  throw new Error('no ProviderError');
}

interface ErrorCase {
  readonly status: number;
  readonly message: string;
  readonly code: ProviderErrorCode;
  readonly says: RegExp;
  readonly details?: object;
  readonly isRetryable?: boolean;
}

const mismatch = `Specified folder ID 'b1gwrong00000000000' does not match with service account folder ID '${exampleFolderId}'`;
const gauge = 'ai.textGenerationCompletionSessionsCount.count gauge quota limit exceed: allowed 10 requests';
const rate = 'ai.textGenerationCompletionRequestsPerHour.rate rate quota limit exceed: allowed 100 requests';

const cases: readonly ErrorCase[] = [
  {
    status: 401,
    message: "Unknown api key 'AQVN****'",
    code: 'auth',
    says: /apiKey.*ai\.languageModels\.user/u,
    details: { credential: 'apiKey' },
  },
  { status: 401, message: 'The apikey has expired', code: 'auth', says: /expired/u },
  {
    status: 400,
    message: mismatch,
    code: 'permission',
    says: /put b1g\w+ into the setting folderId/u,
    details: { rightFolder: exampleFolderId },
  },
  { status: 403, message: mismatch, code: 'permission', says: /folderId/u, details: { rightFolder: exampleFolderId } },
  { status: 400, message: 'invalid model_uri', code: 'model_not_found', says: /does not know this model/u },
  { status: 400, message: 'Failed to parse model URI', code: 'model_not_found', says: /does not know this model/u },
  { status: 400, message: 'Failed to get model x', code: 'model_not_found', says: /does not know this model/u },
  {
    status: 429,
    message: gauge,
    code: 'rate_limited',
    says: /allows 10/u,
    details: { quota: 'concurrency', limit: 10 },
    isRetryable: true,
  },
  { status: 429, message: rate, code: 'rate_limited', says: /allows 100/u, details: { quota: 'rate', limit: 100 }, isRetryable: true },
  {
    status: 400,
    message: 'Number of input tokens must be no more than 32768, got 40123',
    code: 'context_too_long',
    says: /32768 tokens/u,
    details: { limit: 32_768, got: 40_123 },
  },
  { status: 400, message: 'empty message text', code: 'invalid_request', says: /no text/u },
  { status: 403, message: 'Permission denied', code: 'permission', says: /role ai\.languageModels\.user/u },
  { status: 403, message: 'The billing account is not active', code: 'quota_exhausted', says: /billing account/u },
  { status: 500, message: 'Internal error', code: 'overloaded', says: /out of order/u, isRetryable: true },
  { status: 503, message: 'unavailable', code: 'overloaded', says: /out of order/u, isRetryable: true },
  { status: 504, message: 'deadline', code: 'timeout', says: /did not answer/u, isRetryable: true },
];

const envelopes = ['wrapped', 'flat', 'openai'] as const;

test.each(cases.flatMap((each) => envelopes.map((envelope) => ({ ...each, envelope }))))(
  '$status $message ($envelope) is $code',
  async ({ status, message, envelope, code, says, details = {}, isRetryable = false }) => {
    await using account = await openTestAccount();
    account.simulator.play({ kind: 'error', status, message, envelope });
    for (const model of ['yandexgpt-5-lite', 'gpt-oss-20b']) {
      const error = await failureOf(account, '?', model);
      expect(error).toMatchObject({ code, isRetryable, providerId: 'work-yandex', details: { status, ...details } });
      expect(error.message).toMatch(envelope === 'openai' && (status === 500 || status >= 503) ? /./u : says);
      expect(error.details['traceId'] ?? error.details['requestId']).toBeDefined();
    }
  },
);

test('plain text and snake case are understood too', () => {
  const answer = (body: string) => ({ providerId: 'p', status: 400, headers: {}, body, secrets: [] });
  expect(toYandexError(answer('invalid model_uri'), 'apiKey').code).toBe('model_not_found');
  const snake = JSON.stringify({ error: { grpc_code: 16, http_code: 401, message: 'the token is invalid' } });
  expect(toYandexError(answer(snake), 'iamToken')).toMatchObject({
    code: 'auth',
    details: { status: 401 },
    message: expect.stringContaining('IAM token'),
  });
  const speech = JSON.stringify({ error_code: 'UNAUTHORIZED', error_message: 'Unknown api key' });
  expect(toYandexError(answer(speech), 'apiKey').code).toBe('auth');
});

test('an address without the API is told apart from a model that is not there', async () => {
  await using account = await openTestAccount({
    settings: ({ url }) => ({ apiKey: exampleApiKey, folderId: exampleFolderId, baseUrl: `${url}/wrong` }),
  });
  expect(await failureOf(account)).toMatchObject({
    code: 'invalid_request',
    mayFailOver: true,
    message: expect.stringContaining('baseUrl'),
  });
});

const midway: readonly { readonly scenario: YandexGptScenario; readonly code: ProviderErrorCode }[] = [
  { scenario: { kind: 'stream-error', pieces: ['Раз'] }, code: 'overloaded' },
  { scenario: { kind: 'stream-error', pieces: ['Раз'], status: 429, message: gauge }, code: 'rate_limited' },
  { scenario: { kind: 'cut', pieces: ['Раз'], how: 'clean-eof' }, code: 'protocol' },
  { scenario: { kind: 'cut', pieces: ['Раз'], how: 'mid-frame' }, code: 'protocol' },
];

test.each(midway)('V14, V15, V20: $scenario ends with $code, and the text before it was delivered', async ({ scenario, code }) => {
  await using account = await openTestAccount();
  account.simulator.play(scenario);
  for (const model of ['yandexgpt-5-lite', 'qwen3-235b-a22b-fp8']) {
    let text = '';
    const read = async (): Promise<void> => {
      const stream = account.model(model).stream({ messages: [user('?')] }, { signal: new AbortController().signal });
      for await (const event of stream) if (event.type === 'text-delta') text += event.text;
    };
    await expect(read()).rejects.toMatchObject({ code });
    expect(text).toBe('Раз');
  }
});

test('V12: the eleventh answer at a time is refused, and served once a place is free', async () => {
  await using account = await openTestAccount({ concurrentGenerations: 1 });
  const first = account.ask('[[hold]] [[say Раз]]');
  await expect.poll(() => account.simulator.state.holding).toBe(1);
  expect(await failureOf(account)).toMatchObject({ code: 'rate_limited', details: { quota: 'concurrency', limit: 1 } });
  account.simulator.advance();
  expect((await first).text).toBe('Раз');
  expect((await account.ask('[[say Два]]')).text).toBe('Два');
});

test('a wrong folder in the settings is named together with the right one', async () => {
  await using account = await openTestAccount({ settings: () => ({ apiKey: exampleApiKey, folderId: 'b1gwrong00000000000' }) });
  expect(await failureOf(account)).toMatchObject({ code: 'permission', details: { rightFolder: exampleFolderId } });
});
