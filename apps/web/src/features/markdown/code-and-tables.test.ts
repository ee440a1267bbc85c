import { expect, test } from 'vitest';
import { findLanguage } from './code-languages.ts';
import { HighlightMemory } from './highlight-memory.ts';
import type { HighlightReply, HighlightRequest, TokenLine } from './highlight-protocol.ts';
import { type Highlighted, type HighlightPort, HighlightSession } from './highlight-session.ts';
import { IncrementalHighlighter } from './incremental-highlighter.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { loadShiki } from './shiki-loader.ts';
import { tableToCsv, tableToMarkdown } from './table-text.ts';

const code = `/* a\n comment */\nconst text = \`line\n\${sum(1)} end\`;\n${'export const x = 1; // yes\n'.repeat(90)}done`;
const textOf = (lines: readonly TokenLine[]) =>
  lines.map((line) => line.map((token) => (typeof token === 'string' ? token : token[0])).join(''));

test('code that grows is coloured as code that came at once', async () => {
  const shiki = await loadShiki('typescript');
  const whole = new IncrementalHighlighter(shiki, 'typescript').append(`${code}\n`).lines;
  for (const size of [1, 7, 100]) {
    const growing = new IncrementalHighlighter(shiki, 'typescript');
    const lines: TokenLine[] = [];
    for (let at = 0; at < code.length; at += size) lines.push(...growing.append(code.slice(at, at + size)).lines);
    lines.push(...growing.append('\n').lines);
    expect(lines).toEqual(whole);
  }
  expect(textOf(whole).join('\n')).toBe(code);
  expect(whole[1]?.[0]).toEqual([' comment */', 'comment']);
});

class ManualPort implements HighlightPort {
  readonly requests: HighlightRequest[] = [];
  #onReply: ((reply: HighlightReply) => void) | undefined;

  send = (request: HighlightRequest) => void this.requests.push(request);
  listen = (_id: number, onReply: (reply: HighlightReply) => void) => {
    this.#onReply = onReply;
    return () => {
      this.#onReply = undefined;
    };
  };
  reply = (lines: readonly string[], tail = '') =>
    this.#onReply?.({ id: 1, lines: lines.map((line) => [line]), tail: tail === '' ? [] : [tail] });
}

test('a session asks once at a time and only for what is new', () => {
  const port = new ManualPort();
  const seen: Highlighted[] = [];
  const session = new HighlightSession(port, 'sql', (highlighted) => seen.push(highlighted));
  session.update('select');
  session.update('select 1\nfr');
  session.update('select 1\nfrom');
  port.reply([], 'select');
  port.reply(['select 1'], 'from');
  expect(port.requests.map((request) => (request.type === 'append' ? request.text : request.type))).toEqual(['select', ' 1\nfrom']);
  expect(seen.at(-1)).toEqual({ source: 'select 1\nfrom', chunks: [[['select 1']]], tail: ['from'] });
  session.update('insert');
  expect(port.requests.slice(2).map(({ type }) => type)).toEqual(['close', 'append']);
});

test('full pieces of forty lines never change', () => {
  const port = new ManualPort();
  const seen: Highlighted[] = [];
  const session = new HighlightSession(port, 'sql', (highlighted) => seen.push(highlighted));
  session.update('a');
  port.reply(Array.from({ length: 45 }, String));
  session.update('ab');
  port.reply(Array.from({ length: 40 }, String));
  expect(seen.at(-1)?.chunks.map((lines) => lines.length)).toEqual([40, 40, 5]);
  expect(seen.at(-1)?.chunks[0]).toBe(seen[0]?.chunks[0]);
});

test('colours outlive the part of the page that asked for them', () => {
  const memory = new HighlightMemory();
  const [short, long] = ['select', 'select 1'].map((source) => ({ source, chunks: [], tail: [] }));
  if (short && long) for (const highlighted of [short, long]) memory.remember({}, 'sql', highlighted);
  expect(memory.recall('sql', 'select 1\n')).toBe(long);
  expect(memory.recall('go', 'select 1').source).toBe('');
  for (let at = 0; at < 24; at += 1) memory.remember({}, 'go', { source: `${at}`, chunks: [], tail: [] });
  expect(memory.recall('sql', 'select 1').source).toBe('');
});

test('very long code stays plain', () => {
  const port = new ManualPort();
  new HighlightSession(port, 'sql', () => {}).update('x'.repeat(100_001));
  expect(port.requests).toEqual([]);
});

test('languages are known by the names models use', () => {
  expect(findLanguage('TS {1,3}')).toMatchObject({ id: 'typescript', extension: 'ts' });
  expect(findLanguage('1c').label).toBe('1C');
  expect(findLanguage('brainfuck')).toEqual({ label: 'brainfuck', extension: 'txt' });
  expect(findLanguage('constructor').id).toBeUndefined();
});

test('a table is copied for spreadsheets and for editors', () => {
  const [table] = parseMarkdown('| имя | **цена** |\n|---|---:|\n| «а», b | -5,5 |\n| =cmd() | x \\| y |').children;
  if (table?.type !== 'table') throw new Error('No table');
  expect(tableToCsv(table)).toBe('имя,цена\r\n"«а», b","-5,5"\r\n\'=cmd(),x | y');
  expect(tableToMarkdown(table)).toBe('| имя | цена |\n| --- | ---: |\n| «а», b | -5,5 |\n| =cmd() | x \\| y |');
});
