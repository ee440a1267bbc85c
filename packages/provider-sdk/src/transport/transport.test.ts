import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../testing/conformance-context.ts';
import { createHttp1Transport } from './http1-transport.ts';
import { createHttp2Transport } from './http2-transport.ts';
import { readJson, readText } from './read-response.ts';
import type { Transport } from './transport.ts';

const providerId = 'acme';
const noAbort = (): AbortSignal => new AbortController().signal;
const megabyte = Buffer.alloc(1024 * 1024, 'x');

/** What both kinds of response can do. */
interface Reply {
  readonly raw: ServerResponse | Http2ServerResponse;
  /** Bytes that this side was able to hand over to the network. */
  write(data: string | Uint8Array): boolean;
  /** Resolves when the connection or stream is closed before its end. */
  readonly gone: Promise<void>;
  cut(): void;
}

interface Host extends AsyncDisposable {
  readonly url: string;
  readonly connections: ReadonlySet<Socket>;
  readonly sessions: readonly ServerHttp2Session[];
}

type Handler = (request: IncomingMessage | Http2ServerRequest, reply: Reply) => void;

async function listen(
  server: Server | Http2Server,
): Promise<{ readonly url: string; readonly connections: ReadonlySet<Socket>; close(): Promise<void> }> {
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of connections) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, connections, close };
}

function replyOf(raw: ServerResponse | Http2ServerResponse): Reply {
  const isHttp2 = 'stream' in raw;
  const gone = new Promise<void>((resolve) =>
    raw.once('close', () => (isHttp2 ? raw.stream.rstCode !== 0 : !raw.writableFinished) && resolve()),
  );
  return {
    raw,
    gone,
    write: (data) => (isHttp2 ? raw.write(data) : raw.write(data)),
    cut: () => (isHttp2 ? raw.stream.close(2) : raw.socket?.resetAndDestroy()),
  };
}

const versions = [
  {
    httpVersion: '1.1' as const,
    /** undici rests a socket for one turn of the event loop, so a request that comes at once takes a second one. */
    atMost: 2,
    create: (baseUrl: string): Transport => createHttp1Transport({ providerId, baseUrl, connectTimeoutMs: 2000 }),
    async start(handler: Handler): Promise<Host> {
      const serve: RequestListener = (request, response) => handler(request, replyOf(response));
      const { url, connections, close } = await listen(createServer(serve));
      return { url, connections, sessions: [], [Symbol.asyncDispose]: close };
    },
  },
  {
    httpVersion: '2' as const,
    atMost: 1,
    create: (baseUrl: string): Transport => createHttp2Transport({ providerId, baseUrl, connectTimeoutMs: 2000 }),
    async start(handler: Handler): Promise<Host> {
      const sessions: ServerHttp2Session[] = [];
      const server = createHttp2Server((request, response) => handler(request, replyOf(response)));
      server.on('session', (session) => sessions.push(session));
      const { url, connections, close } = await listen(server);
      return { url, connections, sessions, [Symbol.asyncDispose]: close };
    },
  },
];

async function get(transport: Transport, path: string, signal = noAbort()) {
  return transport.request({ method: 'GET', path, signal });
}

async function textOf(transport: Transport, path: string): Promise<string> {
  return readText(await get(transport, path), { limitBytes: 10_000_000 });
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('It did not fail'),
    (error: unknown) => error,
  );
}

describe.each(versions)('HTTP/$httpVersion', ({ httpVersion, atMost, create, start }) => {
  test('method, path below the base path, headers and body arrive; status and headers come back', async () => {
    let seen: unknown;
    await using host = await start((request, { raw }) => {
      request.setEncoding('utf8');
      request.on('data', (body: string) => {
        seen = {
          method: request.method,
          url: request.url,
          key: request.headers['x-key'],
          length: request.headers['content-length'],
          agent: request.headers['user-agent'],
          body,
        };
        raw.statusCode = 418;
        raw.setHeader('X-Reply', ['a', 'b']);
        raw.end('{"ok":true}');
      });
    });
    await using transport = create(`${host.url}/v1/`);
    const response = await transport.request({
      method: 'POST',
      path: '/chat?x=1',
      headers: { 'X-Key': 'k' },
      body: '{"т":1}',
      signal: noAbort(),
    });
    expect(response).toMatchObject({ status: 418, httpVersion, headers: { 'x-reply': 'a, b' } });
    expect(await readJson(response, z.object({ ok: z.boolean() }), { providerId, limitBytes: 100 })).toEqual({ ok: true });
    expect(seen).toEqual({ method: 'POST', url: '/v1/chat?x=1', key: 'k', length: '8', agent: 'multimodel-chat', body: '{"т":1}' });
  });

  test('connections are used again', async () => {
    await using host = await start((_request, { raw }) => raw.end('hello'));
    await using transport = create(host.url);
    for (let index = 0; index < 10; index += 1) expect(await textOf(transport, '/')).toBe('hello');
    expect(host.connections.size).toBeLessThanOrEqual(atMost);
  });

  test('a slow reader pauses the sender, and gets everything in the end', async () => {
    let sent = 0;
    const total = 64 * megabyte.length;
    await using host = await start((_request, { raw, write }) => {
      const more = (): void => {
        while (sent < total) {
          sent += megabyte.length;
          if (!write(megabyte)) return void raw.once('drain', more);
        }
        raw.end();
      };
      more();
    });
    await using transport = create(host.url);
    const { body } = await get(transport, '/');
    const iterator = body[Symbol.asyncIterator]();
    let received = (await iterator.next()).value?.byteLength ?? 0;
    let before = -1;
    while (before !== sent) {
      before = sent;
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(total / 2);
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) received += step.value.byteLength;
    expect(received).toBe(total);
  });

  test('aborting in the body ends it with cancelled and the other side sees it', async () => {
    let reply: Reply | undefined;
    await using host = await start((_request, own) => {
      reply = own;
      own.write('first');
    });
    await using transport = create(host.url);
    const controller = new AbortController();
    const { body } = await get(transport, '/', controller.signal);
    const iterator = body[Symbol.asyncIterator]();
    await iterator.next();
    const pending = iterator.next();
    const abortedAt = performance.now();
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled', providerId });
    await reply?.gone;
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test.each(['before the first byte is read', 'after it'])('leaving the body %s closes the connection or stream', async (when) => {
    let reply: Reply | undefined;
    await using host = await start((_request, own) => {
      reply = own;
      own.write('first');
    });
    await using transport = create(host.url);
    const { body } = await get(transport, '/');
    const iterator = body[Symbol.asyncIterator]();
    if (when === 'after it') await iterator.next();
    await iterator.return?.();
    await reply?.gone;
    expect(await iterator.next()).toMatchObject({ done: true });
  });

  test('aborting before the answer rejects with cancelled and the other side sees it', async () => {
    let reply: Reply | undefined;
    await using host = await start((_request, own) => {
      reply = own;
    });
    await using transport = create(host.url);
    const controller = new AbortController();
    const pending = get(transport, '/', controller.signal);
    await until(() => reply !== undefined, 'the request');
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    await reply?.gone;
  });

  test('an aborted signal, before or while connecting, sends nothing', async () => {
    let requests = 0;
    await using host = await start((_request, { raw }) => {
      requests += 1;
      raw.end('x');
    });
    await using transport = create(host.url);
    await expect(get(transport, '/', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const pending = get(transport, '/', controller.signal);
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    expect(await textOf(transport, '/')).toBe('x');
    expect(requests).toBe(1);
  });

  test('listeners of the signal are gone after the answer', async () => {
    await using host = await start((_request, { raw }) => raw.end('x'));
    await using transport = create(host.url);
    const { signal } = new AbortController();
    await readText(await get(transport, '/', signal), { limitBytes: 10 });
    await until(() => getEventListeners(signal, 'abort').length === 0, 'the listeners to be removed');
  });

  test('a cut body is network, phase stream, and what came before is delivered', async () => {
    await using host = await start((_request, own) => {
      own.write('half');
      own.raw.once('drain', () => undefined);
      setImmediate(() => setImmediate(own.cut));
    });
    await using transport = create(host.url);
    const { body } = await get(transport, '/');
    const received: string[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of body) received.push(Buffer.from(chunk).toString());
    };
    await expect(read()).rejects.toMatchObject({ code: 'network', providerId, details: { phase: 'stream', reason: 'reset' } });
    expect(received.join('')).toBe('half');
  });

  test('a connection closed without an answer is network, phase response', async () => {
    await using host = await start((_request, own) => own.cut());
    await using transport = create(host.url);
    await expect(get(transport, '/')).rejects.toMatchObject({ code: 'network', details: { phase: 'response', reason: 'reset' } });
  });

  test('draining keeps the connection for the next request', async () => {
    await using host = await start((_request, { raw }) => raw.end('rest that nobody wants'));
    await using transport = create(host.url);
    const { body } = await get(transport, '/');
    body.drain();
    await body[Symbol.asyncIterator]().return?.();
    for (let index = 0; index < 10; index += 1) expect(await textOf(transport, '/')).toBe('rest that nobody wants');
    expect(host.connections.size).toBeLessThanOrEqual(atMost);
  });

  test('draining gives up when there is too much', async () => {
    let reply: Reply | undefined;
    await using host = await start((_request, own) => {
      reply = own;
      own.write(megabyte);
      own.write(megabyte);
    });
    await using transport = create(host.url);
    (await get(transport, '/')).body.drain();
    await until(() => reply !== undefined, 'the request');
    await reply?.gone;
  });

  test('readText stops at its bound and closes; readJson refuses what is longer or of another form', async () => {
    let reply: Reply | undefined;
    await using host = await start((request, own) => {
      reply = own;
      if (request.url === '/endless') own.write(megabyte);
      else own.raw.end('{"secret":"s"}');
    });
    await using transport = create(host.url);
    expect(await readText(await get(transport, '/endless'), { limitBytes: 5 })).toBe('xxxxx');
    await reply?.gone;
    const shape = z.object({ ok: z.boolean() });
    const wrong = await faultOf(readJson(await get(transport, '/'), shape, { providerId, limitBytes: 100 }));
    expect(wrong).toMatchObject({ code: 'protocol', details: { status: 200 } });
    expect(inspect(wrong, { depth: 9 })).not.toContain('secret');
    await expect(readJson(await get(transport, '/'), shape, { providerId, limitBytes: 3 })).rejects.toMatchObject({ code: 'protocol' });
  });

  test('disposing fails what is in flight and what comes later', async () => {
    let reply: Reply | undefined;
    await using host = await start((_request, own) => {
      reply = own;
      own.write('first');
    });
    const transport = create(host.url);
    const { body } = await get(transport, '/');
    const iterator = body[Symbol.asyncIterator]();
    await iterator.next();
    const pending = faultOf(iterator.next());
    await transport[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ code: 'network' });
    await reply?.gone;
    await expect(get(transport, '/')).rejects.toMatchObject({ code: 'network' });
    await until(() => host.connections.size === 0, 'the connections to be closed');
  });

  test('a refused connection and an unknown name are network, with the host in plain words', async () => {
    const host = await start(() => undefined);
    await host[Symbol.asyncDispose]();
    await using transport = create(host.url);
    const refused = await faultOf(get(transport, '/'));
    expect(refused).toMatchObject({
      code: 'network',
      details: { phase: 'connect', reason: 'refused' },
      isRetryable: true,
      mayFailOver: true,
    });
    expect(refused).toMatchObject({ message: expect.stringContaining(new URL(host.url).host) });
    await using nowhere = create('http://no-such-host.invalid');
    await expect(get(nowhere, '/')).rejects.toMatchObject({ code: 'network', details: { reason: 'dns' } });
  });

  test('headers that cannot be sent are invalid_request and are not quoted', async () => {
    await using host = await start((_request, { raw }) => raw.end('x'));
    await using transport = create(host.url);
    const get = { method: 'GET' as const, signal: noAbort() };
    for (const value of ['Bearer secret\nvalue', 'Bearer secretключ', 'secret\0']) {
      const error = await faultOf(transport.request({ ...get, path: '/', headers: { authorization: value } }));
      expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('authorization') });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret');
    }
    for (const path of ['/a b', 'a', '/\r\nx: y', '/ключ']) {
      await expect(transport.request({ ...get, path })).rejects.toMatchObject({ code: 'invalid_request' });
    }
    expect(await textOf(transport, '/')).toBe('x');
  });

  test('a server that speaks something else is protocol or network', async () => {
    const { url, close } = await listen(createTcpServer((socket) => void socket.end('220 mail ready\r\n\r\n')));
    await using transport = create(url);
    expect(['protocol', 'network']).toContain(((await faultOf(get(transport, '/'))) as { code: string }).code);
    await close();
  });

  test('a bad base address is refused at once', () => {
    for (const url of ['ftp://x', 'nonsense', 'http://user:secret@host']) {
      expect(() => create(url)).toThrow(
        expect.objectContaining({ code: 'invalid_request', message: expect.not.stringContaining('secret') }),
      );
    }
  });
});

test.each([createHttp1Transport, createHttp2Transport])('an idle connection is closed: %o', async (create) => {
  await using host = await (create === createHttp1Transport ? versions[0] : versions[1])!.start((_request, { raw }) => raw.end('x'));
  await using transport = create({ providerId, baseUrl: host.url, connectTimeoutMs: 2000, keepAliveMs: 30 });
  expect(await textOf(transport, '/')).toBe('x');
  expect(host.connections.size).toBe(1);
  await until(() => host.connections.size === 0, 'the idle connection to be closed');
  expect(await textOf(transport, '/')).toBe('x');
});

describe('HTTP/1.1 only', () => {
  test('a bound on connections makes requests wait', async () => {
    const replies: Reply[] = [];
    await using host = await versions[0]!.start((_request, reply) => void replies.push(reply));
    await using transport = createHttp1Transport({ providerId, baseUrl: host.url, connectTimeoutMs: 2000, connections: 1 });
    const both = [textOf(transport, '/1'), textOf(transport, '/2')];
    await until(() => replies.length === 1, 'the first request');
    expect(host.connections.size).toBe(1);
    replies[0]?.raw.end('one');
    await until(() => replies.length === 2, 'the second request');
    replies[1]?.raw.end('two');
    expect(await Promise.all(both)).toEqual(['one', 'two']);
  });
});

describe('HTTP/2 only', () => {
  const [, { create, start }] = versions as [unknown, (typeof versions)[number]];

  test('concurrent streams share one connection, and a paused one does not stop the others', async () => {
    await using host = await start((request, own) => {
      if (request.url === '/big') own.write(Buffer.alloc(3 * megabyte.length));
      else own.raw.end('small');
    });
    await using transport = create(host.url);
    const big = await get(transport, '/big');
    expect(await Promise.all(['/1', '/2', '/3'].map((path) => textOf(transport, path)))).toEqual(['small', 'small', 'small']);
    await big.body[Symbol.asyncIterator]().return?.();
    expect(host.sessions).toHaveLength(1);
  });

  test('after GOAWAY the stream in flight ends well and the next request opens a new connection', async () => {
    let first: Reply | undefined;
    await using host = await start((request, own) => {
      if (request.url === '/first') first = own;
      else own.raw.end('second');
    });
    await using transport = create(host.url);
    const pending = textOf(transport, '/first');
    await until(() => first !== undefined, 'the first request');
    host.sessions[0]?.goaway();
    first?.write('fir');
    await until(() => host.sessions[0]?.destroyed === false, 'the session');
    const next = async (): Promise<string> => textOf(transport, '/next');
    first?.raw.end('st');
    expect(await pending).toBe('first');
    expect(await next()).toBe('second');
  });

  test.each([
    ['the session is destroyed', (session: ServerHttp2Session | undefined) => session?.destroy()],
    ['the socket ends', (session: ServerHttp2Session | undefined) => session?.socket?.destroy()],
    ['GOAWAY with an error', (session: ServerHttp2Session | undefined) => session?.destroy(new Error('broken'), 2)],
  ])('a cut is never a good end: %s', async (_name, cut) => {
    await using host = await start((_request, own) => void own.write('half'));
    await using transport = create(host.url);
    const { body } = await get(transport, '/');
    const iterator = body[Symbol.asyncIterator]();
    await iterator.next();
    const pending = faultOf(iterator.next());
    cut(host.sessions[0]);
    expect(await pending).toMatchObject({ code: 'network', details: { phase: 'stream' } });
  });

  test('a connection that gave no sign of life is not used again', async () => {
    const { url, connections, close } = await listen(createTcpServer());
    await using transport = create(url);
    for (const count of [1, 2]) {
      const controller = new AbortController();
      const pending = get(transport, '/', controller.signal);
      await until(() => connections.size === count, 'the connection');
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    }
    await close();
  });

  test('a connection that is alive survives an abort', async () => {
    await using host = await start((request, own) => void (request.url === '/x' && own.raw.end('x')));
    await using transport = create(host.url);
    expect(await textOf(transport, '/x')).toBe('x');
    const controller = new AbortController();
    const { body } = await transport.request({ method: 'GET', path: '/x', signal: controller.signal });
    controller.abort();
    body.drain();
    expect(await textOf(transport, '/x')).toBe('x');
    expect(host.sessions).toHaveLength(1);
  });

  test('a closed connection is opened again', async () => {
    await using host = await start((_request, { raw }) => raw.end('x'));
    await using transport = create(host.url);
    await textOf(transport, '/');
    host.sessions[0]?.destroy();
    await until(() => host.connections.size === 0, 'the close');
    await until(() => host.sessions[0]?.destroyed === true, 'the close');
    let answer: string | undefined;
    while (answer === undefined) answer = await textOf(transport, '/').catch(() => undefined);
    expect(answer).toBe('x');
    expect(host.sessions.length).toBeGreaterThan(1);
  });
});
