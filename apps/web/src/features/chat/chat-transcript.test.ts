import { NetworkError } from '@multimodel/client';
import type { MessageDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { FakeServer } from '../../testing/fake-server.ts';
import { chatToMarkdown, chatToText, readBranch } from './chat-transcript.ts';

const texts = { you: 'You', answer: 'Answer', stopped: 'stops here', writing: 'being written', empty: 'none' };
const modelName = ({ model }: MessageDto) => model?.toUpperCase();
const message = (role: MessageDto['role'], text: string, more: Partial<MessageDto> = {}): MessageDto => ({
  id: text,
  chatId: 'c',
  role,
  text,
  state: 'completed',
  createdAt: 0,
  ...more,
});

const chat = [
  message('user', '2 * 3 * 4?\n'),
  message('assistant', '**24**', { model: 'gpt' }),
  message('user', 'And?'),
  message('assistant', 'Half of', { state: 'stopped' }),
  message('user', 'Long'),
  message('assistant', 'Cut', { reason: 'length' }),
  message('user', 'Last'),
  message('assistant', '', { state: 'failed' }),
];

test('as Markdown: title, who said it, and whether it is whole', () => {
  expect(chatToMarkdown(chat, { title: 'A\nb', texts, modelName })).toBe(
    [
      '# A b',
      '**You**\n\n2 * 3 * 4?',
      '**Answer · GPT**\n\n**24**',
      '**You**\n\nAnd?',
      '**Answer**\n\nHalf of\n\n*(stops here)*',
      '**You**\n\nLong',
      '**Answer**\n\nCut\n\n*(stops here)*',
      '**You**\n\nLast',
      '**Answer**\n\n*(none)*\n',
    ].join('\n\n---\n\n'),
  );
});

test('as text: answers without their marks, questions as they were typed', () => {
  const toText = (markdown: string) => markdown.replaceAll('*', '');
  expect(chatToText(chat.slice(0, 4), { title: undefined, texts, modelName, toText })).toBe(
    'You:\n2 * 3 * 4?\n\nAnswer · GPT:\n24\n\nYou:\nAnd?\n\nAnswer:\nHalf of\n(stops here)\n',
  );
  expect(chatToText([message('assistant', 'x', { state: 'streaming' })], { title: 'T', texts, modelName, toText })).toBe(
    'T\n\nAnswer:\nx\n(being written)\n',
  );
});

test('files keep at least their names, which are no markup', () => {
  overwriteGetLocale(() => 'en');
  const file = { id: 'f', mediaType: 'image/png', kind: 'image', size: 1, sha256: '' } as const;
  const filed = [
    message('user', '', {
      attachments: [
        { ...file, name: 'a_b_*.png' },
        { ...file, name: 'c.pdf' },
      ],
    }),
    message('assistant', 'Here', { attachments: [{ ...file, name: 'made.png' }] }),
    message('assistant', '', { attachments: [{ ...file, name: 'alone.png' }] }),
  ];
  expect(chatToMarkdown(filed, { title: undefined, texts, modelName })).toBe(
    ['**You**\n\nFiles: a\\_b\\_\\*.png, c.pdf', '**Answer**\n\nHere\n\nFiles: made.png', '**Answer**\n\nFiles: alone.png\n'].join(
      '\n\n---\n\n',
    ),
  );
  expect(chatToText(filed, { title: undefined, texts, modelName, toText: (markdown) => markdown })).toBe(
    ['You:\nFiles: a_b_*.png, c.pdf', 'Answer:\nHere\nFiles: made.png', 'Answer:\nFiles: alone.png\n'].join('\n\n'),
  );
});

test('a long branch comes whole, in order, and says how far it is', async () => {
  const server = new FakeServer();
  const { id } = server.addChat();
  server.addMessages(id, 450);
  const told: [number, boolean][] = [];
  const signal = new AbortController().signal;
  const messages = await readBranch(server.client, id, { signal, onProgress: (...progress) => void told.push(progress) });
  expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: 450 }, (_, index) => `message ${index}`));
  expect(told).toEqual([
    [200, false],
    [400, false],
    [450, true],
  ]);
});

test('it stops when nobody wants it, and fails as a whole', async () => {
  const server = new FakeServer();
  const { id } = server.addChat();
  server.addMessages(id, 450);
  const abort = new AbortController();
  const cancelled = readBranch(server.client, id, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.calls).toHaveLength(2);
  server.failNext('list', new NetworkError('cut'));
  const signal = new AbortController().signal;
  await expect(readBranch(server.client, id, { signal, onProgress: () => undefined })).rejects.toBeInstanceOf(NetworkError);
});
