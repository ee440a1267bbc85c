import { expect, test } from 'vitest';
import { createClient, newIdempotencyKey } from './client.ts';
import { ApiError, NetworkError } from './errors.ts';
import { readBody, sendJson, startTestServer } from './test-server.ts';

function recorder(answer: unknown = {}, status = 200) {
  const requests: { method?: string | undefined; url?: string | undefined; headers: Record<string, unknown>; body: string }[] = [];
  const server = startTestServer(async (request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.headers, body: await readBody(request) });
    if (status === 204) response.writeHead(204).end();
    else sendJson(response, status, answer);
  });
  return { server, requests };
}

test('a file goes up as it is, by whatever sends it, with a name that any alphabet may stand in', async () => {
  const { server, requests } = recorder({ id: 'f' }, 201);
  await using running = await server;
  const client = createClient({ baseUrl: `${running.url}/` });
  const content = new TextEncoder().encode('raw bytes');
  const sent: string[] = [];
  const own = (url: string, init?: RequestInit) => {
    sent.push(url);
    return fetch(url, init);
  };
  await client.attachments.upload({ content, name: 'кот и\ud800.png', mediaType: 'image/png' }, { idempotencyKey: 'k', fetch: own });
  await client.attachments.upload({ content: new Blob(['text']), name: 'a' });
  expect(sent).toEqual([`${running.url}/api/v1/attachments`]);
  const [first, second] = requests;
  expect(first).toMatchObject({ method: 'POST', url: '/api/v1/attachments', body: 'raw bytes' });
  expect(first?.headers).toMatchObject({ 'content-type': 'image/png', 'idempotency-key': 'k' });
  expect(decodeURIComponent(String(first?.headers['x-file-name']))).toBe('кот и\ufffd.png');
  expect(second).toMatchObject({ body: 'text', headers: { 'content-type': 'application/octet-stream' } });
  expect(client.attachments.contentUrl('f/1')).toBe(`${running.url}/api/v1/attachments/f%2F1/content`);
});

test('calls the routes of the API', async () => {
  const { server, requests } = recorder({ items: [] });
  await using running = await server;
  const client = createClient({ baseUrl: `${running.url}/`, headers: { authorization: 'Bearer x' }, language: () => 'ru' });
  await client.chats.list({ cursor: 'a b', limit: 5 });
  await client.chats.create();
  await client.chats.get('c/1');
  await client.chats.update('c', { title: null });
  await client.chats.forecast('c', { parentId: null });
  await client.chats.forecastNew();
  await client.messages.list('c', { order: 'desc', limit: 40 });
  await client.messages.list('c', { branch: 'current' });
  await client.messages.regenerate('c', 'm/1', { model: 'a/b' });
  await client.messages.continue('c', 'm');
  await client.attachments.limits();
  await client.attachments.get('f/1');
  await client.runs.get('r');
  await client.models.list();
  await client.providers.list();
  await client.providers.plugins();
  await client.providers.get('p/1');
  await client.providers.create({ plugin: 'yandexgpt', settings: {} }, { idempotencyKey: 'k' });
  await client.providers.update('p', { isEnabled: false });
  await client.providers.test({ plugin: 'yandexgpt', settings: {} });
  await client.providers.testStored('p');
  await client.providers.trust('gigachat');
  await client.settings.get();
  await client.settings.update({ theme: 'dark' });
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /api/v1/chats?cursor=a+b&limit=5',
    'POST /api/v1/chats',
    'GET /api/v1/chats/c%2F1',
    'PATCH /api/v1/chats/c',
    'POST /api/v1/chats/c/context',
    'POST /api/v1/context',
    'GET /api/v1/chats/c/messages?limit=40&order=desc',
    'GET /api/v1/chats/c/messages?branch=current',
    'POST /api/v1/chats/c/messages/m%2F1/regenerate',
    'POST /api/v1/chats/c/messages/m/continue',
    'GET /api/v1/attachment-limits',
    'GET /api/v1/attachments/f%2F1',
    'GET /api/v1/runs/r',
    'GET /api/v1/models',
    'GET /api/v1/providers',
    'GET /api/v1/provider-plugins',
    'GET /api/v1/providers/p%2F1',
    'POST /api/v1/providers',
    'PATCH /api/v1/providers/p',
    'POST /api/v1/providers/test',
    'POST /api/v1/providers/p/test',
    'POST /api/v1/plugins/gigachat/trust',
    'GET /api/v1/settings',
    'PATCH /api/v1/settings',
  ]);
  expect(requests[3]).toMatchObject({
    body: '{"title":null}',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x', 'accept-language': 'ru' },
  });
});

test('answers without a body resolve', async () => {
  const { server, requests } = recorder({}, 204);
  await using running = await server;
  const client = createClient({ baseUrl: running.url });
  await Promise.all([
    client.chats.delete('c'),
    client.chats.clear('c'),
    client.chats.clear('c', { onlyHidden: true }),
    client.runs.stop('r'),
    client.providers.delete('p'),
  ]);
  expect(requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
    'DELETE /api/v1/chats/c',
    'DELETE /api/v1/chats/c/messages',
    'DELETE /api/v1/chats/c/messages?onlyHidden=true',
    'DELETE /api/v1/providers/p',
    'POST /api/v1/runs/r/stop',
  ]);
});

test('sends a message with its key, a fresh one each time when none is given', async () => {
  const { server, requests } = recorder({ run: { id: 'r' } }, 202);
  await using running = await server;
  const client = createClient({ baseUrl: running.url });
  await client.messages.send('c', { text: 'hi' }, { idempotencyKey: 'k' });
  await client.messages.send('c', { text: 'hi' });
  await client.messages.send('c', { text: 'hi' });
  const keys = requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys[0]).toBe('k');
  expect(new Set(keys).size).toBe(3);
  expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
});

test('a problem becomes an ApiError', async () => {
  const problem = {
    code: 'rate_limited',
    detail: 'Wait a little',
    status: 429,
    retryable: true,
    retryAfterMs: 1500,
    requestId: 'q1',
    title: '',
    type: '',
  };
  const { server } = recorder(problem, 429);
  await using running = await server;
  const error = await createClient({ baseUrl: running.url })
    .models.list()
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 429,
    code: 'rate_limited',
    problem,
    retryAfterMs: 1500,
    requestId: 'q1',
    message: 'Wait a little',
    isRetryable: true,
  });
});

test('an error from something in between keeps its status and Retry-After', async () => {
  await using running = await startTestServer(
    (_request, response) => void response.writeHead(502, { 'content-type': 'text/html', 'retry-after': '3' }).end('<h1>Bad gateway</h1>'),
  );
  const error = await createClient({ baseUrl: running.url })
    .models.list()
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 502, code: 'network', retryAfterMs: 3000, problem: undefined, isRetryable: true });
});

test("no connection and nonsense are NetworkErrors, an abort is the caller's reason", async () => {
  await using cut = await startTestServer((_request, response) => response.destroy());
  await expect(createClient({ baseUrl: cut.url }).models.list()).rejects.toThrow(NetworkError);
  await using portal = await startTestServer((_request, response) => response.end('<h1>Log in</h1>'));
  await expect(createClient({ baseUrl: portal.url }).models.list()).rejects.toThrow(NetworkError);
  await expect(createClient({ baseUrl: cut.url }).models.list({ signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
});
