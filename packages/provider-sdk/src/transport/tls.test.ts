import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createTransport } from './create-transport.ts';
import { readText } from './read-response.ts';
import type { Transport } from './transport.ts';

const pem = (name: string): string => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), 'utf8');
const ca = [pem('ca')];

interface Host extends AsyncDisposable {
  readonly url: string;
  readonly opened: readonly Socket[];
}

async function listen(server: Server): Promise<Host> {
  const opened: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    opened.push(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    opened,
    async [Symbol.asyncDispose]() {
      for (const socket of opened) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const answer = (_request: unknown, response: { end(text: string): unknown }): void => void response.end('secure');
const startHttps = (name: string): Promise<Host> => listen(createHttpsServer({ key: pem(name), cert: pem(name) }, answer));
const startHttp2 = (name: string): Promise<Host> => listen(createSecureServer({ key: pem(name), cert: pem(name) }, answer));

async function ask(transport: Transport): Promise<string> {
  const response = await transport.request({ method: 'GET', path: '/', signal: new AbortController().signal });
  return `${await readText(response, { limitBytes: 100 })} ${response.httpVersion}`;
}

const options = { providerId: 'acme', connectTimeoutMs: 3000 };

describe.each([
  ['1.1' as const, startHttps],
  ['2' as const, startHttp2],
])('TLS over HTTP/%s', (http, start) => {
  test('a root given to this transport is trusted', async () => {
    await using host = await start('good');
    await using transport = createTransport({ ...options, http, baseUrl: host.url, tls: { ca } });
    expect(await ask(transport)).toBe(`secure ${http}`);
  });

  test.each([
    ['good', 'unknown_authority', {}],
    ['self', 'self_signed', { ca }],
    ['other', 'hostname', { ca }],
    ['expired', 'expired', { ca }],
  ])('the certificate %s is %s', async (name, reason, tls) => {
    await using host = await start(name);
    await using transport = createTransport({ ...options, http, baseUrl: host.url, tls });
    await expect(ask(transport)).rejects.toMatchObject({
      code: 'tls',
      details: { reason, host: new URL(host.url).host },
      isRetryable: false,
      mayFailOver: true,
    });
  });

  test('rejectUnauthorized: false accepts anything', async () => {
    await using host = await start('self');
    await using transport = createTransport({ ...options, http, baseUrl: host.url, tls: { rejectUnauthorized: false } });
    expect(await ask(transport)).toBe(`secure ${http}`);
  });

  test('a server that does not speak TLS is a tls fault', async () => {
    await using host = await listen(createTcpServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    await using transport = createTransport({ ...options, http, baseUrl: host.url });
    await expect(ask(transport)).rejects.toMatchObject({ code: 'tls', details: { reason: 'handshake' } });
  });

  test('a handshake that never ends is a connect timeout', async () => {
    await using host = await listen(createTcpServer());
    await using transport = createTransport({ ...options, connectTimeoutMs: 50, http, baseUrl: host.url });
    await expect(ask(transport)).rejects.toMatchObject({ code: 'timeout', details: { phase: 'connect' } });
  });
});

describe('http: auto', () => {
  test('takes HTTP/2 where it is offered', async () => {
    await using host = await startHttp2('good');
    await using transport = createTransport({ ...options, http: 'auto', baseUrl: host.url, tls: { ca } });
    expect(await ask(transport)).toBe('secure 2');
    expect(host.opened).toHaveLength(1);
  });

  test('falls back to HTTP/1.1, and asks only once', async () => {
    await using host = await startHttps('good');
    await using transport = createTransport({ ...options, http: 'auto', baseUrl: host.url, tls: { ca } });
    expect(await ask(transport)).toBe('secure 1.1');
    expect(host.opened).toHaveLength(2);
    expect(await ask(transport)).toBe('secure 1.1');
    expect(host.opened.length).toBeLessThan(4);
  });

  test('a TLS fault is not a reason to fall back', async () => {
    await using host = await startHttps('self');
    await using transport = createTransport({ ...options, http: 'auto', baseUrl: host.url });
    await expect(ask(transport)).rejects.toMatchObject({ code: 'tls' });
    expect(host.opened).toHaveLength(1);
  });

  test('HTTP/2 asked for by name does not fall back', async () => {
    await using host = await startHttps('good');
    await using transport = createTransport({ ...options, http: '2', baseUrl: host.url, tls: { ca } });
    await expect(ask(transport)).rejects.toMatchObject({ code: 'protocol', details: { reason: 'no_http2' } });
  });
});
