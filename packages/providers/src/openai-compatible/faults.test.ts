import type { ErrorDetails, ProviderErrorCode } from '@multimodel/core';
import { exampleOpenAiKey } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import type { PresetId } from './presets.ts';
import { failureOf, newSignal, openTestAccount } from './test-account.ts';

interface FaultCase {
  /** Whose words they are. */
  readonly preset: PresetId;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code: ProviderErrorCode;
  readonly ru: string;
  readonly en: string;
  readonly details?: ErrorDetails;
  readonly retryAfterMs?: number;
}

const openAi = (message: string, code: string | null = null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});

const wrongKey = (name: string, keysAt: string) =>
  ({
    code: 'auth',
    ru: `${name}: ключ неверный, отозван или от другого сервиса. Вставьте действующий ключ целиком (${keysAt}).`,
    en: `${name}: the key is wrong, revoked or of another service. Paste the whole of a valid key (${keysAt}).`,
  }) as const;
const unpaid = (name: string) =>
  ({
    code: 'quota_exhausted',
    ru: `${name}: на счёте закончились деньги или квота. Пополните счёт в личном кабинете.`,
    en: `${name}: the account has no money or quota left. Top it up in the console.`,
  }) as const;
const busy = (name: string) =>
  ({
    code: 'overloaded',
    ru: `${name} сейчас перегружен. Повторите через минуту или выберите другую модель.`,
    en: `${name} is overloaded. Try again in a minute, or choose another model.`,
  }) as const;
const tooLong = (counts: string, told: { ru: string; en: string } = { ru: counts, en: counts }) =>
  ({
    code: 'context_too_long',
    ru: `Беседа длиннее окна модели${told.ru}. Начните новый чат или выберите модель с большим окном.`,
    en: `The conversation is longer than the window of the model${told.en}. Begin a new chat or choose a model with a larger window.`,
  }) as const;
const counted = (got: number, limit: number) =>
  tooLong('', { ru: ` (${String(got)} из ${String(limit)} токенов)`, en: ` (${String(got)} of ${String(limit)} tokens)` });
const slowDown = (name: string, ru = 'Подождите минуту', en = 'Wait a minute') =>
  ({
    code: 'rate_limited',
    ru: `${name} пока не принимает больше запросов с этим ключом. ${ru} и повторите.`,
    en: `${name} takes no more requests with this key for now. ${en} and try again.`,
  }) as const;
const unknownModel = (name: string) =>
  ({
    code: 'model_not_found',
    ru: `${name} не знает такой модели или она вам недоступна. Выберите другую из списка.`,
    en: `${name} does not know this model, or you have no access to it. Choose another one of the list.`,
  }) as const;
const filtered = (name: string) =>
  ({
    code: 'content_filtered',
    ru: `Фильтр содержимого ${name} не пропустил запрос. Переформулируйте его.`,
    en: `The content filter of ${name} refused the request. Put it in other words.`,
  }) as const;
const blind = {
  code: 'invalid_request',
  ru: 'Эта модель не видит изображений. Уберите их или выберите модель, которая видит.',
  en: 'This model does not see images. Remove them, or choose a model that does.',
} as const;

const dashscope = (code: string, message: string) => ({ error: { code, message, type: code }, request_id: 'x' });
const elsewhere = (host: string) =>
  ({
    code: 'invalid_request',
    ru: `По этому адресу на ${host} нет OpenAI-совместимого API. Проверьте адрес: обычно он кончается на /v1.`,
    en: `There is no OpenAI-compatible API at this address of ${host}. Check the address: it usually ends in /v1.`,
    details: { setting: 'baseUrl' },
  }) as const;
const host = 'HOST';

const cases: readonly FaultCase[] = [
  {
    preset: 'openai',
    status: 401,
    body: openAi('Incorrect API key provided: sk-ab***yz.', 'invalid_api_key'),
    ...wrongKey('OpenAI', 'platform.openai.com/api-keys'),
  },
  {
    preset: 'deepseek',
    status: 401,
    body: openAi('Authentication Fails, Your api key: ****bad is invalid', 'invalid_request_error', 'authentication_error'),
    ...wrongKey('DeepSeek', 'platform.deepseek.com/api_keys'),
  },
  {
    preset: 'mistral',
    status: 401,
    body: { message: 'Unauthorized', request_id: 'x' },
    ...wrongKey('Mistral', 'console.mistral.ai/api-keys'),
  },
  {
    preset: 'xai',
    status: 400,
    body: {
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided: xa***. You can obtain an API key from https://console.x.ai.',
    },
    ...wrongKey('xAI', 'console.x.ai'),
  },
  {
    preset: 'perplexity',
    status: 401,
    body: '<html><head><title>401 Authorization Required</title></head></html>',
    ...wrongKey('Perplexity', 'perplexity.ai/settings/api'),
  },
  {
    preset: 'openrouter',
    status: 401,
    body: { error: { message: 'No auth credentials found', code: 401 } },
    ...wrongKey('OpenRouter', 'openrouter.ai/settings/keys'),
  },
  {
    preset: 'openai',
    status: 403,
    body: openAi('Country, region, or territory not supported', 'unsupported_country_region_territory', 'request_forbidden'),
    code: 'permission',
    ru: 'OpenAI не работает в стране, из которой пришёл запрос. Разместите сервер в другой стране или выберите другой сервис.',
    en: 'OpenAI does not serve the country that the request came from. Run the server in another country, or choose another service.',
  },
  {
    preset: 'groq',
    status: 403,
    body: openAi('Access denied. Please check your network settings.'),
    code: 'permission',
    ru: 'Groq: ключ принят, но прав не хватает. Проверьте в личном кабинете, что ключу разрешены эта модель и этот адрес. Его слова: «Access denied. Please check your network settings».',
    en: 'Groq: the key was accepted but lacks rights. Check in the console that it may use this model from this address. It says: “Access denied. Please check your network settings”.',
  },
  {
    preset: 'openai',
    status: 429,
    body: openAi(
      'You exceeded your current quota, please check your plan and billing details.',
      'insufficient_quota',
      'insufficient_quota',
    ),
    ...unpaid('OpenAI'),
  },
  {
    preset: 'deepseek',
    status: 402,
    body: openAi('Insufficient Balance', 'invalid_request_error', 'unknown_error'),
    ...unpaid('DeepSeek'),
  },
  {
    preset: 'moonshot',
    status: 429,
    body: {
      error: { message: 'Your account is suspended due to insufficient balance, please recharge', type: 'exceeded_current_quota_error' },
    },
    ...unpaid('Moonshot (Kimi)'),
  },
  {
    preset: 'openrouter',
    status: 402,
    body: { error: { code: 402, message: 'This request requires more credits, or fewer max_tokens.' } },
    ...unpaid('OpenRouter'),
  },
  {
    preset: 'qwen',
    status: 400,
    body: dashscope('Arrearage', 'Access denied, please make sure your account is in good standing.'),
    ...unpaid('Qwen (DashScope)'),
  },
  {
    preset: 'openai',
    status: 404,
    body: openAi('The model `gpt-9` does not exist or you do not have access to it.', 'model_not_found'),
    ...unknownModel('OpenAI'),
  },
  {
    preset: 'mistral',
    status: 400,
    body: { object: 'error', message: 'Invalid model: large', type: 'invalid_model', param: null, code: '1500' },
    ...unknownModel('Mistral'),
  },
  {
    preset: 'ollama',
    status: 404,
    body: openAi('model "llama9" not found, try pulling it first', null, 'api_error'),
    ...unknownModel('Ollama'),
  },
  {
    preset: 'openrouter',
    status: 400,
    body: { error: { message: 'nobody/none is not a valid model ID', code: 400 } },
    ...unknownModel('OpenRouter'),
  },
  {
    preset: 'lm-studio',
    status: 400,
    body: { error: 'No models loaded. Please load a model in the developer page or use the `lms load` command.' },
    code: 'model_not_found',
    ru: 'В LM Studio не загружена эта модель. Загрузите её там и повторите.',
    en: 'This model is not loaded in LM Studio. Load it there and try again.',
  },
  {
    preset: 'openai',
    status: 429,
    body: openAi('Rate limit reached for requests', 'rate_limit_exceeded', 'requests'),
    ...slowDown('OpenAI'),
  },
  {
    preset: 'openai',
    status: 429,
    body: openAi('Rate limit reached', 'rate_limit_exceeded'),
    headers: { 'retry-after': '7' },
    ...slowDown('OpenAI', 'Подождите 7 с', 'Wait 7 s'),
    retryAfterMs: 7000,
  },
  {
    preset: 'groq',
    status: 429,
    body: openAi(
      'Rate limit reached for model `x` on tokens per minute (TPM). Please try again in 1m2.5s.',
      'rate_limit_exceeded',
      'tokens',
    ),
    ...slowDown('Groq', 'Подождите 63 с', 'Wait 63 s'),
    retryAfterMs: 62_500,
  },
  { preset: 'mistral', status: 429, body: { message: 'Requests rate limit exceeded' }, ...slowDown('Mistral') },
  {
    preset: 'moonshot',
    status: 429,
    body: { error: { message: 'The engine is currently overloaded, please try again later', type: 'engine_overloaded_error' } },
    ...busy('Moonshot (Kimi)'),
  },
  {
    preset: 'openai',
    status: 400,
    body: openAi(
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages.",
      'context_length_exceeded',
    ),
    ...counted(9000, 8192),
    details: { limit: 8192, got: 9000 },
  },
  {
    preset: 'llama-cpp',
    status: 400,
    body: {
      error: {
        code: 400,
        message: 'request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9412,
        n_ctx: 8192,
      },
    },
    ...counted(9412, 8192),
  },
  {
    preset: 'xai',
    status: 400,
    body: { code: 'invalid_argument', error: "This model's maximum prompt length is 131072 but the request contains 140000 tokens." },
    ...counted(140_000, 131_072),
  },
  {
    preset: 'moonshot',
    status: 400,
    body: {
      error: { message: 'Invalid request: Your request exceeded model token limit: 8192 (requested: 9000)', type: 'invalid_request_error' },
    },
    ...counted(9000, 8192),
  },
  {
    preset: 'mistral',
    status: 400,
    body: {
      object: 'error',
      message: 'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      code: 3051,
    },
    ...counted(40_000, 32_768),
  },
  {
    preset: 'groq',
    status: 400,
    body: openAi('Please reduce the length of the messages or completion.', 'context_length_exceeded'),
    ...tooLong(''),
  },
  {
    preset: 'groq',
    status: 413,
    body: openAi(
      'Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size',
      'rate_limit_exceeded',
      'tokens',
    ),
    code: 'context_too_long',
    ru: 'Запрос больше, чем ваш тариф в Groq разрешает за минуту (9000 из 6000 токенов). Сократите беседу или поднимите тариф.',
    en: 'The request is larger than your plan at Groq allows in a minute (9000 of 6000 tokens). Shorten the conversation or raise the plan.',
  },
  {
    preset: 'together',
    status: 413,
    body: '<html>413 Request Entity Too Large</html>',
    code: 'context_too_long',
    ru: 'Запрос слишком велик для Together AI. Уберите вложения или начните новый чат.',
    en: 'The request is too large for Together AI. Remove attachments, or begin a new chat.',
  },
  { preset: 'deepseek', status: 400, body: openAi('Content Exists Risk'), ...filtered('DeepSeek') },
  {
    preset: 'qwen',
    status: 400,
    body: dashscope('data_inspection_failed', 'Input data may contain inappropriate content.'),
    ...filtered('Qwen (DashScope)'),
  },
  {
    preset: 'llama-cpp',
    status: 500,
    body: {
      error: {
        code: 500,
        message: 'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
        type: 'server_error',
      },
    },
    ...blind,
  },
  { preset: 'openrouter', status: 404, body: { error: { message: 'No endpoints found that support image input', code: 404 } }, ...blind },
  {
    preset: 'ollama',
    status: 400,
    body: openAi('registry.ollama.ai/library/gemma:2b does not support tools'),
    code: 'invalid_request',
    ru: 'Эта модель не умеет вызывать инструменты. Отключите их или выберите другую модель. Его слова: «registry.ollama.ai/library/gemma:2b does not support tools».',
    en: 'This model cannot call tools. Switch them off, or choose another model. It says: “registry.ollama.ai/library/gemma:2b does not support tools”.',
  },
  {
    preset: 'openai',
    status: 400,
    body: {
      error: {
        message: "Unsupported value: 'temperature' does not support 0.2 with this model.",
        type: 'invalid_request_error',
        param: 'temperature',
        code: 'unsupported_value',
      },
    },
    code: 'invalid_request',
    ru: "Модель не принимает параметр (temperature). Верните его к обычному значению в настройках ответа. Его слова: «Unsupported value: 'temperature' does not support 0.2 with this model».",
    en: "The model does not take the parameter (temperature). Put it back to its usual value in the settings of the answer. It says: “Unsupported value: 'temperature' does not support 0.2 with this model”.",
    details: { parameter: 'temperature' },
  },
  {
    preset: 'llama-cpp',
    status: 503,
    body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    code: 'overloaded',
    ru: 'llama.cpp ещё загружает модель. Подождите минуту и повторите.',
    en: 'llama.cpp is still loading the model. Wait a minute and try again.',
  },
  {
    preset: 'vllm',
    status: 422,
    body: { detail: [{ loc: ['body', 'messages'], msg: 'Field required', type: 'missing' }] },
    code: 'invalid_request',
    ru: 'vLLM не принял запрос и говорит: «Field required».',
    en: 'vLLM did not accept the request and says: “Field required”.',
  },
  {
    preset: 'fireworks',
    status: 502,
    body: '<html><title>502 Bad Gateway</title></html>',
    code: 'overloaded',
    ru: 'Сервер Fireworks AI сломан или перегружен. Дело на его стороне: повторите позже.',
    en: 'The server of Fireworks AI is out of order or overloaded. The fault is on its side: try again later.',
  },
  { preset: 'custom', status: 404, body: '404 page not found', ...elsewhere(host) },
  { preset: 'custom', status: 404, body: { detail: 'Not Found' }, ...elsewhere(host) },
  { preset: 'openai', status: 404, body: openAi('Invalid URL (POST /chat/completions)'), ...elsewhere(host) },
  { preset: 'lm-studio', status: 200, body: { error: 'Unexpected endpoint or method. (POST /chat/completions)' }, ...elsewhere(host) },
  { preset: 'custom', status: 404, body: '<html>nginx</html>', ...elsewhere(host) },
  {
    preset: 'custom',
    status: 404,
    body: { title: 'Not Found', detail: 'There is nothing at this address', code: 'not_found' },
    ...elsewhere(host),
  },
  // With status 200: the number inside says what it is.
  {
    preset: 'openrouter',
    status: 200,
    body: { error: { code: 429, message: 'Provider returned error', metadata: { raw: 'slow down', provider_name: 'X' } } },
    ...slowDown('OpenRouter'),
  },
  { preset: 'openrouter', status: 200, body: { error: { code: 402, message: 'Insufficient credits' } }, ...unpaid('OpenRouter') },
];

test.each(cases)('$preset, $status: $code, $en', async ({ preset, status, body, headers, ...expected }) => {
  await using account = await openTestAccount({ settings: { preset } });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = text.startsWith('<') ? 'text/html' : typeof body === 'string' ? 'text/plain' : 'application/json';
  account.simulator.play({ kind: 'http', status, body: text, contentType, ...(headers && { headers }) });
  const error = await failureOf(account.ask('?'));
  const named = (sentence: string): string => sentence.replace(host, new URL(account.simulator.url).host);
  expect(error).toMatchObject({
    code: expected.code,
    providerId: 'work-openai',
    message: named(expected.en),
    details: expected.details ?? {},
  });
  expect(error.text).toEqual({ ru: named(expected.ru), en: named(expected.en) });
  expect(error.retryAfterMs).toBe(expected.retryAfterMs);
  // Who tests the settings reads the same, but for the vendor's own words.
  const told = account.provider.explain?.(error);
  expect(named(expected.ru).startsWith(told?.ru ?? 'nothing')).toBe(true);
});

test('a page with status 200 is no API', async () => {
  await using account = await openTestAccount();
  account.simulator.play({
    kind: 'http',
    status: 200,
    body: '<!doctype html><title>Welcome</title>',
    contentType: 'text/html; charset=utf-8',
  });
  const { host: at } = new URL(account.simulator.url);
  const ru = `По адресу ${at} отвечает веб-страница, а не API. Впишите адрес API: обычно он кончается на /v1.`;
  for (const failing of [
    () => account.ask('?'),
    () => account.provider.listModels({ signal: newSignal() }),
    () => account.provider.probe({ signal: newSignal() }),
  ]) {
    const error = await failureOf(failing());
    expect(error).toMatchObject({ code: 'protocol', isRetryable: false, mayFailOver: true, text: { ru } });
    expect(account.provider.explain?.(error)?.ru).toBe(ru);
  }
});

test.each([
  [
    'ollama',
    'Ollama по адресу HOST не отвечает. Запущен ли он? Запустите его (ollama serve) или проверьте адрес и порт.',
    'Is it running? Start it (ollama serve)',
  ],
  [
    'lm-studio',
    'LM Studio по адресу HOST не отвечает. Запущен ли он? Запустите его (lms server start) или проверьте адрес и порт.',
    'Start it (lms server start)',
  ],
  ['custom', 'По адресу HOST никто не отвечает. Проверьте адрес и порт и то, что сервер запущен.', 'Nothing answers at HOST.'],
] as const)('nobody listens at the address of %s', async (preset, ru, en) => {
  await using account = await openTestAccount({ settings: { preset } });
  const at = account.simulator.url;
  await account.simulator[Symbol.asyncDispose]();
  const named = (sentence: string): string => sentence.replace(host, new URL(at).host);
  const error = await failureOf(account.ask('?'));
  expect(error).toMatchObject({
    code: 'network',
    details: { reason: 'refused' },
    text: { ru: named(ru), en: expect.stringContaining(named(en)) },
  });
  expect(account.provider.explain?.(error)?.ru).toBe(named(ru));
});

test('a missing key is asked for, not called wrong', async () => {
  await using account = await openTestAccount({ settings: { apiKey: undefined } });
  const error = await failureOf(account.ask('?'));
  expect(error).toMatchObject({
    code: 'auth',
    details: { setting: 'apiKey' },
    text: {
      ru: 'OpenAI требует ключ. Впишите его в поле «API-ключ» (platform.openai.com/api-keys).',
      en: 'OpenAI wants a key. Put it into the field “API key” (platform.openai.com/api-keys).',
    },
  });
});

test('near names stand in for a model that is unknown, once the list is known', async () => {
  await using account = await openTestAccount();
  await account.provider.listModels({ signal: newSignal() });
  const error = await failureOf(account.ask('?', 'sim-lagre'));
  expect(error).toMatchObject({
    code: 'model_not_found',
    details: { near: ['sim-large'] },
    message: expect.stringContaining('Similar: sim-large.'),
  });
});

test('a failure in the middle of an answer keeps its meaning', async () => {
  await using account = await openTestAccount({ dialect: 'openrouter' });
  account.simulator.play({ kind: 'stream-error', pieces: ['Half'], status: 429, message: 'slow down' });
  expect(await failureOf(account.ask('?'))).toMatchObject({ code: 'rate_limited', details: { status: 429 } });
});

test('an echoed key stands in no error', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'http', status: 400, body: JSON.stringify(openAi(`odd key ${exampleOpenAiKey}`)) });
  const error = await failureOf(account.ask('?'));
  expect(`${JSON.stringify(error)} ${error.message} ${error.text?.ru ?? ''}`).not.toContain(exampleOpenAiKey);
});
