import {
  chatPageSchema,
  chatSchema,
  limits,
  messagePageSchema,
  modelPageSchema,
  problemSchema,
  providerPageSchema,
  runEventSchema,
  runSchema,
  sentMessageSchema,
  userSettingsSchema,
} from '@multimodel/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let server: TestApplication;
beforeAll(async () => {
  server = await openTestApplication();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.vendor.hold = undefined;
  server.queries.length = 0;
});

const call: TestApplication['call'] = (...request) => server.call(...request);
const newChat = async (body: unknown = {}) => chatSchema.parse((await call('POST', '/api/v1/chats', body)).json());
const send = async (chatId: string, body: unknown = { text: 'Hi' }) =>
  sentMessageSchema.parse((await call('POST', `/api/v1/chats/${chatId}/messages`, body)).json());

function eventsIn(stream: string): unknown[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => runEventSchema.parse(JSON.parse(line.slice(6))));
}

describe('chats', () => {
  test('are made, read, changed and deleted', async () => {
    const made = await call('POST', '/api/v1/chats', { title: ' Plans ', model: 'demo/one', settings: { temperature: 0.3 } });
    expect(made.statusCode).toBe(201);
    const chat = chatSchema.parse(made.json());
    expect(made.headers['location']).toBe(`/api/v1/chats/${chat.id}`);
    expect(chat).toMatchObject({ title: 'Plans', model: 'demo/one', settings: { temperature: 0.3 } });
    const path = `/api/v1/chats/${chat.id}`;
    expect((await call('GET', path)).json()).toEqual(chat);
    expect((await call('PATCH', path, { title: null, model: null, settings: {} })).json()).toEqual({
      id: chat.id,
      settings: {},
      createdAt: chat.createdAt,
      updatedAt: chat.updatedAt,
    });
    const deleted = await call('DELETE', path);
    expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
    expect((await call('GET', path)).statusCode).toBe(404);
  });

  test('are listed by pages, the latest first', async () => {
    const ids = [];
    for (const title of ['1', '2', '3']) ids.unshift((await newChat({ title })).id);
    const first = chatPageSchema.parse((await call('GET', '/api/v1/chats?limit=2')).json());
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = chatPageSchema.parse((await call('GET', `/api/v1/chats?limit=2&cursor=${first.nextCursor}`)).json());
    expect(second.items[0]?.id).toBe(ids[2]);
  });

  test('the same Idempotency-Key makes one chat', async () => {
    const headers = { 'idempotency-key': 'chat-key-1' };
    const [first, again] = [
      await call('POST', '/api/v1/chats', { title: 'once' }, headers),
      await call('POST', '/api/v1/chats', { title: 'once' }, headers),
    ];
    expect(again.json()).toEqual(first.json());
    const other = await call('POST', '/api/v1/chats', { title: 'twice' }, headers);
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency_conflict']);
  });
});

describe('messages and runs', () => {
  test('a message is taken, its run watched to the end, and the answer is in the list', async () => {
    const chat = await newChat();
    const sent = await call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'Hi' });
    expect(sent.statusCode).toBe(202);
    expect(sent.headers['server-timing']).toMatch(/^app;dur=\d/);
    const { run, userMessage, assistantMessage } = sentMessageSchema.parse(sent.json());
    expect(sent.headers['location']).toBe(`/api/v1/runs/${run.id}`);
    const stream = await call('GET', `/api/v1/runs/${run.id}/events`);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(eventsIn(stream.body).at(-1)).toMatchObject({
      type: 'finish',
      state: 'completed',
      usage: { inputTokens: 3, outputTokens: 2 },
      cost: { currency: 'RUB' },
    });
    expect(runSchema.parse((await call('GET', `/api/v1/runs/${run.id}`)).json()).state).toBe('completed');
    const { items } = messagePageSchema.parse((await call('GET', `/api/v1/chats/${chat.id}/messages`)).json());
    expect(items.map(({ id, text, state }) => [id, text, state])).toEqual([
      [userMessage.id, 'Hi', 'completed'],
      [assistantMessage.id, 'Hello, world', 'completed'],
    ]);
  });

  test('a stream goes on after the event that the reader has, and is empty when there is nothing', async () => {
    const { run } = await send((await newChat()).id);
    const last = eventsIn((await call('GET', `/api/v1/runs/${run.id}/events`)).body).at(-1) as { seq: number };
    const rest = await call('GET', `/api/v1/runs/${run.id}/events?after=${last.seq - 1}`);
    expect(eventsIn(rest.body).at(-1)).toMatchObject({ type: 'finish', seq: last.seq });
    for (const nothing of [
      await call('GET', `/api/v1/runs/${run.id}/events?after=${last.seq}`),
      await call('GET', `/api/v1/runs/${run.id}/events`, undefined, { 'last-event-id': String(last.seq) }),
    ]) {
      expect([nothing.statusCode, nothing.body]).toEqual([204, '']);
    }
  });

  test('stop ends a run and keeps what was said', async () => {
    const held = Promise.withResolvers<void>();
    server.vendor.hold = held.promise;
    const chat = await newChat();
    const { run } = await send(chat.id);
    const watching = call('GET', `/api/v1/runs/${run.id}/events`);
    const stopped = await call('POST', `/api/v1/runs/${run.id}/stop`);
    expect([stopped.statusCode, stopped.json().id]).toEqual([202, run.id]);
    expect(eventsIn((await watching).body).at(-1)).toMatchObject({ type: 'finish', state: 'stopped' });
    expect((await call('POST', `/api/v1/runs/${run.id}/stop`)).json().state).toBe('stopped');
    held.resolve();
  });

  test('the same Idempotency-Key sends one message', async () => {
    const chat = await newChat();
    const headers = { 'idempotency-key': 'message-key-1' };
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'once' }, headers)));
    expect(new Set(answers.map((answer) => answer.json().run.id)).size).toBe(1);
    const { items } = (await call('GET', `/api/v1/chats/${chat.id}/messages`)).json();
    expect(items).toHaveLength(2);
  });

  test('clearing leaves the chat', async () => {
    const chat = await newChat({ title: 'Kept' });
    const { run } = await send(chat.id);
    await call('GET', `/api/v1/runs/${run.id}/events`);
    expect((await call('DELETE', `/api/v1/chats/${chat.id}/messages`)).statusCode).toBe(204);
    expect((await call('GET', `/api/v1/chats/${chat.id}/messages?order=desc`)).json()).toEqual({ items: [] });
    expect((await call('GET', `/api/v1/chats/${chat.id}`)).json()).toMatchObject({ title: 'Kept' });
  });
});

describe('providers, models and settings', () => {
  test('are as the contract says', async () => {
    expect(providerPageSchema.parse((await call('GET', '/api/v1/providers')).json()).items).toMatchObject([{ slug: 'demo', isDemo: true }]);
    expect(modelPageSchema.parse((await call('GET', '/api/v1/models')).json()).items).toMatchObject([
      { id: 'demo/one', price: { currency: 'RUB' } },
    ]);
    expect(userSettingsSchema.parse((await call('GET', '/api/v1/settings')).json())).toEqual({
      theme: 'system',
      generation: {},
      sendOnEnter: true,
    });
  });

  test('settings change one by one, and null clears', async () => {
    await call('PATCH', '/api/v1/settings', { theme: 'dark', language: 'ru', defaultModel: 'demo/one' });
    const changed = await call('PATCH', '/api/v1/settings', { language: null, defaultModel: null });
    expect(changed.json()).toEqual({ theme: 'dark', generation: {}, sendOnEnter: true });
  });
});

interface Expected {
  readonly status: number;
  readonly code: string;
  /** Path that must be named. */
  readonly field?: string;
}

describe('bad input', () => {
  const chats = '/api/v1/chats';
  const tooLong = 'x'.repeat(limits.messageCharacters + 1);

  test.each<[string, Parameters<typeof call>, Expected]>([
    ['a title of another type', ['POST', chats, { title: 1 }], { status: 400, code: 'validation_failed', field: 'title' }],
    ['a title too long', ['POST', chats, { title: 'x'.repeat(201) }], { status: 400, code: 'validation_failed', field: 'title' }],
    ['an unknown field', ['POST', chats, { titel: 'x' }], { status: 400, code: 'validation_failed', field: 'titel' }],
    [
      'a nested fault',
      ['POST', chats, { settings: { temperature: 9 } }],
      { status: 400, code: 'validation_failed', field: 'settings.temperature' },
    ],
    [
      'an unknown nested field',
      ['POST', chats, { settings: { heat: 1 } }],
      { status: 400, code: 'validation_failed', field: 'settings.heat' },
    ],
    ['a model name without a provider', ['POST', chats, { model: 'one' }], { status: 400, code: 'validation_failed', field: 'model' }],
    ['a model of a provider that is not there', ['POST', chats, { model: 'nobody/one' }], { status: 409, code: 'provider_not_configured' }],
    ['a body that is a list', ['POST', chats, []], { status: 400, code: 'validation_failed', field: 'body' }],
    ['a body that is null', ['POST', chats, null], { status: 400, code: 'validation_failed', field: 'body' }],
    ['no body', ['POST', chats], { status: 400, code: 'validation_failed', field: 'body' }],
    [
      'a key with spaces',
      ['POST', chats, {}, { 'idempotency-key': 'a b' }],
      { status: 400, code: 'validation_failed', field: 'idempotency-key' },
    ],
    [
      'a key too long',
      ['POST', chats, {}, { 'idempotency-key': 'k'.repeat(129) }],
      { status: 400, code: 'validation_failed', field: 'idempotency-key' },
    ],
    ['a page of none', ['GET', `${chats}?limit=0`], { status: 400, code: 'validation_failed', field: 'limit' }],
    ['a page too large', ['GET', `${chats}?limit=201`], { status: 400, code: 'validation_failed', field: 'limit' }],
    ['a page of words', ['GET', `${chats}?limit=many`], { status: 400, code: 'validation_failed', field: 'limit' }],
    ['an unknown parameter', ['GET', `${chats}?page=2`], { status: 400, code: 'validation_failed', field: 'page' }],
    ['a cursor of elsewhere', ['GET', `${chats}?cursor=zzz`], { status: 400, code: 'validation_failed', field: 'cursor' }],
    ['a chat that is not there', ['GET', `${chats}/01900000-0000-7000-8000-000000000000`], { status: 404, code: 'not_found' }],
    ['an id that cannot be one', ['GET', `${chats}/%00`], { status: 404, code: 'not_found' }],
    ['an id too long', ['GET', `${chats}/${'x'.repeat(65)}`], { status: 404, code: 'not_found' }],
    ['an address that is not well-formed', ['GET', `${chats}/%zz`], { status: 404, code: 'not_found' }],
    ['messages of no chat', ['GET', `${chats}/nope/messages`], { status: 404, code: 'not_found' }],
    ['an order that is none', ['GET', `${chats}/nope/messages?order=up`], { status: 400, code: 'validation_failed', field: 'order' }],
    ['a message to no chat', ['POST', `${chats}/nope/messages`, { text: 'x' }], { status: 404, code: 'not_found' }],
    ['a message without text', ['POST', `${chats}/nope/messages`, {}], { status: 400, code: 'validation_failed', field: 'text' }],
    ['a message of blanks', ['POST', `${chats}/nope/messages`, { text: ' \n' }], { status: 400, code: 'validation_failed', field: 'text' }],
    [
      'a message too long',
      ['POST', `${chats}/nope/messages`, { text: tooLong }],
      { status: 400, code: 'validation_failed', field: 'text' },
    ],
    [
      'a message with U+0000',
      ['POST', `${chats}/nope/messages`, { text: 'a\0b' }],
      { status: 400, code: 'validation_failed', field: 'text' },
    ],
    [
      'a body too large',
      ['POST', `${chats}/nope/messages`, { text: 'x'.repeat(limits.bodyBytes) }],
      { status: 413, code: 'payload_too_large' },
    ],
    ['a run that is not there', ['GET', '/api/v1/runs/nope'], { status: 404, code: 'not_found' }],
    ['events of no run', ['GET', '/api/v1/runs/nope/events'], { status: 404, code: 'not_found' }],
    ['events after a word', ['GET', '/api/v1/runs/nope/events?after=x'], { status: 400, code: 'validation_failed', field: 'after' }],
    [
      'a Last-Event-ID that is none',
      ['GET', '/api/v1/runs/nope/events', undefined, { 'last-event-id': 'x' }],
      { status: 400, code: 'validation_failed', field: 'last-event-id' },
    ],
    ['a stop of no run', ['POST', '/api/v1/runs/nope/stop'], { status: 404, code: 'not_found' }],
    ['a theme that is none', ['PATCH', '/api/v1/settings', { theme: 'pink' }], { status: 400, code: 'validation_failed', field: 'theme' }],
    [
      'another media type',
      ['POST', chats, { title: 'x' }, { 'content-type': 'text/plain' }],
      { status: 415, code: 'unsupported_media_type' },
    ],
    [
      'a form',
      ['POST', chats, { title: 'x' }, { 'content-type': 'application/x-www-form-urlencoded' }],
      { status: 415, code: 'unsupported_media_type' },
    ],
    ['a wrong method', ['PATCH', chats, {}], { status: 405, code: 'method_not_allowed' }],
    ['an unknown address', ['GET', '/api/v1/nope'], { status: 404, code: 'not_found' }],
    ['an unknown address outside', ['POST', '/nope', {}], { status: 404, code: 'not_found' }],
  ])('%s', async (_name, request, { status, code, field }) => {
    const answer = await call(...request);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = problemSchema.strict().parse(answer.json());
    expect(problem).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
    expect(answer.statusCode).toBe(status);
    if (field !== undefined) expect(problem.fields?.map(({ path }) => path)).toContain(field);
    expect(answer.body).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  });

  test.each(['{"title": ', '{title: 1}', '{"title": "x"} tail', '', '\u0001'])('%j is not JSON', async (payload) => {
    const headers = { host: 'localhost', 'content-type': 'application/json' };
    const answer = await server.app.inject({ method: 'POST', url: chats, headers, payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed', fields: [{ path: 'body' }] });
  });

  test('a wrong method is told the right ones', async () => {
    expect((await call('PATCH', chats, {})).headers['allow']).toBe('GET, HEAD, POST');
    expect((await call('POST', '/api/v1/runs/x/events')).headers['allow']).toBe('GET');
  });

  test('a question to an unfinished answer waits', async () => {
    const held = Promise.withResolvers<void>();
    server.vendor.hold = held.promise;
    const chat = await newChat();
    const { run } = await send(chat.id);
    const second = await call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'And?' });
    expect(second.json()).toMatchObject({ status: 409, code: 'conflict', details: { runId: run.id } });
    await call('POST', `/api/v1/runs/${run.id}/stop`);
    held.resolve();
  });
});

test('an id that is too long is nowhere, and no wrong method', async () => {
  for (const path of ['chats', 'runs'])
    expect((await call('GET', `/api/v1/${path}/${'a'.repeat(300)}`)).json()).toMatchObject({ code: 'not_found' });
});

describe('queries', () => {
  test('each endpoint asks the database a fixed number of times', async () => {
    const chat = await newChat();
    const { run } = await send(chat.id);
    await call('GET', `/api/v1/runs/${run.id}/events`);
    const counts: Record<string, number> = {};
    for (const [method, url, body] of [
      ['GET', '/api/v1/chats'],
      ['GET', `/api/v1/chats/${chat.id}`],
      ['GET', `/api/v1/chats/${chat.id}/messages`],
      ['GET', `/api/v1/runs/${run.id}`],
      ['GET', `/api/v1/runs/${run.id}/events`],
      ['GET', '/api/v1/models'],
      ['GET', '/api/v1/providers'],
      ['GET', '/api/v1/settings'],
      ['PATCH', `/api/v1/chats/${chat.id}`, { title: 'New' }],
      ['POST', '/api/v1/chats', {}],
      ['PATCH', '/api/v1/settings', { theme: 'dark' }],
      ['POST', `/api/v1/runs/${run.id}/stop`],
      ['GET', `/api/v1/chats/${chat.id}/messages?branch=current`],
      ['DELETE', `/api/v1/chats/${chat.id}/messages`],
      ['DELETE', `/api/v1/chats/${chat.id}`],
    ] as const) {
      server.queries.length = 0;
      await call(method, url, body);
      counts[`${method} ${url.replace(chat.id, ':chat').replace(run.id, ':run')}`] = server.queries.length;
    }
    expect(counts).toMatchInlineSnapshot(`
      {
        "DELETE /api/v1/chats/:chat": 4,
        "DELETE /api/v1/chats/:chat/messages": 5,
        "GET /api/v1/chats": 1,
        "GET /api/v1/chats/:chat": 1,
        "GET /api/v1/chats/:chat/messages": 2,
        "GET /api/v1/chats/:chat/messages?branch=current": 4,
        "GET /api/v1/models": 0,
        "GET /api/v1/providers": 1,
        "GET /api/v1/runs/:run": 1,
        "GET /api/v1/runs/:run/events": 2,
        "GET /api/v1/settings": 1,
        "PATCH /api/v1/chats/:chat": 2,
        "PATCH /api/v1/settings": 2,
        "POST /api/v1/chats": 3,
        "POST /api/v1/runs/:run/stop": 1,
      }
    `);
  });

  test('a message costs the same, its whole run included, however long the conversation is', async () => {
    const chat = await newChat();
    const costs: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      server.queries.length = 0;
      const { run } = await send(chat.id);
      await call('GET', `/api/v1/runs/${run.id}/events`);
      costs.push(server.queries.length);
    }
    const [, ...later] = costs;
    // Chunks are logged by the tick, so a slow machine may write one more.
    expect(Math.max(...later) - Math.min(...later)).toBeLessThanOrEqual(2);
    expect(Math.max(...costs)).toBeLessThan(40);
  });
});
