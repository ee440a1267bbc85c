import { ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { expect, test } from 'vitest';
import { anthropicFaults } from './error-table.ts';
import { newSignal, openTestAccount, type TestAccount, user } from './test-account.ts';

interface Fault {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly code: ProviderErrorCode;
  readonly ru: RegExp;
  readonly en: RegExp;
  readonly details?: object;
  readonly isRetryable?: boolean;
}

const faults: readonly Fault[] = [
  {
    status: 401,
    type: 'authentication_error',
    message: 'invalid x-api-key',
    code: 'auth',
    ru: /не принимает ключ.*API Keys/u,
    en: /refused the key/u,
  },
  {
    status: 403,
    type: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
    code: 'permission',
    ru: /прав не хватает/u,
    en: /lacks rights/u,
  },
  { status: 403, type: 'forbidden', message: 'Request not allowed', code: 'permission', ru: /из этой страны/u, en: /from this country/u },
  {
    status: 400,
    type: 'invalid_request_error',
    message: 'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    code: 'quota_exhausted',
    ru: /кончились деньги.*Billing/u,
    en: /out of credit.*Billing/u,
  },
  {
    status: 400,
    type: 'invalid_request_error',
    message: 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    code: 'quota_exhausted',
    ru: /предел расходов/u,
    en: /spending limit/u,
  },
  { status: 402, type: 'billing_error', message: 'Payment failed', code: 'quota_exhausted', ru: /способ оплаты/u, en: /payment method/u },
  {
    status: 400,
    type: 'invalid_request_error',
    message: 'This organization has been disabled.',
    code: 'permission',
    ru: /отключила эту организацию/u,
    en: /disabled this organization/u,
  },
  {
    status: 404,
    type: 'not_found_error',
    message: 'model: claude-opus-9',
    code: 'model_not_found',
    ru: /нет модели claude-opus-9/u,
    en: /no model claude-opus-9/u,
    details: { model: 'claude-opus-9' },
  },
  {
    status: 404,
    type: 'not_found_error',
    message: 'Not Found',
    code: 'invalid_request',
    ru: /нет API Anthropic.*адрес/u,
    en: /no Anthropic API/u,
  },
  {
    status: 400,
    type: 'invalid_request_error',
    message: 'prompt is too long: 213462 tokens > 200000 maximum',
    code: 'context_too_long',
    ru: /\(200000 токенов\)/u,
    en: /the 200000 tokens/u,
    details: { got: 213_462, limit: 200_000 },
  },
  {
    status: 400,
    type: 'invalid_request_error',
    message:
      'input length and `max_tokens` exceed context limit: 190000 + 64000 > 200000, decrease input length or `max_tokens` and try again',
    code: 'context_too_long',
    ru: /Уменьшите наибольшую длину ответа/u,
    en: /Lower the longest answer/u,
    details: { limit: 200_000 },
  },
  { status: 413, type: 'request_too_large', message: 'Request too large', code: 'context_too_long', ru: /больше 32 МБ/u, en: /32 MB/u },
  {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your organization's rate limit",
    code: 'rate_limited',
    ru: /просит подождать/u,
    en: /asks to wait/u,
    isRetryable: true,
  },
  {
    status: 529,
    type: 'overloaded_error',
    message: 'Overloaded',
    code: 'overloaded',
    ru: /перегружены/u,
    en: /overloaded/u,
    isRetryable: true,
  },
  {
    status: 500,
    type: 'api_error',
    message: 'Internal server error',
    code: 'overloaded',
    ru: /неполадки/u,
    en: /has trouble/u,
    isRetryable: true,
  },
  {
    status: 504,
    type: 'timeout_error',
    message: 'Timed out',
    code: 'timeout',
    ru: /не успела ответить/u,
    en: /in time/u,
    isRetryable: true,
  },
  {
    status: 400,
    type: 'invalid_request_error',
    message: 'Output blocked by content filtering policy',
    code: 'content_filtered',
    ru: /Фильтр Anthropic/u,
    en: /filter of Anthropic/u,
  },
];

async function failureOf(account: TestAccount, model?: string): Promise<ProviderError> {
  const error: unknown = await account.ask('?', model).catch((reason: unknown) => reason);
  if (error instanceof ProviderError) return error;
  throw new Error('no ProviderError');
}

test.each(faults)('$status $message is $code', async ({ status, type, message, code, ru, en, details = {}, isRetryable = false }) => {
  await using account = await openTestAccount();
  const body = JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_011CbrFTcX' });
  account.simulator.play({ kind: 'error', status, body });
  const error = await failureOf(account);
  expect(error).toMatchObject({ code, isRetryable, providerId: 'work-claude', details: { status, vendorCode: type, ...details } });
  expect(error.details['requestId']).toMatch(/^req_/u);
  expect([error.text?.ru, error.text?.en]).toEqual([expect.stringMatching(ru), expect.stringMatching(en)]);
  expect(account.provider.explain?.(error)).toEqual(error.text);
});

test('every row of the table is tried', async () => {
  await using account = await openTestAccount();
  const met = new Set<unknown>();
  for (const { status, type, message } of faults) {
    account.simulator.play({ kind: 'error', status, body: JSON.stringify({ error: { type, message } }) });
    met.add((await failureOf(account)).details['fault']);
  }
  expect([...met].toSorted()).toEqual(anthropicFaults.map(({ name }) => name).toSorted());
});

test('what the table does not know keeps the sentence of the vendor', async () => {
  await using account = await openTestAccount();
  const body = JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message: 'messages.0: something odd' } });
  account.simulator.play({ kind: 'error', status: 400, body });
  const error = await failureOf(account);
  expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('something odd') });
  expect(account.provider.explain?.(error)).toBeUndefined();
});

test.each([
  [529, 'Overloaded', 'overloaded'],
  [429, 'Slow down', 'rate_limited'],
  [500, 'Internal server error', 'overloaded'],
] as const)('an error event like %i after some text is told by its type', async (status, message, code) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'stream-error', pieces: ['Раз', ' два'], status, message });
  let text = '';
  const read = async (): Promise<void> => {
    const stream = account.model().stream({ messages: [user('?')] }, { signal: newSignal() });
    for await (const event of stream) if (event.type === 'text-delta') text += event.text;
  };
  await expect(read()).rejects.toMatchObject({ code, details: { status } });
  expect(text).toBe('Раз два');
});

test('the simulator refuses as the vendor does: key, model, length', async () => {
  await using wrongKey = await openTestAccount({ apiKey: 'sk-ant-api03-wrong' });
  expect((await failureOf(wrongKey)).code).toBe('auth');
  await using account = await openTestAccount();
  expect(await failureOf(account, 'claude-none')).toMatchObject({ code: 'model_not_found', details: { model: 'claude-none' } });
  const long = await account.ask('слово '.repeat(210_000)).catch((reason: unknown) => reason);
  expect(long).toMatchObject({ code: 'context_too_long', details: { limit: 200_000 } });
});

test('a wait that the vendor asks for is passed on', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'rate-limited', retryAfterSeconds: 17 });
  expect(await failureOf(account)).toMatchObject({ code: 'rate_limited', retryAfterMs: 17_000 });
});
