import { ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { expect, test } from 'vitest';
import { googleFaults } from './error-table.ts';
import { newSignal, openTestAccount, type TestAccount, user } from './test-account.ts';

interface Fault {
  readonly status: number;
  /** The vendor's name of the status. */
  readonly name: string;
  readonly message: string;
  readonly details?: readonly object[];
  readonly code: ProviderErrorCode;
  readonly ru: RegExp;
  readonly en: RegExp;
  readonly facts?: object;
  readonly isRetryable?: boolean;
}

const reason = (text: string): readonly object[] => [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: text, domain: 'googleapis.com' },
];
const quota = (id: string): readonly object[] => [
  { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaMetric: 'm', quotaId: id }] },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '36.5s' },
];
const usedUp = 'You exceeded your current quota, please check your plan and billing details.';
const bad = { status: 400, name: 'INVALID_ARGUMENT' } as const;
const denied = { status: 403, name: 'PERMISSION_DENIED' } as const;
const tooMany = { status: 429, name: 'RESOURCE_EXHAUSTED' } as const;

const faults: readonly Fault[] = [
  {
    ...bad,
    message: 'API key not valid. Please pass a valid API key.',
    details: reason('API_KEY_INVALID'),
    code: 'auth',
    ru: /не принимает ключ.*aistudio/u,
    en: /refused the key/u,
  },
  {
    ...bad,
    message: 'API key expired. Please renew the API key.',
    details: reason('API_KEY_INVALID'),
    code: 'auth',
    ru: /Срок действия ключа/u,
    en: /has expired/u,
  },
  {
    ...denied,
    message: 'Your API key was reported as leaked. Please use another API key.',
    code: 'auth',
    ru: /в открытый доступ/u,
    en: /became public/u,
  },
  {
    status: 401,
    name: 'UNAUTHENTICATED',
    message: 'Request had invalid authentication credentials.',
    code: 'auth',
    ru: /а не токен/u,
    en: /not a token/u,
  },
  {
    ...denied,
    message: 'Generative Language API has not been used in project 123 before or it is disabled.',
    details: reason('SERVICE_DISABLED'),
    code: 'permission',
    ru: /выключен Gemini API/u,
    en: /switched off/u,
  },
  {
    ...denied,
    message: 'Requests from this IP address are blocked.',
    details: reason('API_KEY_IP_ADDRESS_BLOCKED'),
    code: 'permission',
    ru: /Ключ ограничен/u,
    en: /key is restricted/u,
  },
  {
    status: 400,
    name: 'FAILED_PRECONDITION',
    message: 'User location is not supported for the API use.',
    code: 'permission',
    ru: /из этой страны/u,
    en: /from this country/u,
  },
  {
    status: 400,
    name: 'FAILED_PRECONDITION',
    message: 'Gemini API free tier is not available in your country. Please enable billing on your project in Google AI Studio.',
    code: 'quota_exhausted',
    ru: /Включите оплату/u,
    en: /Enable billing/u,
  },
  {
    ...tooMany,
    message: 'Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.',
    code: 'quota_exhausted',
    ru: /Пополните счёт/u,
    en: /Top it up/u,
  },
  {
    ...tooMany,
    message: `${usedUp} Quota exceeded for metric: generate_content_free_tier_requests, limit: 0`,
    code: 'quota_exhausted',
    ru: /бесплатном тарифе/u,
    en: /free tier/u,
  },
  {
    ...tooMany,
    message: usedUp,
    details: quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
    code: 'quota_exhausted',
    ru: /Дневная квота/u,
    en: /daily quota/u,
  },
  {
    ...tooMany,
    message: usedUp,
    details: quota('GenerateRequestsPerMinutePerProjectPerModel'),
    code: 'rate_limited',
    ru: /просит подождать/u,
    en: /asks to wait/u,
    isRetryable: true,
  },
  {
    ...bad,
    message: 'The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).',
    code: 'context_too_long',
    ru: /\(1048576 токенов\)/u,
    en: /the 1048576 tokens/u,
    facts: { got: 1_200_293, limit: 1_048_576 },
  },
  {
    ...bad,
    message: 'Request payload size exceeds the limit: 20971520 bytes.',
    code: 'context_too_long',
    ru: /часть вложений/u,
    en: /some attachments/u,
  },
  {
    status: 404,
    name: 'NOT_FOUND',
    message: 'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
    code: 'model_not_found',
    ru: /нет модели gemini-9/u,
    en: /no model gemini-9/u,
    facts: { model: 'gemini-9' },
  },
  { status: 404, name: 'NOT_FOUND', message: 'Not Found', code: 'invalid_request', ru: /нет Gemini API/u, en: /no Gemini API/u },
  { ...denied, message: 'The caller does not have permission', code: 'permission', ru: /прав на этот запрос/u, en: /may not do this/u },
  { status: 504, name: 'DEADLINE_EXCEEDED', message: 'Timed out', code: 'timeout', ru: /не успел/u, en: /in time/u, isRetryable: true },
  {
    status: 503,
    name: 'UNAVAILABLE',
    message: 'The model is overloaded. Please try again later.',
    code: 'overloaded',
    ru: /перегружена/u,
    en: /overloaded/u,
    isRetryable: true,
  },
  { status: 500, name: 'INTERNAL', message: 'Internal error', code: 'overloaded', ru: /неполадки/u, en: /has trouble/u, isRetryable: true },
];

async function failureOf(account: TestAccount, model?: string): Promise<ProviderError> {
  const error: unknown = await account.ask('?', model).catch((reason_: unknown) => reason_);
  if (error instanceof ProviderError) return error;
  throw new Error('no ProviderError');
}

const bodyOf = ({ status, message, name, details }: Fault): object => ({ error: { code: status, message, status: name, details } });

test.each(faults.flatMap((fault) => [false, true].map((isList) => ({ ...fault, isList }))))(
  '$status $message is $code (in a list: $isList)',
  async ({ isList, ...fault }) => {
    await using account = await openTestAccount();
    account.simulator.play({ kind: 'error', status: fault.status, body: JSON.stringify(isList ? [bodyOf(fault)] : bodyOf(fault)) });
    const error = await failureOf(account);
    const { code, isRetryable = false, status, facts = {} } = fault;
    expect(error).toMatchObject({ code, isRetryable, providerId: 'work-gemini', details: { status, ...facts } });
    expect([error.text?.ru, error.text?.en]).toEqual([expect.stringMatching(fault.ru), expect.stringMatching(fault.en)]);
    expect(account.provider.explain?.(error)).toEqual(error.text);
  },
);

test('a question that is held back is content_filtered, with a sentence of its own', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'filter', pieces: [] });
  const error = await failureOf(account);
  expect(error).toMatchObject({ code: 'content_filtered', isRetryable: false, details: { vendorCode: 'PROHIBITED_CONTENT' } });
  expect(error.text?.ru).toMatch(/не пропустил вопрос/u);
});

test('every row of the table is tried', async () => {
  await using account = await openTestAccount();
  const met = new Set<unknown>(['blocked']);
  for (const fault of faults) {
    account.simulator.play({ kind: 'error', status: fault.status, body: JSON.stringify(bodyOf(fault)) });
    met.add((await failureOf(account)).details['fault']);
  }
  expect([...met].toSorted()).toEqual(googleFaults.map(({ name }) => name).toSorted());
});

test('a wait told in the body is passed on', async () => {
  await using account = await openTestAccount();
  const fault = faults.find(({ code }) => code === 'rate_limited');
  account.simulator.play({ kind: 'error', status: 429, body: JSON.stringify(fault && bodyOf(fault)) });
  expect((await failureOf(account)).retryAfterMs).toBe(36_500);
});

test.each([
  [503, 'The model is overloaded.', 'overloaded'],
  [429, 'Resource has been exhausted', 'rate_limited'],
] as const)('an error like %i after some text is told by its code', async (status, message, code) => {
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

test('the simulator refuses as the vendor does: key, model', async () => {
  await using wrongKey = await openTestAccount({ apiKey: 'AIzaSyWrong' });
  expect(await failureOf(wrongKey)).toMatchObject({ code: 'auth', details: { fault: 'key', status: 400 } });
  await using account = await openTestAccount();
  expect(await failureOf(account, 'gemini-none')).toMatchObject({ code: 'model_not_found', details: { model: 'gemini-none' } });
});
