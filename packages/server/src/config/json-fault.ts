/** Where a text stops being JSON, from 1, and what is wrong there. The engine tells no place for many faults, and quotes values. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

type Token = 'value' | '{' | '}' | '[' | ']' | ':' | ',' | 'string';
/** What may stand next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'end';
/** `opened`, `closed` and `done` (a value stands) depend on what is open. */
type Move = Expected | 'opened' | 'closed' | 'done';

const value = { '{': 'opened', '[': 'opened', string: 'done', value: 'done' } as const;

/** What each token leads to; one that is not there may not stand. */
const moves: Readonly<Record<Expected, Partial<Record<Token, Move>>>> = {
  value,
  'value or ]': { ...value, ']': 'closed' },
  key: { string: ':' },
  'key or }': { string: ':', '}': 'closed' },
  ':': { ':': 'value' },
  ', or }': { ',': 'key', '}': 'closed' },
  ', or ]': { ',': 'value', ']': 'closed' },
  end: {},
};

const tokens =
  /[ \t\r\n]*(?:(?<mark>[{}[\]:,])|(?<string>"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<value>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])))/uy;
const space = /[ \t\r\n]*/uy;

/** `text` is known not to be JSON. */
export function findJsonFault(text: string): JsonFault {
  const open: Token[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; at = tokens.lastIndex) {
    tokens.lastIndex = at;
    const token = tokenOf(tokens.exec(text)?.groups);
    const move = token && moves[expected][token];
    if (token === undefined || move === undefined) {
      space.lastIndex = at;
      space.exec(text);
      return { ...placeOf(text, space.lastIndex), reason: reasonOf(text, space.lastIndex, expected) };
    }
    expected = follow(move, token, open);
  }
}

function tokenOf(groups: Readonly<Record<string, string | undefined>> | undefined): Token | undefined {
  if (groups?.['value'] !== undefined) return 'value';
  if (groups?.['string'] !== undefined) return 'string';
  return marks.find((mark) => mark === groups?.['mark']);
}

const marks = ['{', '}', '[', ']', ':', ','] as const satisfies Token[];

function follow(move: Move, token: Token, open: Token[]): Expected {
  if (move === 'opened') {
    open.push(token);
    return token === '{' ? 'key or }' : 'value or ]';
  }
  if (move !== 'closed' && move !== 'done') return move;
  if (move === 'closed') open.pop();
  const inside = open.at(-1);
  return inside === undefined ? 'end' : inside === '{' ? ', or }' : ', or ]';
}

const wanted: Readonly<Record<Expected, string>> = {
  value: 'a value is missing here',
  'value or ]': 'a value or "]" is missing here',
  key: 'a name in double quotes is missing here, or the comma before it is one too many',
  'key or }': 'a name in double quotes or "}" is missing here',
  ':': 'a colon is missing here',
  ', or }': 'a comma or "}" is missing here',
  ', or ]': 'a comma or "]" is missing here',
  end: 'nothing may follow the closing bracket',
};

/** Never quotes the text: a key may stand there. */
function reasonOf(text: string, at: number, expected: Expected): string {
  if (at >= text.length) return `the file ends too early: ${wanted[expected]}`;
  const next = text.slice(at, at + 2);
  if (next === '//' || next === '/*') return 'JSON has no comments';
  if (next.startsWith("'")) return 'texts stand in double quotes';
  if (next.startsWith('"')) return 'this text has no end, or holds a backslash or a line break that JSON does not allow';
  return wanted[expected];
}

function placeOf(text: string, at: number): Pick<JsonFault, 'line' | 'column'> {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
