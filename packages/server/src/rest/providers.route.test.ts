import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  messagePageSchema,
  modelPageSchema,
  providerPageSchema,
  providerPluginPageSchema,
  providerSchema,
  providerTestSchema,
  sentMessageSchema,
} from '@multimodel/contract';
import { yandexgpt } from '@multimodel/providers';
import { exampleApiKey, exampleFolderId, startYandexGptSimulator, type YandexGptSimulator } from '@multimodel/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
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
afterEach(async () => {
  simulator.play({ kind: 'default' });
  server.vendor.hold = undefined;
  for (const { id, source } of await list()) if (source === 'user') await server.call('DELETE', `/api/v1/providers/${id}`);
});

const call: TestApplication['call'] = (...request) => server.call(...request);
const list = async () => providerPageSchema.parse((await call('GET', '/api/v1/providers')).json()).items;
const yandex = (settings: Record<string, unknown> = {}) => ({
  plugin: 'yandexgpt',
  settings: { apiKey: exampleApiKey, baseUrl: simulator.url, openaiBaseUrl: `${simulator.url}/v1`, ...settings },
});
const add = async (body: unknown) => {
  const answer = await call('POST', '/api/v1/providers', body);
  expect(answer.statusCode, answer.body).toBe(201);
  return providerSchema.parse(answer.json());
};
const tryOut = async (body: unknown, path = '/api/v1/providers/test') => {
  const answer = await call('POST', path, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return providerTestSchema.parse(answer.json());
};
const failedCheck = ({ checks }: Awaited<ReturnType<typeof tryOut>>) => checks.find(({ state }) => state === 'failed');

describe('adding and changing', () => {
  test('the plugins tell what a form needs', async () => {
    const { items } = providerPluginPageSchema.parse((await call('GET', '/api/v1/provider-plugins')).json());
    const fields = items.find(({ id }) => id === 'yandexgpt')?.fields ?? [];
    expect(fields.filter(({ isAdvanced }) => !isAdvanced).map(({ name }) => name)).toEqual([
      'apiKey',
      'folderId',
      'iamToken',
      'serviceAccountKey',
      'useMetadata',
      'dataLogging',
    ]);
    expect(fields.find(({ name }) => name === 'baseUrl')).toMatchObject({ isAdvanced: true, default: 'https://llm.api.cloud.yandex.net' });
    expect(items.find(({ id }) => id === 'demo')?.isDemo).toBe(true);
  });

  test('one that was added is listed with its models at once, and answers', async () => {
    const made = await call('POST', '/api/v1/providers', yandex());
    const provider = providerSchema.parse(made.json());
    expect([made.statusCode, made.headers['location']]).toEqual([201, `/api/v1/providers/${provider.id}`]);
    expect(provider).toMatchObject({
      slug: 'yandexgpt',
      source: 'user',
      state: 'ready',
      secrets: { apiKey: { isSet: true, lastFour: exampleApiKey.slice(-4) } },
    });
    expect((await call('GET', `/api/v1/providers/${provider.id}`)).json()).toEqual(provider);
    const { items } = modelPageSchema.parse((await call('GET', '/api/v1/models')).json());
    expect(items.some(({ id }) => id === 'yandexgpt/yandexgpt-5-lite')).toBe(true);
    const { text, provider: by } = await ask('yandexgpt/yandexgpt-5-lite');
    expect([text.length > 0, by]).toEqual([true, 'yandexgpt']);
  });

  test('the same Idempotency-Key adds one', async () => {
    const headers = { 'idempotency-key': 'provider-key-1' };
    const [first, again] = [
      await call('POST', '/api/v1/providers', yandex(), headers),
      await call('POST', '/api/v1/providers', yandex(), headers),
    ];
    expect(again.json()).toEqual(first.json());
    expect((await list()).filter(({ plugin }) => plugin === 'yandexgpt')).toHaveLength(1);
  });

  test.for([
    ['a wrong field of the plugin', { folderId: 'ajewrong' }, 400, 'validation_failed', 'settings.folderId'],
    ['no credential', { apiKey: null }, 400, 'validation_failed', 'settings.apiKey'],
    ['no http', { baseUrl: 'ftp://files.example' }, 400, 'validation_failed', 'settings.baseUrl'],
  ] as const)('%s is named by its path', async ([_name, settings, status, code, path]) => {
    const answer = await call('POST', '/api/v1/providers', yandex(settings));
    expect(answer.json()).toMatchObject({ status, code, fields: expect.arrayContaining([expect.objectContaining({ path })]) });
  });

  test('a body that is nested too deeply is refused before anything walks it', async () => {
    const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
    for (const path of ['/api/v1/providers', '/api/v1/providers/test'])
      expect((await call('POST', path, yandex({ serviceAccountKey: deep }))).json()).toMatchObject({
        code: 'validation_failed',
        fields: [{ path: 'body' }],
      });
  });

  test('a slug of a wrong form and one that is taken', async () => {
    expect((await call('POST', '/api/v1/providers', { ...yandex(), slug: 'Мой' })).json()).toMatchObject({ fields: [{ path: 'slug' }] });
    expect((await call('POST', '/api/v1/providers', { ...yandex(), slug: 'demo' })).json()).toMatchObject({
      status: 409,
      code: 'conflict',
      details: { field: 'slug' },
    });
  });

  test('disabled it is listed but has no models; an edit keeps the secret', async () => {
    const { id } = await add(yandex());
    const patched = await call('PATCH', `/api/v1/providers/${id}`, {
      isEnabled: false,
      displayName: 'Work',
      settings: { folderId: exampleFolderId },
    });
    expect(patched.json()).toMatchObject({ state: 'disabled', displayName: 'Work', secrets: { apiKey: { isSet: true } } });
    expect((await list()).find((each) => each.id === id)?.state).toBe('disabled');
    expect((await call('GET', '/api/v1/models')).body).not.toContain('yandexgpt/');
    await call('PATCH', `/api/v1/providers/${id}`, { isEnabled: true });
    expect((await tryOut(undefined, `/api/v1/providers/${id}/test`)).ok).toBe(true);
  });

  test('what the configuration made is refused, and says where it is changed', async () => {
    const demo = (await list()).find(({ slug }) => slug === 'demo');
    const path = `/api/v1/providers/${demo?.id}`;
    for (const refused of [await call('DELETE', path), await call('PATCH', path, { displayName: 'Mine' })])
      expect(refused.json()).toMatchObject({ status: 409, code: 'conflict', details: { source: 'built-in' } });
    expect((await call('PATCH', path, { isEnabled: false })).json()).toMatchObject({ state: 'disabled' });
    expect((await call('PATCH', path, { isEnabled: true })).json()).toMatchObject({ state: 'ready' });
  });

  test('one that is not there, whatever its id looks like', async () => {
    for (const id of ['gone', 'a b', 'x'.repeat(90)])
      for (const [method, end, body] of [
        ['GET', ''],
        ['PATCH', '', {}],
        ['DELETE', ''],
        ['POST', '/test'],
      ] as const)
        expect((await call(method, `/api/v1/providers/${encodeURIComponent(id)}${end}`, body)).json()).toMatchObject({ code: 'not_found' });
  });
});

describe('answers of a provider that changes', () => {
  test('go on while it is replaced and deleted, and keep its name', async () => {
    const held = Promise.withResolvers<void>();
    server.vendor.hold = held.promise;
    const { id } = await add({ plugin: 'fake', slug: 'mine', settings: { apiKey: 'fake-key-1' } });
    const asked = await send('mine/one');
    await call('PATCH', `/api/v1/providers/${id}`, { settings: { mode: 'slow' } });
    await call('DELETE', `/api/v1/providers/${id}`);
    held.resolve();
    await call('GET', `/api/v1/runs/${asked.run.id}/events`);
    const answer = await answerIn(asked.run.chatId);
    expect(answer).toMatchObject({ state: 'completed', text: 'Hello, world', provider: 'mine', model: 'mine/one' });
    const next = await call('POST', `/api/v1/chats/${asked.run.chatId}/messages`, { text: 'Again', model: 'mine/one' });
    expect(next.json()).toMatchObject({ code: 'provider_not_configured' });
  });

  test('keep provider and model when it is deleted later', async () => {
    const { id } = await add({ plugin: 'fake', slug: 'mine', settings: { apiKey: 'fake-key-1' } });
    const before = await ask('mine/one');
    await call('DELETE', `/api/v1/providers/${id}`);
    expect(await answerIn(before.chatId)).toEqual(before);
  });
});

async function send(model: string) {
  const chat = (await call('POST', '/api/v1/chats', {})).json();
  return sentMessageSchema.parse((await call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'Hi', model })).json());
}

async function answerIn(chatId: string) {
  const { items } = messagePageSchema.parse((await call('GET', `/api/v1/chats/${chatId}/messages`)).json());
  const answer = items.at(-1);
  if (!answer) throw new Error('there is no answer');
  return answer;
}

async function ask(model: string) {
  const { run } = await send(model);
  await call('GET', `/api/v1/runs/${run.id}/events`);
  return answerIn(run.chatId);
}

describe('a test', () => {
  test('of one key alone finds the folder and the models, and generates nothing', async () => {
    const before = simulator.requests.length;
    const result = await tryOut(yandex());
    expect(result).toMatchObject({ ok: true, discovered: { folderId: exampleFolderId } });
    expect(result.checks.map(({ state }) => state)).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    expect(result.models.some(({ id }) => id === 'yandexgpt-5-lite')).toBe(true);
    const paths = simulator.requests.slice(before).map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set(['/foundationModels/v1/tokenize', '/v1/models']));
    expect(await list()).toHaveLength(1);
  });

  test('says a wrong key', async () => {
    const result = await tryOut(yandex({ apiKey: 'AQVNnobodyknowsthiskey0000000000000000000' }));
    expect(failedCheck(result)).toMatchObject({
      name: 'auth',
      code: 'auth',
      message: { ru: expect.stringContaining('не принял API-ключ') },
    });
  });

  test('says a key without the role', async () => {
    simulator.play({ kind: 'error', status: 403, message: 'Permission denied' });
    const check = failedCheck(await tryOut(yandex({ folderId: exampleFolderId })));
    expect(check).toMatchObject({ name: 'access', code: 'permission', message: { en: expect.stringContaining('ai.languageModels.user') } });
  });

  test('says a wrong folder and offers the right one', async () => {
    const result = await tryOut(yandex({ folderId: 'b1gotherother00000000' }));
    expect(result.discovered).toEqual({ folderId: exampleFolderId });
    expect(failedCheck(result)).toMatchObject({ name: 'access', message: { ru: expect.stringContaining(exampleFolderId) } });
  });

  test('says an address where nobody listens', async () => {
    const closed = await startYandexGptSimulator();
    await closed[Symbol.asyncDispose]();
    const check = failedCheck(await tryOut(yandex({ baseUrl: closed.url })));
    expect(check).toMatchObject({ name: 'reach', code: 'network', message: { ru: expect.stringContaining('отклонено') } });
  });

  test('says wrong settings by their fields', async () => {
    const check = failedCheck(await tryOut(yandex({ apiKey: null })));
    expect(check).toMatchObject({ name: 'settings', fields: [expect.objectContaining({ path: 'settings.apiKey' })] });
  });

  test('of a stored one shows its state in the list', async () => {
    const { id } = await add(yandex({ folderId: exampleFolderId }));
    simulator.play({ kind: 'unauthorized' });
    expect((await tryOut(undefined, `/api/v1/providers/${id}/test`)).ok).toBe(false);
    expect((await list()).find((each) => each.id === id)).toMatchObject({ state: 'failing', problem: { code: 'auth' } });
    const kept = { plugin: 'yandexgpt', id, settings: { baseUrl: simulator.url, openaiBaseUrl: `${simulator.url}/v1` } };
    simulator.play({ kind: 'default' });
    expect((await tryOut(kept)).ok).toBe(true);
    const moved = failedCheck(await tryOut({ ...kept, settings: { ...kept.settings, baseUrl: 'https://collector.example' } }));
    expect(moved).toMatchObject({ name: 'settings', fields: [expect.objectContaining({ path: 'settings.apiKey' })] });
  });
});

describe('a vendor that hangs', () => {
  test('is given up by the clock, and when the caller leaves', async () => {
    const asked: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
    const left = Promise.withResolvers<void>();
    let count = 0;
    const vendor = createServer((request) => {
      if (count === 1) request.socket.once('close', () => left.resolve());
      asked[count]?.resolve();
      count += 1;
    });
    await new Promise<void>((resolve) => void vendor.listen(0, '127.0.0.1', resolve));
    const address = vendor.address();
    const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const clock = createFakeClock();
    await using own = await openTestApplication({ plugins: [yandexgpt], env: { MMC_ALLOW_PRIVATE_URLS: 'true' }, clock });
    const body = yandex({ baseUrl, folderId: exampleFolderId });
    const waiting = own.call('POST', '/api/v1/providers/test', body);
    await asked[0]?.promise;
    clock.advance(15_000);
    expect(failedCheck(providerTestSchema.parse((await waiting).json()))).toMatchObject({ name: 'reach', code: 'timeout' });

    const url = await own.app.listen({ port: 0, host: '127.0.0.1' });
    const leaving = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const gone = fetch(`${url}/api/v1/providers/test`, { method: 'POST', headers, body: JSON.stringify(body), signal: leaving.signal });
    const ended = expect(gone).rejects.toThrow();
    await asked[1]?.promise;
    leaving.abort();
    await Promise.all([ended, left.promise]);
    vendor.closeAllConnections();
    vendor.close();
  });
});

describe('private addresses', () => {
  test('one that was added while they were allowed is not asked any more', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mmc-private-'));
    await using folder = new AsyncDisposableStack();
    folder.defer(() => rm(dataDir, { recursive: true, force: true }));
    {
      await using open = await openTestApplication({ plugins: [yandexgpt], env: { MMC_ALLOW_PRIVATE_URLS: 'true' }, dataDir });
      expect((await open.call('POST', '/api/v1/providers', yandex())).statusCode).toBe(201);
    }
    await using closed = await openTestApplication({ plugins: [yandexgpt], dataDir });
    const { items } = providerPageSchema.parse((await closed.call('GET', '/api/v1/providers')).json());
    const stored = items.find(({ slug }) => slug === 'yandexgpt');
    expect(stored).toMatchObject({ state: 'unconfigured', problem: { message: expect.stringContaining('MMC_ALLOW_PRIVATE_URLS') } });
    const tried = await closed.call('POST', `/api/v1/providers/${stored?.id}/test`);
    expect(failedCheck(providerTestSchema.parse(tried.json()))?.name).toBe('settings');
  });

  test.for([
    'http://127.0.0.1:1',
    'http://localhost:1',
    'http://[::1]:1',
    'http://10.0.0.1',
    'http://2130706433',
    'http://169.254.169.254',
  ])('%s is refused unless the server allows it', async (baseUrl) => {
    await using closed = await openTestApplication({ plugins: [yandexgpt] });
    const body = { plugin: 'yandexgpt', settings: { apiKey: exampleApiKey, baseUrl } };
    expect((await closed.call('POST', '/api/v1/providers', body)).json()).toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'settings.baseUrl', message: expect.stringContaining('MMC_ALLOW_PRIVATE_URLS') }],
    });
    expect(failedCheck((await closed.call('POST', '/api/v1/providers/test', body)).json())).toMatchObject({ name: 'settings' });
  });
});

test('no secret stands in any answer, in the log or in the database', async () => {
  const keys = ['AQVNsecretsecretsecretsecret000000000000a', 'AQVNsecretsecretsecretsecret000000000000b'];
  const answers = [await call('POST', '/api/v1/providers', yandex({ apiKey: keys[0] }))];
  const { id } = providerSchema.parse(answers[0]?.json());
  const path = `/api/v1/providers/${id}`;
  for (const [method, url, body] of [
    ['PATCH', path, { settings: { apiKey: keys[1] } }],
    ['PATCH', path, { settings: { apiKey: `{"key": "${keys[0]}"}` } }],
    ['POST', '/api/v1/providers', { ...yandex({ apiKey: keys[0], folderId: '?' }), slug: 'wrong' }],
    ['POST', '/api/v1/providers/test', yandex({ apiKey: keys[0] })],
    ['POST', `${path}/test`],
    ['GET', '/api/v1/models'],
    ['GET', '/api/v1/providers'],
    ['GET', path],
    ['DELETE', path],
  ] as const)
    answers.push(await call(method, url, body));
  const seen = [...answers.map(({ body }) => body), ...server.log, ...server.queries.map((query) => JSON.stringify(query))].join('\n');
  expect(answers.some(({ body }) => body.includes('000a') || body.includes('000b'))).toBe(true);
  for (const key of keys) expect(seen).not.toContain(key);
});
