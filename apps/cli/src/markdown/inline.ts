import type { Styles } from '../terminal/styles.ts';

/** How far an opening mark may stand from its closing one; beyond it, it is a plain character. Keeps the cost of a long line linear. */
const longestSpan = 2_000;

interface Piece {
  readonly shown: string;
  /** Where the text goes on. */
  readonly end: number;
}
/** `more`: the characters at hand do not tell yet. */
type Reading = Piece | 'more' | 'plain';

interface Window {
  readonly text: string;
  readonly at: number;
  /** Nothing follows, or nothing that may matter. */
  readonly isWhole: boolean;
  readonly styles: Styles;
}

type Reader = (window: Window) => Reading;

const plainRun = /[^\\`*_~[!<]+/y;

/**
 * Inline Markdown from `from` on, as far as its meaning is certain: what is shown of a growing line is never taken back, so the
 * way a text was cut into pieces does not show in the output.
 */
export function renderInline(text: string, { from, isWhole, styles }: { from: number; isWhole: boolean; styles: Styles }): Piece {
  let shown = '';
  let at = from;
  while (at < text.length) {
    const piece = readPiece(text, { at, isWhole, styles });
    if (piece === 'more') break;
    shown += piece.shown;
    at = piece.end;
  }
  return { shown, end: at };
}

function readPiece(text: string, { at, isWhole, styles }: Omit<Window, 'text'>): Piece | 'more' {
  const run = matchAt(plainRun, text, at);
  if (run) return { shown: run[0], end: at + run[0].length };
  const reader = readers[text[at] ?? ''];
  const limit = at + longestSpan;
  const window = { text: text.length > limit ? text.slice(0, limit) : text, at, isWhole: isWhole || text.length > limit, styles };
  const reading = reader?.(window) ?? 'plain';
  return reading === 'plain' ? { shown: text[at] ?? '', end: at + 1 } : reading;
}

const readers: Readonly<Record<string, Reader>> = {
  '\\': readEscape,
  '`': readCode,
  '*': (window) => readEmphasis(window, '*'),
  _: (window) => readEmphasis(window, '_'),
  '~': (window) => readEmphasis(window, '~'),
  '[': (window) => readLink(window, window.at),
  '!': readImage,
  '<': readAutolink,
};

function readEscape({ text, at, isWhole }: Window): Reading {
  const next = text[at + 1];
  if (next === undefined) return isWhole ? 'plain' : 'more';
  // Brackets and the rest belong to formulas, which stay as they are; either way they begin nothing.
  if (/[\\`*_~#+\-.!|<>&"'$]/.test(next)) return { shown: next, end: at + 2 };
  return /[[\](){},;:]/.test(next) ? { shown: text.slice(at, at + 2), end: at + 2 } : 'plain';
}

function readCode(window: Window): Reading {
  const span = codeSpanAt(window, window.at);
  if (span === 'more') return 'more';
  const { text, at, styles } = window;
  if (span.closesAt === undefined) return { shown: text.slice(at, span.end), end: span.end };
  const content = text.slice(at + span.length, span.closesAt).replace(/^ (.*[^ ].*) $/, '$1');
  return { shown: styles.code(content), end: span.end };
}

interface CodeSpan {
  readonly length: number;
  readonly closesAt: number | undefined;
  /** Behind the closing ticks, or behind the opening ones where nothing closes them. */
  readonly end: number;
}

function codeSpanAt({ text, isWhole }: Window, at: number): CodeSpan | 'more' {
  const opening = runLength(text, at, '`');
  for (let index = at + opening; index < text.length; ) {
    const length = runLength(text, index, '`');
    const end = index + length;
    if (length === opening && (isWhole || end < text.length)) return { length, closesAt: index, end };
    index += Math.max(1, length);
  }
  return isWhole ? { length: opening, closesAt: undefined, end: at + opening } : 'more';
}

const emphasisLengths: Readonly<Record<string, readonly number[]>> = { '*': [1, 2, 3], _: [1, 2, 3], '~': [2] };

function readEmphasis(window: Window, mark: string): Reading {
  const { text, at, isWhole, styles } = window;
  const length = runLength(text, at, mark);
  const start = at + length;
  if (start === text.length) return isWhole ? { shown: text.slice(at), end: start } : 'more';
  const run = { shown: text.slice(at, start), end: start };
  const isOpening = emphasisLengths[mark]?.includes(length) && !/\s/.test(text[start] ?? ' ') && !isInsideWord(text, at, mark);
  if (!isOpening) return run;
  const closesAt = findClosing(window, start, { mark, length });
  if (closesAt === 'more') return 'more';
  if (closesAt === undefined) return run;
  const inner = renderInline(text.slice(start, closesAt), { from: 0, isWhole: true, styles }).shown;
  return { shown: emphasise(inner, { mark, length, styles }), end: closesAt + length };
}

/** `snake_case` has no emphasis. */
function isInsideWord(text: string, at: number, mark: string): boolean {
  return mark === '_' && /[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');
}

/** Steps from one sign to the next that may matter; code and escapes hide what is in them. */
function findClosing(window: Window, from: number, { mark, length }: { mark: string; length: number }): number | undefined | 'more' {
  const { text, isWhole } = window;
  for (let index = from; index < text.length; ) {
    const end = endOfSign(window, index, mark);
    if (end === 'more') return 'more';
    if (text[index] === mark && end - index === length && closes(text, { start: index, end, mark })) return index;
    index = end;
  }
  return isWhole ? undefined : 'more';
}

function endOfSign(window: Window, index: number, mark: string): number | 'more' {
  const { text, isWhole } = window;
  const sign = text[index];
  if (sign === '`') {
    const span = codeSpanAt(window, index);
    return span === 'more' ? 'more' : span.end;
  }
  if (sign !== mark) return index + (sign === '\\' ? 2 : 1);
  const end = index + runLength(text, index, mark);
  return end === text.length && !isWhole ? 'more' : end;
}

function closes(text: string, { start, end, mark }: { start: number; end: number; mark: string }): boolean {
  return !/\s/.test(text[start - 1] ?? ' ') && !(mark === '_' && /[\p{L}\p{N}]/u.test(text[end] ?? ' '));
}

function emphasise(inner: string, { mark, length, styles }: { mark: string; length: number; styles: Styles }): string {
  if (mark === '~') return styles.strike(inner);
  if (length === 1) return styles.italic(inner);
  return length === 2 ? styles.bold(inner) : styles.bold(styles.italic(inner));
}

const link = /\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+"[^"]*")?\s*\)/y;
/** What may still become a link. */
const linkBegun = /\[(?:[^[\]\\]|\\.)*(?:\\?$|\](?:$|\())/y;

function readLink({ text, isWhole, styles }: Window, at: number): Reading {
  const found = matchAt(link, text, at);
  if (!found) return !isWhole && matchAt(linkBegun, text, at) ? 'more' : 'plain';
  const [all, label = '', address = ''] = found;
  const shownLabel = renderInline(label, { from: 0, isWhole: true, styles }).shown;
  const shown =
    label === address || label === '' ? styles.underline(address) : `${styles.underline(shownLabel)} ${styles.dim(`(${address})`)}`;
  return { shown, end: at + all.length };
}

function readImage(window: Window): Reading {
  const { text, at, isWhole } = window;
  if (text[at + 1] === undefined) return isWhole ? 'plain' : 'more';
  return text[at + 1] === '[' ? readLink(window, at + 1) : 'plain';
}

const autolink = /<(https?:\/\/[^\s<>]+)>/y;
const autolinkBegun = /<[^\s<>]*$/y;

function readAutolink({ text, at, isWhole, styles }: Window): Reading {
  const found = matchAt(autolink, text, at);
  if (found) return { shown: styles.underline(found[1] ?? ''), end: at + found[0].length };
  return !isWhole && matchAt(autolinkBegun, text, at) ? 'more' : 'plain';
}

function runLength(text: string, at: number, mark: string): number {
  let end = at;
  while (text[end] === mark) end += 1;
  return end - at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
