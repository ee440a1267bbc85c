import { messagePageSchema, problemSchema, providerPageSchema, providerTestSchema, sentMessageSchema } from '@multimodel/contract';
import { yandexgpt } from '@multimodel/providers';
import { exampleApiKey, startYandexGptSimulator, type YandexGptSimulator } from '@multimodel/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let server: TestApplication;
let simulator: YandexGptSimulator;
beforeAll(async () => {
  simulator = await startYandexGptSimulator();
  server = await openTestApplication({ plugins: [yandexgpt], env: { MMC_ALLOW_PRIVATE_URLS: 'true' } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await simulator[Symbol.asyncDispose]();
});

const ru = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' };
const call: TestApplication['call'] = (...request) => server.call(...request);

describe('refusals', () => {
  const newChat = async (): Promise<string> => (await call('POST', '/api/v1/chats', {})).json<{ id: string }>().id;

  test.each([
    ['an unknown chat', 'GET', '/api/v1/chats/none', undefined, 'Чат none не найден', undefined],
    ['an unknown run', 'GET', '/api/v1/runs/none', undefined, 'Ответ none не найден', undefined],
    ['an address', 'GET', '/api/v1/nowhere', undefined, 'По этому адресу ничего нет', undefined],
    ['a method', 'DELETE', '/api/v1/models', undefined, /^DELETE здесь не принимается; можно /, undefined],
    ['an unknown field', 'POST', '/api/v1/chats', { name: 'x' }, /^Не принято: name — /, 'здесь нет такого поля'],
    ['a type', 'POST', '/api/v1/chats', { title: 5 }, /^Не принято: title — /, 'должно быть типа string'],
    ['a length', 'POST', '/api/v1/chats', { title: 'x'.repeat(9_999) }, /title — длиннее/, /^длиннее \d+ символов$/],
    ['a number', 'POST', '/api/v1/chats', { settings: { temperature: 9 } }, /temperature/, /^должно быть не больше 2$/],
    ['a choice', 'PATCH', '/api/v1/settings', { theme: 'pink' }, /theme/, /^должно быть одним из: /],
    ['a model', 'POST', '/api/v1/chats', { model: 'nobody' }, /^Не принято: model — /, 'должно быть вида «провайдер/модель»'],
    ['a slug', 'POST', '/api/v1/providers', { plugin: 'yandexgpt', slug: 'Мой', settings: {} }, /slug/, /^должно быть не длиннее 60/],
    ['a cursor', 'GET', '/api/v1/chats?cursor=x', undefined, /^Не принято: cursor/, /курсор/],
    ['a broken body', 'POST', '/api/v1/chats', '{', /^Тело запроса/, undefined],
  ] as const)('of %s are told in Russian', async (...[, method, url, body, detail, field]) => {
    const answer =
      body === '{'
        ? await server.app.inject({ method, url, headers: { host: 'localhost', 'content-type': 'application/json', ...ru }, payload: body })
        : await call(method, url, body, ru);
    const problem = problemSchema.parse(answer.json());
    expect(problem.detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail));
    if (field !== undefined) expect(problem.fields?.[0]?.message).toEqual(typeof field === 'string' ? field : expect.stringMatching(field));
    expect(answer.headers).toMatchObject({ 'content-language': 'ru', vary: 'accept-language' });
  });

  test('are English for who asks for nothing, and for what a text says of itself', async () => {
    const id = await newChat();
    const path = `/api/v1/chats/${id}/messages`;
    const english = await call('POST', path, { text: ' ' });
    const russian = await call('POST', path, { text: ' ' }, ru);
    expect(english.headers['content-language']).toBe('en');
    expect(problemSchema.parse(english.json()).fields).toEqual([{ path: 'text', message: 'must not be empty' }]);
    expect(problemSchema.parse(russian.json()).fields).toEqual([{ path: 'text', message: 'не может быть пустым' }]);
  });
});

describe('a provider that refuses its key', () => {
  const settings = (apiKey: string) => ({ apiKey, baseUrl: simulator.url, openaiBaseUrl: `${simulator.url}/v1` });

  test('faults of its settings stand at their fields in the reader’s language', async () => {
    const body = { plugin: 'yandexgpt', settings: settings('t1.token'), displayName: 'x' };
    const fieldsIn = async (headers?: Record<string, string>) =>
      problemSchema.parse((await call('POST', '/api/v1/providers', body, headers)).json()).fields;
    expect(await fieldsIn(ru)).toEqual([
      { path: 'settings.apiKey', message: 'Это IAM-токен, а не API-ключ: вставьте его в поле iamToken' },
    ]);
    expect(await fieldsIn()).toEqual([{ path: 'settings.apiKey', message: 'This is an IAM token, not an API key: put it into iamToken' }]);
    const { displayName: _name, ...trialBody } = body;
    const trial = providerTestSchema.parse((await call('POST', '/api/v1/providers/test', trialBody, ru)).json());
    expect(trial.checks[0]?.fields?.[0]?.message).toMatch(/^Это IAM-токен/);
  });

  test('the error of the answer and the state of the provider are told to each reader in his language', async () => {
    const provider = (await call('POST', '/api/v1/providers', { plugin: 'yandexgpt', settings: settings(exampleApiKey) })).json<{
      slug: string;
    }>();
    simulator.play({ kind: 'error', status: 401, message: 'Unknown api key' });
    const chat = (await call('POST', '/api/v1/chats', { model: `${provider.slug}/yandexgpt-lite` })).json<{ id: string }>();
    const { run } = sentMessageSchema.parse((await call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'Привет' })).json());
    const events = await call('GET', `/api/v1/runs/${run.id}/events`, undefined, ru);
    const errorIn = async (headers?: Record<string, string>) =>
      messagePageSchema.parse((await call('GET', `/api/v1/chats/${chat.id}/messages`, undefined, headers)).json()).items.at(-1)?.error;
    expect(events.body === '' || /Yandex Cloud не/.test(events.body)).toBe(true);
    expect((await errorIn(ru))?.message).toMatch(/^Yandex Cloud не знает API-ключа.*раздел «Провайдеры»\)$/);
    expect((await errorIn())?.message).toMatch(/^Yandex Cloud does not know the API key.*Settings → Providers\)$/);
    const listed = await call('GET', '/api/v1/providers', undefined, ru);
    const problem = providerPageSchema.parse(listed.json()).items.find(({ slug }) => slug === provider.slug)?.problem;
    expect(problem?.message).toMatch(/^Yandex Cloud не знает/);
    expect(listed.headers['vary']).toBe('accept-language');
  });
});
