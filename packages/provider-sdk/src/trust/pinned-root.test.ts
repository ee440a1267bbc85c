import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { expect, test } from 'vitest';
import { fetchPinnedRoot, readPinnedRoot } from './pinned-root.ts';

const pem = (name: string): string => readFileSync(new URL(`../transport/fixtures/${name}.pem`, import.meta.url), 'utf8');
const root = pem('ca');
const fingerprint = new X509Certificate(root).fingerprint256;
const options = () => ({ providerId: 'giga', signal: new AbortController().signal });

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(answer: Answer, key?: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server: Server = key === undefined ? createServer(answer) : createHttpsServer({ key, cert: key }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http${key === undefined ? '' : 's'}://localhost:${(server.address() as AddressInfo).port}/root.crt`;
  return { url, [Symbol.asyncDispose]: async () => void (await new Promise((resolve) => server.close(resolve))) };
}

const sends =
  (text: string, status = 200): Answer =>
  (_request, response) =>
    response.writeHead(status).end(text);

test('the expected root is given as PEM, with what it is', async () => {
  await using host = await serve(sends(root));
  const found = await fetchPinnedRoot({ url: host.url, fingerprint }, options());
  expect(new X509Certificate(found.pem).fingerprint256).toBe(fingerprint);
  expect(found).toMatchObject({ fingerprint, subject: expect.stringMatching(/./u), validTo: expect.any(Number) });
});

test('the fingerprint may be written in any of the usual ways', () => {
  expect(readPinnedRoot(root, fingerprint.replaceAll(':', '').toLowerCase())?.fingerprint).toBe(fingerprint);
  expect(readPinnedRoot(pem('self'), fingerprint)).toBeUndefined();
  expect(readPinnedRoot('nothing', fingerprint)).toBeUndefined();
});

test('another certificate is refused, however it is signed', async () => {
  await using host = await serve(sends(pem('self')));
  await expect(fetchPinnedRoot({ url: host.url, fingerprint }, options())).rejects.toMatchObject({
    code: 'tls',
    providerId: 'giga',
    details: { reason: 'fingerprint' },
    message: expect.stringContaining('is not trusted'),
  });
});

test.each(['<html>Sign in to the network</html>', '', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
  'what is no certificate is refused: %j',
  async (text) => {
    await using host = await serve(sends(text));
    await expect(fetchPinnedRoot({ url: host.url, fingerprint }, options())).rejects.toMatchObject({
      code: 'protocol',
      details: { reason: 'not_certificate' },
    });
  },
);

test('a host that refuses or cannot be reached is a fault of the way', async () => {
  const host = await serve(sends('gone', 404));
  await expect(fetchPinnedRoot({ url: host.url, fingerprint }, options())).rejects.toMatchObject({
    code: 'network',
    details: { status: 404 },
  });
  await host[Symbol.asyncDispose]();
  await expect(fetchPinnedRoot({ url: host.url, fingerprint }, options())).rejects.toMatchObject({
    code: 'network',
    details: { reason: 'refused' },
  });
});

test('a host under that very root is asked all the same: the fingerprint decides', async () => {
  await using host = await serve(sends(root), pem('good'));
  expect(await fetchPinnedRoot({ url: host.url, fingerprint }, options())).toMatchObject({ fingerprint });
  await using liar = await serve(sends(pem('self')), pem('good'));
  await expect(fetchPinnedRoot({ url: liar.url, fingerprint }, options())).rejects.toMatchObject({ code: 'tls' });
});

test('a body that comes in pieces is read to its end', async () => {
  await using host = await serve((_request, response) => {
    response.write(root.slice(0, 100));
    setImmediate(() => setImmediate(() => response.end(root.slice(100))));
  });
  expect(await fetchPinnedRoot({ url: host.url, fingerprint }, options())).toMatchObject({ fingerprint });
});

test('redirects are followed, but not for ever', async () => {
  await using host = await serve((request, response) => {
    if (request.url === '/there') sends(root)(request, response);
    else response.writeHead(302, { location: request.url === '/loop' ? '/loop' : '/there' }).end();
  });
  expect(await fetchPinnedRoot({ url: host.url, fingerprint }, options())).toMatchObject({ fingerprint });
  const loop = host.url.replace('root.crt', 'loop');
  await expect(fetchPinnedRoot({ url: loop, fingerprint }, options())).rejects.toMatchObject({ code: 'network', details: { status: 302 } });
});
