import { inspect } from 'node:util';
import type { ChatRequest, ProviderErrorCode, StreamEvent } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Framing } from '../decode/framer.ts';
import { createProviderError } from '../errors/provider-error.ts';
import type { Transport, TransportRequest } from '../transport/transport.ts';
import { BaseChatModel } from './base-chat-model.ts';
import type { ChatModelDeps } from './chat-model-deps.ts';
import { collectAnswer } from './collect-answer.ts';
import { type RequestAuth, staticAuth } from './request-auth.ts';
import type { StreamDecoder } from './stream-decoder.ts';
import type { WireRequest } from './wire-request.ts';

const chunk = z.object({
  text: z.string().nullish(),
  stop: z.boolean().nullish(),
  after: z.string().nullish(),
  fault: z.string().nullish(),
});
type Chunk = z.infer<typeof chunk>;

const secret = 'a-secret-of-this-test';
const question: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'hi' }] }] };

class TestModel extends BaseChatModel<Chunk> {
  protected override readonly framing: Framing;
  protected override readonly chunkSchema = chunk;
  endings: string[] = [];

  constructor(framing: Framing, deps: ChatModelDeps) {
    super('test', deps);
    this.framing = framing;
  }

  protected override toWire(): WireRequest {
    const warnings = [{ type: 'warning', code: 'parameter_dropped', parameter: 'seed', message: 'no seed' }] as const;
    return { path: '/generate', headers: { 'X-Own': 'yes' }, body: { model: this.id, absent: undefined }, warnings };
  }

  protected override createDecoder(): StreamDecoder<Chunk> {
    const { endings } = this;
    const { providerId } = this.deps;
    return {
      *decode({ text, stop, after, fault }) {
        if (fault) throw createProviderError('overloaded', `${fault} ${secret}`, { providerId, cause: new Error(secret) });
        if (text !== undefined && text !== null) yield { type: 'text-delta', text };
        if (stop) yield { type: 'finish', reason: 'stop' };
        if (after) yield { type: 'text-delta', text: after };
      },
      *end(by) {
        endings.push(by);
        if (by === 'marker') yield { type: 'finish', reason: 'other' };
      },
    };
  }
}

interface Scripted {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly pieces?: readonly string[];
  readonly fails?: ProviderErrorCode;
}

function scripted(...answers: readonly Scripted[]) {
  const requests: TransportRequest[] = [];
  const ends: string[] = [];
  const transport: Transport = {
    request(request) {
      const { status = 200, headers = {}, pieces = [], fails } = answers[requests.length] ?? {};
      requests.push(request);
      let isDrained = false;
      async function* read() {
        try {
          for (const piece of pieces) yield Buffer.from(piece);
          if (fails) throw createProviderError(fails, 'lost', { providerId: 'acme', details: { phase: 'stream' } });
          ends.push('eof');
        } finally {
          if (ends.length < requests.length && !isDrained) ends.push('left');
        }
      }
      const drain = (): void => {
        isDrained = true;
        ends.push('drained');
      };
      return Promise.resolve({ status, headers, httpVersion: '1.1', body: { [Symbol.asyncIterator]: read, drain } });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { transport, requests, ends };
}

function modelOver(
  script: ReturnType<typeof scripted>,
  framing: Framing = 'ndjson',
  auth: RequestAuth = staticAuth({ Authorization: `Bearer ${secret}` }),
) {
  return new TestModel(framing, { providerId: 'acme', transport: script.transport, auth });
}

async function run(model: TestModel, signal = new AbortController().signal) {
  const events: StreamEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.stream(question, { signal })) events.push(event);
  } catch (caught) {
    error = caught;
  }
  return { events, error, kinds: events.map(({ type }) => type) };
}

describe('the envelope', () => {
  test('sends JSON with all headers, yields warnings first, one finish last, and nothing empty', async () => {
    const script = scripted({
      pieces: ['{"text":"a"}\n{"text":""}\n', '{"text":"b","stop":true,"after":"x"}\n{"text":"c","stop":true}\n'],
    });
    const { events, error } = await run(modelOver(script));
    expect(error).toBeUndefined();
    expect(events.slice(1)).toEqual([
      { type: 'text-delta', text: 'a' },
      { type: 'text-delta', text: 'b' },
      { type: 'finish', reason: 'stop' },
    ]);
    expect(events[0]).toMatchObject({ type: 'warning', parameter: 'seed' });
    expect(script.requests).toMatchObject([
      {
        method: 'POST',
        path: '/generate',
        body: '{"model":"test"}',
        headers: { 'content-type': 'application/json', 'x-own': 'yes', authorization: `Bearer ${secret}` },
      },
    ]);
    expect(script.ends).toEqual(['drained']);
  });

  test('a consumer that leaves at the finish does not cost the connection', async () => {
    const script = scripted({ pieces: ['{"stop":true}\n', 'more'] });
    for await (const { type } of modelOver(script).stream(question, { signal: new AbortController().signal })) if (type === 'finish') break;
    expect(script.ends).toEqual(['drained']);
  });

  test('leaving early leaves the body', async () => {
    const script = scripted({ pieces: ['{"text":"a"}\n', '{"text":"b"}\n'] });
    for await (const { type } of modelOver(script).stream(question, { signal: new AbortController().signal }))
      if (type === 'text-delta') break;
    expect(script.ends).toEqual(['left']);
  });

  test('an abort between two events of one piece is cancelled, not finished', async () => {
    const script = scripted({ pieces: ['{"text":"a"}\n{"text":"b","stop":true}\n'] });
    const controller = new AbortController();
    const events: StreamEvent[] = [];
    const read = async (): Promise<void> => {
      for await (const event of modelOver(script).stream(question, { signal: controller.signal })) {
        events.push(event);
        if (event.type === 'text-delta') controller.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled', providerId: 'acme' });
    expect(events.map(({ type }) => type)).toEqual(['warning', 'text-delta']);
  });

  test('whatever an auth throws on an abort is cancelled', async () => {
    const controller = new AbortController();
    const auth: RequestAuth = {
      canRefresh: false,
      headers: () => {
        controller.abort();
        return Promise.reject(new DOMException('gone', 'AbortError'));
      },
    };
    expect((await run(modelOver(scripted(), 'sse', auth), controller.signal)).error).toMatchObject({ code: 'cancelled' });
  });

  test('a fault of our own is passed on as it is', async () => {
    const auth: RequestAuth = { canRefresh: false, headers: () => Promise.reject(new TypeError('a bug')) };
    expect((await run(modelOver(scripted(), 'sse', auth))).error).toBeInstanceOf(TypeError);
  });
});

describe('the end of an answer', () => {
  test.each<[string, Framing, readonly string[]]>([
    ['SSE with a marker', 'sse', ['data: {"text":"a"}\n\ndata: [DONE]\n\n']],
    ['SSE with a marker that lacks its empty line', 'sse', ['data: {"text":"a"}\n\ndata: [DONE]']],
    ['SSE whose last event lacks its empty line', 'sse', ['data: {"text":"a"}\n\ndata: {"stop":true}']],
    ['lines whose last one lacks its end', 'ndjson', ['{"text":"a"}\n', '{"stop":true}']],
    ['one document', 'json', ['{"text":\n', '"a","stop":true}']],
  ])('%s is whole', async (_name, framing, pieces) => {
    const { kinds, error } = await run(modelOver(scripted({ pieces }), framing));
    expect(error).toBeUndefined();
    expect(kinds).toEqual(['warning', 'text-delta', 'finish']);
  });

  test.each<[string, Framing, readonly string[], string]>([
    ['SSE without finish', 'sse', ['data: {"text":"a"}\n\n'], 'The answer was cut off'],
    ['SSE cut in an event', 'sse', ['data: {"text":"a"}\n\ndata: {"stop":tr'], 'The answer was cut off'],
    ['lines cut in one', 'ndjson', ['{"text":"a"}\n{"sto'], 'The answer was cut off'],
    ['nothing at all', 'sse', [], 'The provider answered without a single understandable piece'],
    ['markup', 'sse', ['<html>hello</html>'], 'The provider answered without a single understandable piece'],
    ['a cut document', 'json', ['{"text":"a"'], 'The provider sent a piece of the answer that could not be understood'],
    ['a chunk of another form', 'ndjson', ['{"text":5}\n'], 'The provider sent a piece of the answer that could not be understood'],
    ['no JSON', 'sse', ['data: what?\n\n'], 'The provider sent a piece of the answer that could not be understood'],
  ])('%s is protocol', async (_name, framing, pieces, message) => {
    const { kinds, error } = await run(modelOver(scripted({ pieces }), framing));
    expect(error).toMatchObject({ code: 'protocol', message, providerId: 'acme' });
    expect(kinds).not.toContain('finish');
  });

  test('the decoder learns how it ended', async () => {
    const model = modelOver(scripted({ pieces: ['data: {"text":"a"}\n\n'] }, { pieces: ['data: [DONE]\n\n'] }), 'sse');
    await run(model);
    await run(model);
    expect(model.endings).toEqual(['eof', 'marker']);
  });

  test('what was not understood stands in the details, bounded and without secrets, not in the message', async () => {
    const { error } = await run(modelOver(scripted({ pieces: [`data: {oops ${secret} ${'x'.repeat(1000)}\n\n`] }), 'sse'));
    expect(error).toMatchObject({ details: { sample: expect.stringMatching(/^\{oops \[redacted\] x{1,200}…$/) } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  test('a lost connection is network before the first chunk and protocol after it', async () => {
    expect((await run(modelOver(scripted({ fails: 'network' })))).error).toMatchObject({ code: 'network' });
    expect((await run(modelOver(scripted({ pieces: ['{"text":"a"}\n'], fails: 'network' })))).error).toMatchObject({
      code: 'protocol',
      message: 'The answer was cut off',
      details: { phase: 'stream' },
    });
  });

  test('an SSE model reads a JSON answer as one document', async () => {
    const script = scripted({ headers: { 'content-type': 'application/json; charset=utf-8' }, pieces: ['{"fault":', '"busy"}'] });
    expect((await run(modelOver(script, 'sse'))).error).toMatchObject({ code: 'overloaded', message: 'busy [redacted]' });
  });

  test('an error made by a decoder loses secrets and a cause that holds one', async () => {
    const { error } = await run(modelOver(scripted({ pieces: ['{"fault":"busy"}\n'] })));
    expect(error).toMatchObject({ code: 'overloaded', isRetryable: true });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });
});

describe('statuses', () => {
  test('the status decides, the body explains, the secret is hidden', async () => {
    const body = JSON.stringify({ error: { message: `key ${secret} is unknown` } });
    const { error } = await run(modelOver(scripted({ status: 403, pieces: [body] })));
    expect(error).toMatchObject({ code: 'permission', message: expect.stringContaining('key [redacted] is unknown') });
  });

  test('an error page that is cut still has its status', async () => {
    expect((await run(modelOver(scripted({ status: 503, pieces: ['<ht'], fails: 'network' })))).error).toMatchObject({
      code: 'overloaded',
    });
  });

  test('a subclass may read the body itself', async () => {
    class Stubborn extends TestModel {
      protected override toError() {
        return createProviderError('context_too_long', 'too long', { providerId: 'acme', details: { limitTokens: 5 } });
      }
    }
    const model = new Stubborn('sse', { providerId: 'acme', transport: scripted({ status: 400 }).transport, auth: staticAuth({}) });
    expect((await run(model)).error).toMatchObject({ code: 'context_too_long', details: { limitTokens: 5 } });
  });

  test('401 is replayed once where the auth can refresh', async () => {
    const calls: unknown[] = [];
    const auth: RequestAuth = {
      canRefresh: true,
      headers: ({ forceRefresh, refused }) => {
        calls.push({ forceRefresh, refused });
        return Promise.resolve({ authorization: `Bearer token-${calls.length}` });
      },
    };
    const script = scripted({ status: 401, pieces: ['{}'] }, { pieces: ['{"text":"a","stop":true}\n'] });
    const { error } = await run(modelOver(script, 'ndjson', auth));
    expect(error).toBeUndefined();
    expect(calls).toEqual([
      { forceRefresh: false, refused: undefined },
      { forceRefresh: true, refused: { authorization: 'Bearer token-1' } },
    ]);
    expect(script.requests.map(({ headers }) => headers?.['authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
    const twice = scripted({ status: 401 }, { status: 401, pieces: ['{"error":"token-4 is unknown"}'] }, {});
    const failed = await run(modelOver(twice, 'ndjson', auth));
    expect(failed.error).toMatchObject({ code: 'auth', message: expect.not.stringContaining('token-4') });
    expect(twice.requests).toHaveLength(2);
  });

  test('401 is final where it cannot', async () => {
    const script = scripted({ status: 401 }, { pieces: ['{"stop":true}'] });
    expect((await run(modelOver(script))).error).toMatchObject({ code: 'auth' });
    expect(script.requests).toHaveLength(1);
  });
});

test('collectAnswer folds every kind of event', async () => {
  async function* events(): AsyncGenerator<StreamEvent> {
    yield { type: 'warning', code: 'content_dropped', message: 'w' };
    yield { type: 'reasoning-delta', text: 'hm' };
    yield { type: 'text-delta', text: 'Hello worl' };
    yield { type: 'text-replace', from: 6, text: 'there' };
    yield { type: 'tool-call', callId: '1', name: 'f', arguments: { a: 1 } };
    yield { type: 'file', mediaType: 'image/png', name: 'cat.png', data: new Uint8Array([1, 2]) };
    yield { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } };
    yield { type: 'finish', reason: 'tool_calls', modelVersion: 'v1' };
  }
  expect(await collectAnswer(events())).toEqual({
    text: 'Hello there',
    reasoning: 'hm',
    toolCalls: [{ callId: '1', name: 'f', arguments: { a: 1 } }],
    files: [{ mediaType: 'image/png', name: 'cat.png', data: new Uint8Array([1, 2]) }],
    usage: { inputTokens: 1, outputTokens: 2 },
    reason: 'tool_calls',
    modelVersion: 'v1',
    warnings: [{ code: 'content_dropped', parameter: undefined, message: 'w' }],
  });
});
