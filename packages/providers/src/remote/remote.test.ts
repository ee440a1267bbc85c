import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProviderError } from '@multimodel/core';
import { collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, describeProvider, remoteWire, startSampleSimulator } from '@multimodel/provider-sdk/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { remote } from './remote.ts';

const token = 'token-that-nobody-may-see';

describeProvider(remote, {
  settings: (baseUrl) => ({ baseUrl, token }),
  model: 'any',
  startSimulator: () => startSampleSimulator({ wire: remoteWire }),
  describe,
  test,
});

const signal = new AbortController().signal;

async function providerOf(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  // oxlint-disable-next-line typescript/consistent-type-assertions -- as said above
  const { port } = server.address() as AddressInfo;
  const settings = remote.settings.parse({ baseUrl: `http://127.0.0.1:${port}/acme`, token });
  const provider = remote.create(settings, { slug: 'acme', clock: createFakeClock(), logger: createMemoryLogger() });
  onTestFinished(async () => {
    await provider[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });
  return provider;
}

/** Answers every request with these documents, by path. */
const serving =
  (documents: Readonly<Record<string, unknown>>): RequestListener =>
  ({ url = '' }, response) => {
    const found = documents[url];
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { error: { message: 'no such address' } }));
  };

const streaming =
  (...lines: readonly object[]): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };

const question = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Привет' }] }] } as const;

const failureOf = async (work: Promise<unknown>): Promise<ProviderError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new TypeError(`Not a ProviderError: ${String(error)}`);
  return error;
};

describe('models of a remote service', () => {
  test('need no more than an id', async () => {
    const provider = await providerOf(serving({ '/acme/models': { models: [{ id: 'parrot' }] } }));
    expect(await provider.listModels({ signal })).toEqual([
      {
        id: 'parrot',
        name: 'parrot',
        kind: 'chat',
        capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
        parameters: {},
        source: 'live',
      },
    ]);
  });

  test('that are described wrongly are a fault of the protocol, explained', async () => {
    const provider = await providerOf(serving({ '/acme/models': { models: [{ name: 'without an id' }] } }));
    const error = await failureOf(provider.listModels({ signal }));
    expect(error.code).toBe('protocol');
    expect(provider.explain?.(error)?.ru).toContain('/manifest');
  });
});

test.each([
  ['of another version', serving({ '/acme/manifest': { protocol: 2, name: 'Acme' } })],
  ['that is not there', serving({})],
])('a manifest %s is told of', async (_name, listener) => {
  const provider = await providerOf(listener);
  const error = await failureOf(provider.probe({ signal }));
  expect(error.code).toBe('protocol');
  expect(provider.explain?.(error)?.en).toContain('remote protocol');
});

describe('an answer', () => {
  test('may hold every kind of event', async () => {
    const provider = await providerOf(
      streaming(
        { type: 'reasoning-delta', text: 'hm' },
        { type: 'text-delta', text: 'one two' },
        { type: 'text-replace', from: 4, text: '2' },
        { type: 'tool-call', callId: 'c1', name: 'weather', arguments: { city: 'Тула' } },
        { type: 'file', mediaType: 'image/png', name: 'dot.png', data: 'AQID' },
        { type: 'warning', code: 'parameter_dropped', parameter: 'topP', message: 'no topP here' },
        { type: 'finish', reason: 'stop', usage: { inputTokens: 3, outputTokens: 4, reasoningTokens: 1 } },
      ),
    );
    const answer = await collectAnswer(provider.chatModel('parrot').stream(question, { signal }));
    expect(answer.text).toBe('one 2');
    expect(answer.usage).toEqual({ inputTokens: 3, outputTokens: 4, reasoningTokens: 1 });
    const files = [];
    for await (const event of provider.chatModel('parrot').stream(question, { signal })) if (event.type === 'file') files.push(event);
    expect(files).toMatchObject([{ mediaType: 'image/png', name: 'dot.png' }]);
    expect([...(files[0]?.data ?? [])]).toEqual([1, 2, 3]);
  });

  test('that ends with an error throws it, without the token', async () => {
    const error = { code: 'context_too_long', message: `At most 10 tokens, and not ${token}` };
    const provider = await providerOf(streaming({ type: 'text-delta', text: 'a' }, { type: 'error', error }));
    const thrown = await failureOf(collectAnswer(provider.chatModel('parrot').stream(question, { signal })));
    expect(thrown.code).toBe('context_too_long');
    expect(thrown.message).toContain('At most 10 tokens');
    expect(JSON.stringify([thrown.message, thrown.details])).not.toContain(token);
  });

  test.each([
    ['of a kind that is not known', { type: 'telepathy' }],
    ['that counts less than nothing', { type: 'usage', usage: { inputTokens: -1, outputTokens: 0 } }],
  ])('with an event %s is a fault of the protocol', async (_name, event) => {
    const provider = await providerOf(streaming(event));
    expect((await failureOf(collectAnswer(provider.chatModel('parrot').stream(question, { signal })))).code).toBe('protocol');
  });

  test('sends files as base64 and what was asked for, with the token', async () => {
    const bodies: string[] = [];
    const provider = await providerOf((request, response) => {
      expect(request.headers.authorization).toBe(`Bearer ${token}`);
      request.setEncoding('utf8').on('data', (piece: string) => bodies.push(piece));
      request.on('end', () => streaming({ type: 'text-delta', text: 'ok' }, { type: 'finish', reason: 'stop' })(request, response));
    });
    const parts = [{ type: 'file', mediaType: 'image/png', data: new Uint8Array([1, 2, 3]) }] as const;
    const request = { messages: [{ role: 'user', parts }], temperature: 0.5, conversationId: 'c-1' } as const;
    await collectAnswer(provider.chatModel('parrot').stream(request, { signal }));
    expect(JSON.parse(bodies.join(''))).toEqual({
      model: 'parrot',
      messages: [{ role: 'user', parts: [{ type: 'file', mediaType: 'image/png', data: 'AQID' }] }],
      temperature: 0.5,
      conversationId: 'c-1',
    });
  });
});
