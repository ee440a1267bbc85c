import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { request } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { expect, test } from 'vitest';
import {
  exampleAuthorizationKey,
  type GigaChatSimulator,
  simulatedClientCertificatePath,
  simulatedRootPath,
  startGigaChatSimulator,
} from '../index.ts';
import { TestClient, tokenOf } from './test-client.ts';

const ca = readFileSync(simulatedRootPath, 'utf8');
const own = readFileSync(simulatedClientCertificatePath, 'utf8');
const question = JSON.stringify({ model: 'GigaChat-2', stream: true, messages: [{ role: 'user', content: '?' }] });

interface Http2Answer {
  readonly status: number;
  /** What came before the stream ended or was broken off, part after part. */
  readonly parts: readonly string[];
  readonly error: string | undefined;
}

class Http2Client implements AsyncDisposable {
  readonly #session: ClientHttp2Session;
  readonly #authorization: Readonly<Record<string, string>>;

  constructor(url: string, token: string | undefined, options: ConnectionOptions = {}) {
    this.#session = connect(url, options);
    this.#session.on('error', () => undefined);
    this.#authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  get protocol(): string | undefined {
    return this.#session.alpnProtocol;
  }

  chat(onPart: () => void = () => undefined): Promise<Http2Answer> {
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': '/v1/chat/completions',
      'user-agent': 'test',
      ...this.#authorization,
    });
    return new Promise((resolve, reject) => {
      let status = 0;
      let error: string | undefined;
      const parts: string[] = [];
      stream.on('response', (headers) => {
        status = headers[':status'] ?? 0;
      });
      stream.on('data', (part: Buffer) => {
        parts.push(part.toString());
        onPart();
      });
      stream.on('error', (failure) => {
        error = failure.message;
      });
      stream.on('close', () => resolve({ status, parts, error }));
      this.#session.on('error', reject);
      stream.end(question);
    });
  }

  /** Gives an answer up as soon as a part of it has come. */
  leave(): Promise<void> {
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': '/v1/chat/completions',
      'user-agent': 'test',
      ...this.#authorization,
    });
    stream.on('data', () => stream.close(8));
    stream.end(question);
    return new Promise((resolve) => stream.on('close', resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => {
      if (this.#session.destroyed) resolve();
      else this.#session.close(resolve);
    });
  }
}

const open = async (simulator: GigaChatSimulator): Promise<Http2Client> => new Http2Client(simulator.url, await tokenOf(simulator));

test('V24: over HTTP/2 each part comes when it is said, over HTTP/1.1 all of them at the end', async () => {
  await using simulator = await startGigaChatSimulator({ quirks: { holdsHttp1: true } });
  await using client = await open(simulator);
  simulator.play({ kind: 'stall', pieces: ['Раз', ', два'] });
  const first = Promise.withResolvers<void>();
  const answer = client.chat(first.resolve);
  await first.promise;
  expect(simulator.state).toMatchObject({ holding: 1, openStreams: 1 });
  simulator.advance();
  expect((await answer).parts.join('')).toMatch(/"Раз".*", два".*\[DONE\]/su);
  expect(simulator.requests.at(-1)?.httpVersion).toBe('2');

  simulator.play({ kind: 'stall', pieces: ['Раз', ', два'] });
  let hasHeaders = false;
  const held = (await TestClient.open(simulator)).chat('?', { stream: true }).then((response) => {
    hasHeaders = true;
    return response.text();
  });
  await expect.poll(() => simulator.state.holding).toBe(1);
  expect(hasHeaders).toBe(false);
  simulator.advance();
  expect(await held).toMatch(/"Раз".*", два".*\[DONE\]/su);
  expect(simulator.requests.at(-1)?.httpVersion).toBe('1.1');
});

test('V24: what is held comes before a cut', async () => {
  await using simulator = await startGigaChatSimulator({ quirks: { holdsHttp1: true } });
  simulator.play({ kind: 'cut', pieces: ['Раз'], how: 'clean-eof' });
  const text = await (await (await TestClient.open(simulator)).chat('?', { stream: true })).text();
  expect(text).toMatch(/^data: .*"Раз".*\}\n\n$/u);
});

test.each([
  ['clean-eof', undefined],
  ['reset', expect.stringContaining('INTERNAL_ERROR')],
] as const)('V15: a cut over HTTP/2: %s', async (how, error) => {
  await using simulator = await startGigaChatSimulator();
  await using client = await open(simulator);
  simulator.play({ kind: 'cut', pieces: ['Раз'], how });
  const answer = await client.chat();
  expect(answer).toMatchObject({ status: 200, parts: [expect.stringContaining('Раз')], error });
  expect(simulator.state).toMatchObject({ started: 1, broken: 1, openStreams: 0 });
  simulator.play({ kind: 'answer', pieces: ['Два'] });
  expect((await client.chat()).parts.join('')).toContain('[DONE]');
});

test('a client that gives up a stream of HTTP/2 is seen', async () => {
  await using simulator = await startGigaChatSimulator();
  await using client = await open(simulator);
  simulator.play({ kind: 'stall', pieces: ['Раз'] });
  await client.leave();
  await simulator.clientGone();
  expect(simulator.state).toMatchObject({ started: 1, cancelled: 1, openStreams: 0, holding: 0 });
});

interface SecureAnswer {
  readonly status: number;
  readonly body: string;
}

function askSecurely(
  url: string,
  options: ConnectionOptions & { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
): Promise<SecureAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, method: 'POST', ...options }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => {
        body += part.toString();
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end(options.body ?? 'scope=GIGACHAT_API_PERS');
  });
}

const basic = { authorization: `Basic ${exampleAuthorizationKey}`, rquid: '6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e' };

test('V25: without the root nobody trusts it, with the root both protocols are offered', async () => {
  await using simulator = await startGigaChatSimulator({ tls: {} });
  expect(simulator.url).toMatch(/^https:/u);
  await expect(askSecurely(simulator.oauthUrl, { headers: basic })).rejects.toMatchObject({
    code: expect.stringMatching(/CERT|ISSUER|SIGNATURE/u),
  });
  const { status, body } = await askSecurely(simulator.oauthUrl, { ca, headers: basic });
  expect(status).toBe(200);
  const [, token = ''] = /"access_token":"([^"]+)"/u.exec(body) ?? [];
  await using client = new Http2Client(simulator.url, token, { ca });
  simulator.play({ kind: 'answer', pieces: ['Раз'] });
  expect((await client.chat()).parts.join('')).toContain('[DONE]');
  expect(client.protocol).toBe('h2');
});

test('V15: an answer behind TLS breaks off too', async () => {
  await using simulator = await startGigaChatSimulator({ tls: { clientCertificate: 'optional' } });
  simulator.play({ kind: 'cut', pieces: ['Раз'], how: 'reset' });
  const options = { ca, key: own, cert: own, headers: { 'user-agent': 'test' }, body: question };
  await expect(askSecurely(`${simulator.baseUrl}/chat/completions`, options)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(simulator.state).toMatchObject({ started: 1, broken: 1, openStreams: 0 });
});

test('a certificate stands for a token where it is asked for', async () => {
  await using simulator = await startGigaChatSimulator({ tls: { clientCertificate: 'optional' } });
  await using known = new Http2Client(simulator.url, undefined, { ca, key: own, cert: own });
  await using unknown = new Http2Client(simulator.url, undefined, { ca });
  expect([(await known.chat()).status, (await unknown.chat()).status]).toEqual([200, 401]);
});

test('a certificate can be required in the handshake', async () => {
  await using simulator = await startGigaChatSimulator({ tls: { clientCertificate: 'required' } });
  await expect(askSecurely(simulator.oauthUrl, { ca, headers: basic })).rejects.toMatchObject({
    code: expect.stringMatching(/CERTIFICATE_REQUIRED|ECONNRESET/u),
  });
  expect((await askSecurely(simulator.oauthUrl, { ca, key: own, cert: own, headers: basic })).status).toBe(200);
});
