import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { AttachmentDto, MessageDto, Problem, SentMessage } from '@multimodel/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0', 'latin1');
const model = 'fake/eyes';
let server: TestApplication;

beforeAll(async () => {
  server = await openTestApplication({ env: { FAKE_API_KEY: 'key-1234', MMC_MAX_ATTACHMENT_MB: '1' } });
  server.vendor.files = { accepts: [{ kind: 'image', mediaTypes: ['image/png'], maxBytes: 10_000 }] };
  await server.call('GET', '/api/v1/models');
});
afterAll(() => server[Symbol.asyncDispose]());

function upload(payload: Buffer | string, name: string, headers: Record<string, string> = {}) {
  return server.app.inject({
    method: 'POST',
    url: '/api/v1/attachments',
    payload,
    headers: { host: 'localhost:3000', 'x-file-name': encodeURIComponent(name), ...headers },
  });
}

async function uploaded(payload: Buffer | string, name: string): Promise<AttachmentDto> {
  const answer = await upload(payload, name);
  expect(answer.statusCode).toBe(201);
  return answer.json<AttachmentDto>();
}

async function send(attachments: readonly string[], body: Record<string, unknown> = {}) {
  const chat = (await server.call('POST', '/api/v1/chats', { model })).json<{ id: string }>();
  return server.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'See', attachments, ...body });
}

async function settled(sent: SentMessage): Promise<readonly MessageDto[]> {
  await server.call('GET', `/api/v1/runs/${sent.run.id}/events`);
  return (await server.call('GET', `/api/v1/chats/${sent.run.chatId}/messages`)).json<{ items: MessageDto[] }>().items;
}

describe('an upload', () => {
  test('answers with what the bytes are, and its place', async () => {
    const answer = await upload(png, 'Кот 🐈.png', { 'content-type': 'image/png' });
    expect(answer.statusCode).toBe(201);
    const body = answer.json<AttachmentDto & { createdAt: number }>();
    expect(body).toEqual({
      id: body.id,
      name: 'Кот 🐈.png',
      mediaType: 'image/png',
      kind: 'image',
      size: png.length,
      sha256: createHash('sha256').update(png).digest('hex'),
      width: 640,
      height: 480,
      createdAt: body.createdAt,
    });
    expect(answer.headers['location']).toBe(`/api/v1/attachments/${body.id}`);
    const { createdAt: _createdAt, ...facts } = body;
    expect((await server.call('GET', `/api/v1/attachments/${body.id}`)).json()).toEqual(facts);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', undefined])('takes a JSON file as %s', async (type) => {
    const answer = await upload('{"a": [1, 2', 'broken.json', type === undefined ? {} : { 'content-type': type });
    expect(answer.json()).toMatchObject({ mediaType: 'application/json', kind: 'document', size: 11 });
  });

  test.each([
    [413, 'payload_too_large', Buffer.alloc(1024 * 1024 + 1, 'a'), { 'x-file-name': 'big.txt' }],
    [415, 'unsupported_media_type', Buffer.from('MZ\x90\0\x03'), { 'x-file-name': 'setup.exe' }],
    [415, 'unsupported_media_type', png, { 'content-encoding': 'gzip' }],
    [400, 'validation_failed', Buffer.from('just text'), { 'content-type': 'image/png' }],
    [400, 'validation_failed', Buffer.alloc(0), {}],
    [400, 'validation_failed', png, { 'x-file-name': '%E0%A4%A' }],
    [400, 'validation_failed', png, { 'idempotency-key': 'with space' }],
  ])('is refused with %i %s: %#', async (status, code, payload, headers) => {
    const answer = await upload(payload, 'a.png', headers);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([status, code]);
    expect(await readdir(join(server.dataDir, 'files', 'unfinished'))).toEqual([]);
  });

  test('repeated with the same key is one file', async () => {
    const again = () => upload('once', 'once.txt', { 'idempotency-key': 'upload-1' });
    const [one, two] = [await again(), await again()];
    expect(one.json<AttachmentDto>().id).toBe(two.json<AttachmentDto>().id);
    expect((await upload('other', 'once.txt', { 'idempotency-key': 'upload-1' })).statusCode).toBe(422);
  });

  test('says what is taken before anything is sent', async () => {
    const limits = (await server.call('GET', '/api/v1/attachment-limits')).json<{ maxBytes: number; mediaTypes: string[] }>();
    expect(limits).toMatchObject({ maxBytes: 1024 * 1024, maxPerMessage: 20 });
    expect(limits.mediaTypes).toContain('application/pdf');
  });

  test('of JSON elsewhere stays JSON', async () => {
    const answer = await server.call('POST', '/api/v1/chats', {}, { 'content-type': 'text/plain' });
    expect(answer.statusCode).toBe(415);
  });
});

describe('over a real connection', () => {
  let port: number;
  beforeAll(async () => {
    port = Number(new URL(await server.app.listen({ port: 0, host: '127.0.0.1' })).port);
  });

  function open(headers: Record<string, string>) {
    const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/attachments', headers });
    const answer = new Promise<number>((resolve, reject) => {
      request.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      request.on('error', reject);
    });
    return { request, answer };
  }

  test('a file that turns out too large is refused in words, although more of it is on its way', async () => {
    const { request, answer } = open({ 'transfer-encoding': 'chunked' });
    for (let piece = 0; piece < 40; piece += 1) request.write(Buffer.alloc(64 * 1024, 'a'));
    request.end();
    expect(await answer).toBe(413);
  });

  test('a size that is too large already in the header is refused before the body', async () => {
    const { request, answer } = open({ 'content-length': String(50 * 1024 * 1024) });
    request.flushHeaders();
    expect(await answer).toBe(413);
    request.destroy();
  });

  test('a sender that goes away leaves nothing', async () => {
    const { request, answer } = open({ 'transfer-encoding': 'chunked' });
    request.write(Buffer.alloc(64 * 1024, 'a'));
    const folder = join(server.dataDir, 'files', 'unfinished');
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    request.destroy();
    await expect(answer).rejects.toThrow();
    await expect.poll(() => readdir(folder)).toEqual([]);
    expect(server.log.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});

describe('the content', () => {
  test('of a picture is shown in place, and nothing in it may run', async () => {
    const { id, sha256 } = await uploaded(png, 'Кот.png');
    const answer = await server.app.inject({ url: `/api/v1/attachments/${id}/content`, headers: { host: 'localhost:3000' } });
    expect(answer.rawPayload.equals(png)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition': `inline; filename="___.png"; filename*=UTF-8''%D0%9A%D0%BE%D1%82.png`,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${sha256}"`,
    });
  });

  test.each([
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
    ['page.html', '<!doctype html><script>alert(1)</script>', 'text/html'],
    ['page.txt', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['a.pdf', '%PDF-1.7 /JS (app.alert(1))', 'application/pdf'],
    ['"; filename=evil.exe', 'text', 'text/plain'],
  ])('of %s is only ever saved', async (name, content, mediaType) => {
    const { id } = await uploaded(content, name);
    const { headers } = await server.call('GET', `/api/v1/attachments/${id}/content`);
    expect(headers['content-type']).toContain(mediaType);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''[\w.%!~-]+$/);
    expect(headers['content-security-policy']).toMatch(/sandbox/);
  });

  test('that the reader has is not sent again', async () => {
    const { id, sha256 } = await uploaded(png, 'a.png');
    const url = `/api/v1/attachments/${id}/content`;
    const known = await server.call('GET', url, undefined, { 'if-none-match': `"other", W/"${sha256}"` });
    expect([known.statusCode, known.body]).toEqual([304, '']);
    expect((await server.call('GET', url, undefined, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  test('of an unknown file, or of one whose bytes are lost, is 404', async () => {
    for (const id of ['unknown', '..%2f..', 'x'.repeat(100)]) {
      expect((await server.call('GET', `/api/v1/attachments/${id}/content`)).json()).toMatchObject({ code: 'not_found' });
    }
  });
});

test('one that was not sent can be deleted, one that was sent cannot', async () => {
  const { id } = await uploaded('a file', 'a.txt');
  expect((await server.call('DELETE', `/api/v1/attachments/${id}`)).statusCode).toBe(204);
  expect((await server.call('GET', `/api/v1/attachments/${id}`)).statusCode).toBe(404);
  const sent = await uploaded(png, 'b.png');
  expect((await send([sent.id])).statusCode).toBe(202);
  expect((await server.call('DELETE', `/api/v1/attachments/${sent.id}`)).statusCode).toBe(409);
});

describe('a message', () => {
  test('carries its files to the model and lists them', async () => {
    const { id } = await uploaded(png, 'cat.png');
    server.vendor.requests.length = 0;
    const answer = await send([id]);
    const sent = answer.json<SentMessage>();
    expect(sent.userMessage.attachments).toMatchObject([{ id, name: 'cat.png', width: 640 }]);
    const items = await settled(sent);
    expect(items[0]?.attachments).toEqual(sent.userMessage.attachments);
    expect(server.vendor.requests[0]?.messages[0]?.parts).toEqual([
      { type: 'file', mediaType: 'image/png', name: 'cat.png', data: png },
      { type: 'text', text: 'See' },
    ]);
  });

  test('may be blank beside a file, and must not be without one', async () => {
    const { id } = await uploaded(png, 'cat.png');
    expect((await send([id], { text: '' })).statusCode).toBe(202);
    expect((await send([], { text: ' ' })).json()).toMatchObject({ fields: [{ path: 'text', message: 'must not be empty' }] });
    expect((await send(Array.from({ length: 21 }, () => id))).json()).toMatchObject({ fields: [{ path: 'attachments' }] });
    expect((await send(['unknown'])).statusCode).toBe(404);
  });

  test('that its model does not take is refused in the reader’s language, with a model that does', async () => {
    const { id } = await uploaded(png, 'cat.png');
    const refused = await send([id], { model: 'fake/one' });
    expect(refused.json()).toMatchObject({
      status: 400,
      code: 'attachment_not_supported',
      details: { model: 'fake/one', models: expect.arrayContaining([model]) },
      fields: [{ path: 'attachments[0]' }],
    });
    const chat = (await server.call('POST', '/api/v1/chats', {})).json<{ id: string }>();
    const body = { text: 'See', model: 'fake/one', attachments: [id] };
    const russian = await server.call('POST', `/api/v1/chats/${chat.id}/messages`, body, { 'accept-language': 'ru' });
    expect(russian.json<Problem>().detail).toMatch(
      /^Модель fake\/one не\u00a0примет файл «cat\.png»: такие файлы \(image\/png\) она не принимает\. Его примут: /,
    );
  });

  test('whose model makes a picture shows it in its events and keeps it', async () => {
    const before = server.vendor.events;
    server.vendor.events = [{ type: 'file', mediaType: 'image/png', data: png }, ...before];
    const sent = (await send([])).json<SentMessage>();
    const events = (await server.call('GET', `/api/v1/runs/${sent.run.id}/events`)).body;
    server.vendor.events = before;
    const [, answer] = await settled(sent);
    const [made] = answer?.attachments ?? [];
    expect(made).toMatchObject({ name: 'image.png', mediaType: 'image/png' });
    expect(events).toContain(JSON.stringify(made));
    const content = await server.app.inject({ url: `/api/v1/attachments/${made?.id}/content`, headers: { host: 'localhost:3000' } });
    expect(content.rawPayload.equals(png)).toBe(true);
  });

  test('is forecast with its files', async () => {
    const { id } = await uploaded(png, 'cat.png');
    const forecast = async (attachments: readonly string[]) =>
      (await server.call('POST', '/api/v1/context', { text: 'x', model, attachments })).json<{ inputTokens: number }>().inputTokens;
    expect((await forecast([id])) - (await forecast([]))).toBeGreaterThan(1_000);
  });
});

test('deleting a chat deletes what only it had', async () => {
  const [mine, shared] = [await uploaded(Buffer.concat([png, Buffer.from('mine')]), 'a.png'), await uploaded(png, 'b.png')];
  const sent = (await send([mine.id, shared.id])).json<SentMessage>();
  await settled(sent);
  expect((await server.call('DELETE', `/api/v1/chats/${sent.run.chatId}`)).statusCode).toBe(204);
  expect((await server.call('GET', `/api/v1/attachments/${mine.id}`)).statusCode).toBe(404);
  const contents = (await readdir(join(server.dataDir, 'files'), { recursive: true })).join(' ');
  expect([contents.includes(mine.sha256), contents.includes(shared.sha256)]).toEqual([false, true]);
});
