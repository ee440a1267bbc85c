import { createHash } from 'node:crypto';
import type { ChatRequest, FilePart, MessagePart } from '@multimodel/core';
import { expect, test } from 'vitest';
import { limitBytes } from './file-kinds.ts';
import { corporate, newSignal, openTestAccount, parseBody, rejection, type TestAccount } from './test-account.ts';

const options = () => ({ signal: newSignal() });
const file = (name: string, mediaType: string, content = name): FilePart => ({
  type: 'file',
  name,
  mediaType,
  data: new TextEncoder().encode(content),
});
const cat = file('кот.png', 'image/png');
const dog = file('dog.jpg', 'image/jpeg');
const report = file('report.pdf', 'application/pdf');
const asks = (...parts: readonly (FilePart | string)[]): ChatRequest => ({
  messages: [{ role: 'user', parts: parts.map((part): MessagePart => (typeof part === 'string' ? { type: 'text', text: part } : part)) }],
});
const uploadsOf = ({ simulator }: TestAccount) =>
  simulator.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/files');
const deletionsOf = ({ simulator }: TestAccount) => simulator.requests.filter(({ path }) => path.endsWith('/delete'));
const versions = ['v1', 'v2'] as const;
const max = 'GigaChat-2-Max';

test.each(versions)('V17 on %s: an image is uploaded once, seen, and seen again in the next question', async (protocol) => {
  await using account = await openTestAccount({ settings: () => ({ protocol }) });
  const answer = await account.ask(asks('Что это?', cat), max);
  expect(answer.text).toContain('кот.png (image/png');
  expect(answer.warnings).toEqual([]);
  await account.ask(asks('А теперь?', { ...cat, data: cat.data.slice() }), max);
  expect(uploadsOf(account)).toHaveLength(1);
  const [id] = account.simulator.files.map((stored) => stored.id);
  const message = protocol === 'v1' ? { content: 'Что это?', attachments: [id] } : { content: [{ text: 'Что это?' }, { files: [{ id }] }] };
  expect(account.questions()[0]?.['messages']).toEqual([{ role: 'user', ...message }]);
});

test.each(versions)(
  'on %s several images go in messages of their own, in their order: the vendor takes one with a message',
  async (protocol) => {
    await using account = await openTestAccount({ settings: () => ({ protocol }) });
    const { text } = await account.ask(asks('Кто это?', cat, dog), max);
    expect(text).toMatch(/кот\.png[\s\S]*dog\.jpg/u);
  },
);

test('the vendor’s own spelling of a type is used, and a name that fits it', async () => {
  await using account = await openTestAccount({ settings: () => corporate });
  const kinds = [
    ['a.epub', 'application/epub+zip', 'application/epub', 'a.epub'],
    ['b.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel', 'b.xlsx'],
    ['c.pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/pptx', 'c.pptx'],
    ['d.md', 'text/markdown; charset=utf-8', 'text/plain', 'd.md.txt'],
    ['e"\n.pdf', 'application/pdf', 'application/pdf', 'e" .pdf'],
  ] as const;
  for (const [name, mediaType] of kinds) await account.ask(asks('?', file(name, mediaType)));
  expect(account.simulator.files.map(({ name, mime }) => [mime, name])).toEqual(kinds.map(([, , mime, name]) => [mime, name]));
});

test('what does not fit is left out and said, the newest goes along', async () => {
  await using account = await openTestAccount();
  const large = { ...file('large.png', 'image/png'), data: new Uint8Array(limitBytes.image + 1) };
  const older = asks('Раз', file('old.pdf', 'application/pdf')).messages;
  const request = { messages: [...older, ...asks('Два', report, large, file('a.zip', 'application/zip'), cat).messages] };
  const { warnings } = await account.ask(request, max);
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    ['content_dropped', expect.stringMatching(/old\.pdf.*one document/u)],
    ['content_dropped', expect.stringMatching(/large\.png.*larger/u)],
    ['content_dropped', expect.stringMatching(/a\.zip.*this type/u)],
  ]);
  expect(account.simulator.files.map(({ name }) => name)).toEqual(['report.pdf', 'кот.png']);
});

test('at most ten images go along', async () => {
  await using account = await openTestAccount();
  const images = Array.from({ length: 12 }, (_, index) => file(`${String(index)}.png`, 'image/png'));
  const { warnings } = await account.ask(asks('?', ...images), max);
  expect(warnings.map(({ message }) => message.slice(0, 5))).toEqual(['0.png', '1.png']);
});

test('a model without eyes gets the question without the image, and says so', async () => {
  await using account = await openTestAccount();
  const { warnings, reason } = await account.ask(asks('Что это?', cat), 'GigaChat-2');
  expect([warnings[0]?.code, reason, uploadsOf(account).length]).toEqual(['content_dropped', 'stop', 0]);
});

test('a document lets the vendor read it, beside functions of ours too', async () => {
  await using account = await openTestAccount({ settings: () => ({ drawsPictures: false }) });
  expect((await account.ask(asks('О чём это?', report))).text).toContain('report.pdf');
  expect(account.questions()[0]).toMatchObject({ function_call: 'auto' });
  await account.ask({ ...asks('О чём это?', report), tools: [{ name: 'time', parameters: {} }] });
  expect(account.questions()[1]?.['functions']).toContainEqual({ name: 'get_file_content' });
});

test('questions at the same time share one upload; one that is given up leaves it to the other', async () => {
  await using account = await openTestAccount({ settings: () => corporate });
  await Promise.all([account.ask(asks('1', cat), max), account.ask(asks('2', cat), max)]);
  expect(uploadsOf(account)).toHaveLength(1);
  const leaving = new AbortController();
  const first = account.model(max).stream(asks('1', dog), { signal: leaving.signal })[Symbol.asyncIterator]();
  const given = first.next().catch(() => undefined);
  const second = account.ask(asks('2', dog), max);
  leaving.abort();
  await given;
  expect((await second).text).toContain('dog.jpg');
});

test.each(versions)('on %s a file that the vendor has lost is uploaded again', async (protocol) => {
  await using account = await openTestAccount({ settings: () => ({ protocol }) });
  await account.ask(asks('?', cat), max);
  const [lost] = account.simulator.files;
  await account.provider.forgetFile?.(createHash('sha256').update('nothing').digest('hex'), options());
  await deleteAtVendor(account, lost?.id ?? '');
  expect((await account.ask(asks('?', cat), max)).text).toContain('кот.png');
  expect(uploadsOf(account)).toHaveLength(2);
});

async function deleteAtVendor({ simulator }: TestAccount, id: string): Promise<void> {
  const { authorization = '' } = simulator.requests.at(-1)?.headers ?? {};
  const response = await fetch(`${simulator.baseUrl}/files/${id}/delete`, { method: 'POST', headers: { authorization } });
  expect(response.status).toBe(200);
}

test('quirk 24: a file that is forgotten here is deleted there, and uploaded anew when it is needed', async () => {
  await using account = await openTestAccount();
  await account.ask(asks('?', cat), max);
  const hash = createHash('sha256').update(cat.data).digest('hex');
  await account.provider.forgetFile?.(hash, options());
  expect([account.simulator.files.length, deletionsOf(account).map(({ method }) => method)]).toEqual([0, ['POST']]);
  await account.provider.forgetFile?.(hash, options());
  expect(deletionsOf(account)).toHaveLength(1);
  await account.ask(asks('?', cat), max);
  expect(uploadsOf(account)).toHaveLength(2);
});

test('an upload that is refused is the error of the question, and is tried again with the next one', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'error', status: 413, message: 'Payload too large' });
  expect(await rejection(account.ask(asks('?', cat), max))).toMatchObject({ code: 'context_too_long', details: { fault: 'tooLarge' } });
  account.simulator.play({ kind: 'default' });
  expect((await account.ask(asks('?', cat), max)).text).toContain('кот.png');
});

test.each(versions)('V18, quirk 18 and 25 on %s: a drawn picture is a file of the answer, and its tag is no text', async (protocol) => {
  await using account = await openTestAccount({ settings: () => ({ protocol }) });
  const answer = await account.ask('Нарисуй кота', max);
  expect(answer).toMatchObject({
    text: protocol === 'v1' ? expect.not.stringContaining('<img') : expect.stringMatching(/./u),
    reason: 'stop',
  });
  expect(answer.text).not.toContain('Осталось');
  expect(answer.files.map(({ mediaType, name }) => [mediaType, name])).toEqual([['image/jpeg', 'gigachat.jpg']]);
  expect(
    Buffer.from(answer.files[0]?.data ?? [])
      .subarray(0, 2)
      .toString('hex'),
  ).toBe('ffd8');
});

test('a picture that cannot be fetched is told of; the answer stays', async () => {
  await using account = await openTestAccount();
  const tag = '<img src="3727db23-91a3-44fa-a6b7-9f0a311d3e9e" fuse="true"/>';
  account.simulator.play({ kind: 'answer', pieces: [tag.slice(0, 9), tag.slice(9), ' Вот'] });
  const { text, files, warnings, reason } = await account.ask('Нарисуй');
  expect([text, files, reason, warnings.map(({ code }) => code)]).toEqual(['Вот', [], 'stop', ['content_dropped']]);
});

test.each(versions)('on %s a model that cannot draw is asked without, and remembered', async (protocol) => {
  await using account = await openTestAccount({ settings: () => ({ protocol }) });
  const message = protocol === 'v1' ? 'Requested model does not support functions' : 'Tool image_generate is unavailable';
  account.simulator.play({ kind: 'error', status: 422, message });
  const failing = rejection(account.ask('1'));
  await failing;
  expect(account.questions()).toHaveLength(2);
  expect(JSON.stringify(account.questions()[0])).toMatch(/function_call|image_generate/u);
  expect(Object.keys(account.questions()[1] ?? {})).not.toContain(protocol === 'v1' ? 'function_call' : 'tools');
});

test('what was made is deleted nowhere, and a history with a drawn picture goes on', async () => {
  await using account = await openTestAccount();
  const drawn: FilePart = file('gigachat.jpg', 'image/jpeg');
  await account.ask({ messages: [...asks('Нарисуй').messages, { role: 'assistant', parts: [drawn] }, ...asks('Ещё').messages] });
  const body = parseBody(account.simulator.requests.at(-1)?.body ?? '{}');
  expect(body['messages']).toEqual([
    { role: 'user', content: 'Нарисуй' },
    { role: 'assistant', content: '[image]' },
    { role: 'user', content: 'Ещё' },
  ]);
  expect(uploadsOf(account)).toHaveLength(0);
});
