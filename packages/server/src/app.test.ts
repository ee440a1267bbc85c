import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { AppError } from '@multimodel/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { createLogger } from './logging/create-logger.ts';
import { Metrics } from './operations/metrics.ts';
import type { Services } from './rest/api.ts';
import { OpenStreams } from './sse/open-streams.ts';
import { createFakeClock } from './testing/fake-clock.ts';
import { openTestApplication, type TestApplication } from './testing/test-application.ts';

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

let server: TestApplication;
let port: number;
beforeAll(async () => {
  server = await openTestApplication();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.addresses()[0];
  port = typeof address === 'object' ? address.port : 0;
});
afterAll(() => server[Symbol.asyncDispose]());

/** What comes back for bytes that no client would send. */
async function rawAnswer(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

describe('every answer', () => {
  test.each<[string, Parameters<TestApplication['call']>]>([
    ['an answer', ['GET', '/api/v1/chats']],
    ['an answer without content', ['GET', '/healthz']],
    ['a refusal', ['POST', '/api/v1/chats', { titel: 1 }]],
    ['an unknown address', ['GET', '/nope']],
    ['an address that is not well-formed', ['GET', '/%zz']],
    ['a foreign host', ['GET', '/', undefined, { host: 'evil.example' }]],
    ['the page', ['GET', '/', undefined, { accept: 'text/html' }]],
    ['the docs', ['GET', '/api/docs']],
    ['its style', ['GET', '/api/docs.css']],
    ['the metrics', ['GET', '/metrics']],
  ])('has the policy, the other headers and an id: %s', async (_name, request) => {
    const { headers } = await server.call(...request);
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('a stream has them too', async () => {
    const chat = (await server.call('POST', '/api/v1/chats', {})).json();
    const { run } = (await server.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'x' })).json();
    const { headers } = await server.call('GET', `/api/v1/runs/${run.id}/events`);
    expect(headers).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
  });

  test('and so has one to what is no HTTP', async () => {
    const answer = await rawAnswer('NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(`content-security-policy: ${policy}`);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  test('headers that are too large are named', async () => {
    expect(await rawAnswer(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('a request without a host is told so', async () => {
    const answer = await rawAnswer('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(`content-security-policy: ${policy}`);
    expect(answer).toContain('"code":"invalid_request"');
    expect(answer).toContain('no Host header');
  });

  test("takes the caller's id when it is harmless", async () => {
    const idOf = async (id: string) => (await server.call('GET', '/healthz', undefined, { 'x-request-id': id })).headers['x-request-id'];
    expect(await idOf('trace-1234.abc')).toBe('trace-1234.abc');
    expect(await idOf('<script>alert(1)</script>')).not.toContain('<');
    expect(await idOf('x'.repeat(200))).toHaveLength(36);
  });
});

describe('who may ask', () => {
  test('a foreign name for this machine is refused', async () => {
    const answer = await server.call('GET', '/api/v1/chats', undefined, { host: 'rebound.example:3000' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
  });

  test('a foreign page cannot write, and what it sends is not even read', async () => {
    const answer = await server.call('POST', '/api/v1/chats', { titel: 'x' }, { origin: 'http://evil.example' });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
    const own = await server.call('POST', '/api/v1/chats', {}, { origin: 'http://localhost:3000' });
    expect(own.statusCode).toBe(201);
  });
});

describe('a real socket', () => {
  test('a stream is sent while it grows, and a reader that leaves is forgotten', async () => {
    const held = Promise.withResolvers<void>();
    server.vendor.hold = held.promise;
    const chat = (await server.call('POST', '/api/v1/chats', {})).json();
    const { run } = (await server.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'x' })).json();
    const seen = Promise.withResolvers<string>();
    const request = httpRequest({ port, host: '127.0.0.1', path: `/api/v1/runs/${run.id}/events` }, (response) => {
      let body = '';
      response.on('error', () => undefined);
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.includes('world')) seen.resolve(body);
      });
    }).on('error', () => undefined);
    request.end();
    expect(await seen.promise).not.toContain('"finish"');
    const open = async () => /mmc_event_streams_open (\d)/.exec((await server.call('GET', '/metrics')).body)?.[1];
    expect(await open()).toBe('1');
    request.destroy();
    await expect.poll(open).toBe('0');
    held.resolve();
  });
});

describe('logs', () => {
  test('have ids, patterns and times, and nothing that people wrote', async () => {
    const secrets = ['my-private-question', 'my-private-title', 'sk-query-secret', 'Bearer-header-secret'];
    const chat = (
      await server.call(
        'POST',
        '/api/v1/chats?key=sk-query-secret',
        { title: 'my-private-title' },
        { authorization: 'Bearer-header-secret' },
      )
    ).json();
    await server.call('POST', '/api/v1/chats', { title: { deep: 'my-private-title' } });
    await server.call('GET', '/nope?token=sk-query-secret', undefined, { cookie: 'session=Bearer-header-secret' });
    await server.app.inject({
      method: 'POST',
      url: '/api/v1/chats',
      headers: { host: 'localhost', 'content-type': 'application/json' },
      payload: '{"title": my-private-title',
    });
    const { run } = (await server.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'my-private-question' })).json();
    await server.call('GET', `/api/v1/runs/${run.id}/events`);
    const log = server.log.join('');
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toContain('Hello, ');
    const line = server.log.map((entry) => JSON.parse(entry)).find(({ runId, msg }) => runId === run.id && msg === 'message accepted');
    expect(line).toMatchObject({ level: 'info', requestId: expect.any(String), chatId: chat.id });
  });
});

test('a database that takes no writes is not ready, until it takes one again', { timeout: 20_000 }, async () => {
  await using server = await openTestApplication();
  const create = () => server.call('POST', '/api/v1/chats', { title: 'x' });
  const readiness = async () => {
    const { status, detail } = (await server.call('GET', '/readyz')).json();
    return { status, detail };
  };
  expect((await create()).statusCode).toBe(201);
  expect(await readiness()).toEqual({ status: 'ready' });
  const intruder = new DatabaseSync(join(server.dataDir, 'multimodel.db'));
  intruder.exec('BEGIN IMMEDIATE');
  expect((await create()).json()).toMatchObject({ status: 503, code: 'storage_unavailable' });
  expect(await readiness()).toEqual({ status: 503, detail: 'The database is locked by another program' });
  intruder.close();
  expect((await create()).statusCode).toBe(201);
  expect(await readiness()).toEqual({ status: 'ready' });
});

describe('faults', () => {
  async function answerTo(fault: unknown) {
    const log: string[] = [];
    const refuse = () => Promise.reject(fault);
    const services = { chats: { list: refuse }, runs: {}, registry: {}, models: {}, settings: {} } as unknown as Services;
    const metrics = new Metrics({ process: false });
    await using app = await createApp({
      config: { host: '127.0.0.1', publicDir: '/nowhere' },
      api: { services, brokenPlugins: [], clock: createFakeClock(), streams: new OpenStreams() },
      operations: { readiness: { check: refuse }, metrics, metricsToken: 'a-token-of-sixteen', isShuttingDown: () => false },
      logger: createLogger('debug', { write: (line) => void log.push(line) }),
      newId: () => 'request-1',
    });
    const get = (url: string, headers = {}) => app.inject({ url, headers: { host: 'localhost', ...headers } });
    return { list: await get('/api/v1/chats'), ready: await get('/readyz'), metrics: await get('/metrics'), log: log.join('') };
  }

  test('one that nobody foresaw is 500 without a word about the inside, and the log has it under the same id', async () => {
    const { list, log } = await answerTo(new TypeError('cannot read /srv/secret/db.ts'));
    expect(list.statusCode).toBe(500);
    expect(list.json()).toMatchObject({ code: 'internal', requestId: 'request-1' });
    expect(list.body).not.toMatch(/srv|TypeError/);
    expect(log).toContain('cannot read /srv/secret/db.ts');
    expect(log).toContain('"requestId":"request-1"');
  });

  test('a locked database is 503 and may be tried again; only who asks for readiness is told why', async () => {
    const { list, ready } = await answerTo(new AppError('storage_unavailable', 'SQLITE_BUSY'));
    for (const answer of [list, ready]) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'storage_unavailable', retryable: true });
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(list.body).not.toContain('SQLITE');
    expect(ready.json().detail).toBe('SQLITE_BUSY');
  });

  test('metrics want their token where there is one', async () => {
    expect((await answerTo(undefined)).metrics.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

test('going down: not ready, no new answers, and those at work are ended', async () => {
  const going = await openTestApplication();
  await using _ = going;
  const held = Promise.withResolvers<void>();
  going.vendor.hold = held.promise;
  const chat = (await going.call('POST', '/api/v1/chats', {})).json();
  const { run } = (await going.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'x' })).json();
  const watching = going.call('GET', `/api/v1/runs/${run.id}/events`);
  await going.drain({ graceMs: 0 });
  expect((await watching).body).toContain('"state":"interrupted"');
  expect((await going.call('GET', '/readyz')).json()).toMatchObject({ status: 503, code: 'shutting_down' });
  const health = await going.call('GET', '/healthz');
  expect([health.statusCode, health.json()]).toEqual([200, { status: 'ok', uptimeMs: expect.any(Number) }]);
  const late = await going.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'y' });
  expect(late.json()).toMatchObject({ status: 503, code: 'shutting_down', retryable: true });
  held.resolve();
});
