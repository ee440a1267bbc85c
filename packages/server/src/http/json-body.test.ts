import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let server: TestApplication;
beforeAll(async () => {
  server = await openTestApplication();
});
afterAll(() => server[Symbol.asyncDispose]());

function send(method: 'POST' | 'DELETE' | 'PATCH', url: string, payload: string) {
  return server.app.inject({ method, url, payload, headers: { host: 'localhost:3000', 'content-type': 'application/json' } });
}

async function newChat(): Promise<string> {
  return (await server.call('POST', '/api/v1/chats', {})).json().id;
}

test('an empty body with its type is no body where none is asked for', async () => {
  const id = await newChat();
  const sent = (await server.call('POST', `/api/v1/chats/${id}/messages`, { text: 'Hi', model: 'demo/one' })).json();
  expect((await send('POST', `/api/v1/runs/${sent.run.id}/stop`, '')).statusCode).toBe(202);
  expect((await send('DELETE', `/api/v1/chats/${id}/messages`, ' ')).statusCode).toBe(204);
  expect((await send('DELETE', `/api/v1/chats/${id}`, '')).statusCode).toBe(204);
});

test('where one is asked for, an empty or broken body is named', async () => {
  expect((await send('POST', '/api/v1/chats', '')).json()).toMatchObject({ status: 400, detail: 'The body is empty' });
  expect((await send('POST', '/api/v1/chats', '{"title":')).json()).toMatchObject({
    code: 'validation_failed',
    fields: [{ path: 'body', message: 'is not valid JSON' }],
  });
});

test('half a character is answered as it is stored', async () => {
  const title = 'a\ufffdb';
  const made = (await send('POST', '/api/v1/chats', String.raw`{"title":"a\ud800b"}`)).json();
  expect(made.title).toBe(title);
  const id: string = made.id;
  expect((await server.call('GET', `/api/v1/chats/${id}`)).json().title).toBe(title);
  const sent = (await send('POST', `/api/v1/chats/${id}/messages`, String.raw`{"text":"\udc00 \ud83d\ude00","model":"demo/one"}`)).json();
  expect(sent.userMessage.text).toBe('\ufffd \u{1f600}');
  const { items } = (await server.call('GET', `/api/v1/chats/${id}/messages`)).json();
  expect(items[0].text).toBe(sent.userMessage.text);
});

test.each([
  ['{"__proto__":{"a":1},"title":"x"}', '__proto__'],
  [String.raw`{"settings":{"__pr\u006fto__":1}}`, 'settings.__proto__'],
  ['{"constructor":{"prototype":{}}}', 'constructor'],
])('%s is an unknown field like any other', async (body, path) => {
  expect((await send('POST', '/api/v1/chats', body)).json()).toMatchObject({
    code: 'validation_failed',
    detail: `Not accepted: ${path} is not a known field`,
    fields: [{ path, message: 'is not a known field' }],
  });
});

test.each(['/api/v1/chats/', '/api/v1/chats//', '/api/v1/chats/?limit=5', '/api/v1/models/'])(
  '%s is told to lose its slash',
  async (url) => {
    const { status, detail } = (await server.call('GET', url)).json();
    const right = url.replace(/[/]+([?].*)?$/, '');
    expect({ status, detail }).toEqual({
      status: 404,
      detail: `There is nothing at this address. Leave out the slash at its end: ${right}`,
    });
  },
);

test('a slash after an address that leads nowhere is no news', async () => {
  expect((await server.call('GET', '/api/v1/nowhere/')).json()).toMatchObject({ status: 404, detail: 'There is nothing at this address' });
});

test('each wrong field is told in words', async () => {
  const settings = { stop: [], systemPrompt: 'x'.repeat(1_000_000), temperature: 9 };
  expect((await server.call('POST', '/api/v1/chats', { title: ' ', settings })).json().fields).toEqual([
    { path: 'title', message: 'must not be empty' },
    { path: 'settings.systemPrompt', message: expect.stringMatching(/^is longer than \d+ characters$/) },
    { path: 'settings.temperature', message: 'must be at most 2' },
    { path: 'settings.stop', message: 'must not be empty' },
  ]);
  const many = { settings: { stop: Array.from({ length: 50 }, String) } };
  expect((await server.call('POST', '/api/v1/chats', many)).json().fields).toEqual([
    { path: 'settings.stop', message: expect.stringMatching(/^must have at most \d+ items$/) },
  ]);
  const named = { plugin: 'demo', slug: 'Мой', settings: {} };
  expect((await server.call('POST', '/api/v1/providers', named)).json().fields).toEqual([
    {
      path: 'slug',
      message: 'must be up to 60 small Latin letters, digits, dots, hyphens or underscores, with a letter or digit at both ends',
    },
  ]);
});
