import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stylesFor } from '../terminal/styles.ts';
import { MarkdownStream } from './markdown-stream.ts';

function render(pieces: readonly string[], isColour = true): string {
  const stream = new MarkdownStream(stylesFor(isColour));
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

/** Escapes as tags, so that an expectation can be read. */
const names: Readonly<Record<string, string>> = {
  1: 'b',
  2: 'd',
  3: 'i',
  4: 'u',
  9: 's',
  36: 'c',
  22: '/',
  23: '/',
  24: '/',
  29: '/',
  39: '/',
};
const escapes = new RegExp(`${String.fromCodePoint(27)}\\[(\\d+)m`, 'g');
function show(text: string, isColour = true): string {
  return render([text], isColour).replaceAll(escapes, (_, code: string) => `<${names[code]}>`);
}

test.each([
  ['plain text', 'plain text'],
  ['**bold** and *italic*, __bold__ and _italic_', '<b>bold</> and <i>italic</>, <b>bold</> and <i>italic</>'],
  ['***both***, ~~gone~~, `code`, ``a ` b``', '<b><i>both</></>, <s>gone</>, <c>code</>, <c>a ` b</>'],
  ['**bold with `**` in code**', '<b>bold with <c>**</> in code</>'],
  ['snake_case_name, 2 * 3 * 4, **open, `open, ~one~', 'snake_case_name, 2 * 3 * 4, **open, `open, ~one~'],
  ['\\*no\\* \\a', '*no* \\a'],
  ['[Text](https://a.example/b_(c)) <https://b.example>', '<u>Text</> <d>(https://a.example/b_(c))</> <u>https://b.example</>'],
  ['![alt](a.png) [x] [y](z', '<u>alt</> <d>(a.png)</> [x] [y](z'],
  ['# Heading **x** #', '<b><u>Heading <b>x</></></>'],
  ['- a\n  * b\n1. c\n- [ ] d\n- [x] e\n- [l](u)', '• a\n  • b\n1. c\n• ☐ d\n• ☑ e\n• <u>l</> <d>(u)</>'],
  ['> quote\n> > deep', '<d>│ </>quote\n<d>│ │ </>deep'],
  ['a\n---\n* * *\nb', `a\n<d>${'─'.repeat(40)}</>\n<d>${'─'.repeat(40)}</>\nb`],
  ['```ts\nconst a = **1**;\n\n```\nend', '<d>─── ts</>\n<d>const a = **1**;</>\n\n<d>───</>\nend'],
  ['~~~\n```\n~~~~', '<d>───</>\n<d>```</>\n<d>───</>'],
  [
    '| a | Бб |\n|---|--:|\n| `x` | 1 |\n| long | 10 |',
    '<b>a   </><d> │ </><b>Бб</>\n<d>─────┼───</>\n<c>x</>   <d> │ </> 1\nlong<d> │ </>10',
  ],
  ['$$\na\\,_b_\n$$\n\\(x\\) \\[y\\](z)', '<d>───</>\n<d>a\\,_b_</>\n<d>───</>\n\\(x\\) \\[y\\](z)'],
  ['|no table', '|no table'],
  ['#hash 1.5 -5', '#hash 1.5 -5'],
  ['line\r\nline', 'line\nline'],
])('%j', (markdown, shown) => {
  expect(show(markdown)).toBe(shown);
});

test('without colour the structure is shown and every mark of emphasis stays', () => {
  expect(show('# H\n- **a** [b](c)\n|x|y|\n|-|-|\n|**1**|2|', false)).toBe('# H\n• **a** [b](c)\nx     │ y\n──────┼──\n**1** │ 2');
});

test('an answer cannot speak to the terminal', () => {
  const attack = '\u001b]0;title\u0007\u001b[2J\u009b31m\b\b\u007fok';
  expect(render([attack])).toBe(']0;title[2J31mok');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[^\P{Cc}\t\n]/u.test(render([text], false))));
});

const marks = '* ** *** _ __ ` `` ``` $ $$ ~~ ~~~ [ ] ]( ) ! < > \\ # 1. | a слово 😀 https://a.example'.split(' ');
const beginnings = ['\n', '\n\n', '\r\n', '\n```\n', '- ', '1. ', '# ', '| ', '\n|-|-|\n', '\n---\n', '> ', '[x] ', '[ ]', ' ', '  ', '\t'];
const fragment = fc.oneof(fc.constantFrom(...marks), fc.constantFrom(...beginnings), fc.string({ maxLength: 4 }));
const markdown = fc.array(fragment, { maxLength: 40, size: 'max' }).map((parts) => parts.join(''));

test('any cutting of the input gives the same output', () => {
  fc.assert(
    fc.property(markdown, fc.array(fc.nat({ max: 200 }), { maxLength: 30 }), fc.boolean(), (text, cuts, isColour) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
      expect(render(pieces, isColour)).toBe(render([text], isColour));
      expect(render(text.split(''), isColour)).toBe(render([text], isColour));
    }),
    { numRuns: 1_500 },
  );
});

test('a plain sentence is shown as it comes, not at its end', () => {
  const stream = new MarkdownStream(stylesFor(true));
  expect(stream.push('The sky ')).toBe('The sky ');
  expect(stream.push('is **bl')).toBe('is ');
  expect(stream.push('ue** to')).toBe('\u001b[1mblue\u001b[22m to');
  expect(stream.push('day.')).toBe('day.');
});

test('the cost of a long line with an open mark is linear', () => {
  const stream = new MarkdownStream(stylesFor(true));
  let shown = stream.push('**');
  for (let count = 0; count < 20_000; count += 1) shown += stream.push('word ');
  expect((shown + stream.end()).length).toBe(2 + 20_000 * 5);
});
