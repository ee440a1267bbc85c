import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createFakeClock, createMemoryLogger } from '@multimodel/core/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineProvider } from '../plugin/define-provider.ts';
import { type ResolveHost, underAddressGuard } from './address-guard.ts';
import { createHttp1Transport } from './http1-transport.ts';
import { createHttp2Transport } from './http2-transport.ts';
import { readText } from './read-response.ts';
import type { Transport, TransportOptions } from './transport.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const isPublic = (_host: string, address: string): boolean => !/^(?:127\.|10\.|::1$)/.test(address);
const v4 = (address: string) => ({ address, family: 4 });

/** A DNS server that answers each question with the next of these. */
function dnsWith(...answers: readonly (readonly string[])[]): { readonly resolve: ResolveHost; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve: (hostname, done) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      done(null, answer.map(v4));
    },
  };
}

const protocols = {
  'HTTP/1.1': {
    create: createHttp1Transport,
    server: () => createServer((_request, response) => response.end('secret')),
  },
  'HTTP/2': {
    create: createHttp2Transport,
    server: () => createHttp2Server((_request, response) => response.end('secret')),
  },
} as const;

describe.each(Object.entries(protocols))('over %s', (_name, { create, server }) => {
  async function listen() {
    const listening = server();
    let connections = 0;
    listening.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    closing.push(() => listening.close());
    // oxlint-disable-next-line typescript/consistent-type-assertions -- it listens on a port
    const { port } = listening.address() as AddressInfo;
    return { port, connections: () => connections };
  }

  function open(port: number, resolve: ResolveHost, mayConnect = isPublic): Transport {
    const options: TransportOptions = { providerId: 'acme', baseUrl: `http://vendor.example:${port}`, connectTimeoutMs: 5_000, resolve };
    const transport = underAddressGuard(mayConnect, () => create(options));
    closing.push(() => transport[Symbol.asyncDispose]());
    return transport;
  }

  const ask = async (transport: Transport): Promise<string> => {
    const response = await transport.request({ method: 'GET', path: '/', signal: new AbortController().signal });
    return readText(response, { limitBytes: 1_000 });
  };

  test('a public name that leads to a private address is refused, and nothing is sent', async () => {
    const { port, connections } = await listen();
    await expect(ask(open(port, dnsWith(['127.0.0.1']).resolve))).rejects.toMatchObject({
      code: 'network',
      isRetryable: false,
      mayFailOver: true,
      details: { reason: 'private_address', host: `vendor.example:${port}` },
    });
    expect(connections()).toBe(0);
  });

  test('one private address among public ones is enough', async () => {
    const { port, connections } = await listen();
    const { resolve } = dnsWith(['203.0.113.7', '127.0.0.1']);
    await expect(ask(open(port, resolve))).rejects.toMatchObject({ details: { reason: 'private_address' } });
    expect(connections()).toBe(0);
  });

  test('a name that changes its mind is checked at every connection, and connected to as it was checked', async () => {
    const { port, connections } = await listen();
    const { resolve, asked } = dnsWith(['127.0.0.1'], ['10.0.0.1']);
    const allowed = new Set(['127.0.0.1']);
    const transport = open(port, resolve, (_host, address) => allowed.has(address));
    expect(await ask(transport)).toBe('secret');
    expect([connections(), asked]).toEqual([1, ['vendor.example']]);
    const other = open(port, resolve, (_host, address) => allowed.has(address));
    await expect(ask(other)).rejects.toMatchObject({ details: { reason: 'private_address' } });
    expect(connections()).toBe(1);
  });

  test('what is allowed is reached', async () => {
    const { port } = await listen();
    expect(await ask(open(port, dnsWith(['127.0.0.1']).resolve, () => true))).toBe('secret');
  });

  test('a name that does not exist is no private one', async () => {
    const resolve: ResolveHost = (_hostname, done) => done(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), []);
    await expect(ask(open(1, resolve))).rejects.toMatchObject({ details: { reason: 'dns' } });
    await expect(ask(open(1, dnsWith([]).resolve))).rejects.toMatchObject({ details: { reason: 'dns' } });
  });
});

test('a plugin is guarded without doing anything for it', async () => {
  const made: Transport[] = [];
  const plugin = defineProvider({
    id: 'acme',
    displayName: 'Acme',
    settings: z.object({ baseUrl: z.url() }),
    create({ baseUrl }, { slug }) {
      const transport = createHttp1Transport({
        providerId: slug,
        baseUrl,
        connectTimeoutMs: 1_000,
        resolve: dnsWith(['10.0.0.1']).resolve,
      });
      made.push(transport);
      const absent = () => Promise.reject(new Error('not asked'));
      const chatModel = (): never => {
        throw new Error('not asked');
      };
      return {
        limits: {},
        chatModel,
        listModels: absent,
        probe: absent,
        [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
      };
    },
  });
  await using provider = plugin.create(
    { baseUrl: 'http://vendor.example' },
    { slug: 'acme', clock: createFakeClock(), logger: createMemoryLogger(), mayConnect: isPublic },
  );
  expect(provider.limits).toEqual({});
  const asked = made[0]?.request({ method: 'GET', path: '/', signal: new AbortController().signal });
  await expect(asked).rejects.toMatchObject({ details: { reason: 'private_address' } });
});
