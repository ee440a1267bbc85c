import type { AttachmentDto, ModelPage, Problem } from '@multimodel/contract';
import { refuseFiles } from '@multimodel/contract/file-fit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

const model = 'fake/eyes';
let server: TestApplication;

beforeAll(async () => {
  server = await openTestApplication({ env: { FAKE_API_KEY: 'key-1234', MMC_MAX_ATTACHMENT_MB: '3' } });
  server.vendor.files = {
    accepts: [
      { kind: 'image', mediaTypes: ['image/png', 'image/gif'], maxBytes: 10_000, maxPerMessage: 2 },
      { kind: 'document', mediaTypes: ['application/pdf', 'text/csv'], maxBytes: 1_000 },
    ],
    maxTotalBytes: 12_000,
  };
});
afterAll(() => server[Symbol.asyncDispose]());

let made = 0;
async function upload(begin: string, size: number, name: string): Promise<AttachmentDto> {
  made += 1;
  const payload = Buffer.alloc(size, String(made % 10));
  payload.write(begin, 'latin1');
  const headers = { host: 'localhost:3000', 'x-file-name': name };
  return (await server.app.inject({ method: 'POST', url: '/api/v1/attachments', payload, headers })).json<AttachmentDto>();
}

const png = (size: number) => upload('\x89PNG\r\n\x1a\n', size, 'a.png');
const gif = (size: number) => upload('GIF89a', size, 'a.gif');
const pdf = (size: number) => upload('%PDF-', size, 'a.pdf');
const wav = (size: number) => upload('RIFF    WAVE', size, 'a.wav');
const text = (size: number, name = 'a.txt') => upload('', size, name);

test.each([
  ['what it takes', () => [png(9_000), pdf(900), text(500)], []],
  ['another kind', () => [png(100), wav(100)], [1]],
  ['too large', () => [png(10_001), pdf(1_001)], [0, 1]],
  ['too many, counted over all types of a kind', () => [png(10), gif(10), png(10)], [2]],
  ['too much together', () => [png(9_000), png(4_000)], [1]],
  ['a text that is too large for a file is put into the message', () => [text(1_500, 'a.csv')], []],
  ['a text that no message holds', () => [text(2 * 1024 * 1024 + 1)], [0]],
])('%s: the rule foretells what sending says', async (_, make, refused) => {
  const files = await Promise.all(make());
  const models = (await server.call('GET', '/api/v1/models')).json<ModelPage>().items;
  const rule = refuseFiles(files, models.find(({ id }) => id === model)?.files);
  expect(rule.flatMap((refusal, index) => (refusal ? [index] : []))).toEqual(refused);
  const chat = (await server.call('POST', '/api/v1/chats', { model })).json<{ id: string }>();
  const answer = await server.call('POST', `/api/v1/chats/${chat.id}/messages`, { text: 'x', attachments: files.map(({ id }) => id) });
  const fields = answer.json<Problem>().fields ?? [];
  expect([answer.statusCode, fields.map(({ path }) => path)]).toEqual([
    refused.length > 0 ? 400 : 202,
    refused.map((index) => `attachments[${index}]`),
  ]);
});

test('a model without files takes texts only', () => {
  expect(
    refuseFiles(
      [
        { mediaType: 'text/markdown', size: 10 },
        { mediaType: 'image/png', size: 10 },
      ],
      undefined,
    ),
  ).toEqual([undefined, { reason: 'type' }]);
});
