import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NdjsonParser, ndjsonLines } from './ndjson-parser.ts';
import { type SseEvent, SseParser, sseData } from './sse-parser.ts';
import { Utf8Stream } from './utf8-stream.ts';

const limits = { providerId: 'test' };

/** Bytes cut at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}

async function* bodyOf(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

async function collect<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

function parseSse(pieces: readonly Uint8Array[]) {
  const parser = new SseParser(limits);
  const events = pieces.flatMap((piece) => parser.push(piece));
  const { events: last, unterminated } = parser.end();
  return { events: [...events, ...last], unterminated };
}

function parseNdjson(pieces: readonly Uint8Array[]) {
  const parser = new NdjsonParser(limits);
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

const sse = (text: string) => parseSse([Buffer.from(text)]);
const splits = fc.array(fc.nat(), { maxLength: 40 });
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const lineText = anyText.map((text) => text.toWellFormed().replace(/[\r\n\0\uFEFF]/g, ''));

describe('Utf8Stream', () => {
  test('any bytes in any split decode as they do at once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), splits, (bytes, places) => {
        const stream = new Utf8Stream();
        const text = cut(bytes, places).map((piece) => stream.push(piece));
        expect(text.join('') + stream.end()).toBe(new TextDecoder().decode(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test('any text in any split stays whole', () => {
    fc.assert(
      fc.property(anyText, splits, (text, places) => {
        const stream = new Utf8Stream();
        const decoded = cut(Buffer.from(text), places).map((piece) => stream.push(piece));
        expect(decoded.join('') + stream.end()).toBe(new TextDecoder().decode(Buffer.from(text)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('SseParser', () => {
  test('fields, comments, multi-line data and ids follow the standard', () => {
    expect(
      sse(': hi\n\nevent: add\ndata: 1\ndata:2\nid: 7\nretry: 3\nunknown\n\ndata\n\nevent: lost\n\ndata:  two spaces\n\n').events,
    ).toEqual([
      { event: 'add', data: '1\n2', id: '7' },
      { data: '', id: '7' },
      { data: ' two spaces', id: '7' },
    ]);
  });

  test('an id with NUL is ignored, an empty id resets', () => {
    expect(sse('id: 1\ndata: a\n\nid: x\0\ndata: b\n\nid\ndata: c\n\n').events).toEqual([
      { data: 'a', id: '1' },
      { data: 'b', id: '1' },
      { data: 'c' },
    ]);
  });

  test.each(['\n', '\r', '\r\n'])('line end %j', (lineEnd) => {
    expect(sse(['\uFEFFdata: a', 'data: b', '', 'data: c', '', ''].join(lineEnd)).events).toEqual([{ data: 'a\nb' }, { data: 'c' }]);
  });

  test('a carriage return at the end of a piece does not hold the event back', () => {
    const parser = new SseParser(limits);
    expect(parser.push(Buffer.from('data: a\r\r'))).toEqual([{ data: 'a' }]);
    expect(parser.push(Buffer.from('\ndata: b\r\n'))).toEqual([]);
    expect(parser.push(Buffer.from('\r\n'))).toEqual([{ data: 'b' }]);
  });

  test('an unterminated event is not dispatched, but reported', () => {
    expect(sse('data: a\n\ndata: b\ndata: c')).toEqual({ events: [{ data: 'a' }], unterminated: { data: 'b\nc' } });
    expect(sse('data: a\n\nevent: x')).toEqual({ events: [{ data: 'a' }], unterminated: undefined });
  });

  test('random documents in random splits give the events they were made of', () => {
    const event = fc.record({ event: fc.option(lineText, { nil: undefined }), data: fc.array(lineText, { minLength: 1, maxLength: 3 }) });
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), lineEnd, splits, (events, end, places) => {
        const document = events.map((each) =>
          [`event: ${each.event ?? ''}`, ':ping', ...each.data.map((line) => `data: ${line}`), '', ''].join(end),
        );
        const expected = events.map((each): SseEvent => ({ ...(each.event ? { event: each.event } : {}), data: each.data.join('\n') }));
        expect(parseSse(cut(Buffer.from(document.join('')), places)).events).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('random bytes that look like events give the same in every split', () => {
    const noise = fc.string({
      unit: fc.constantFrom('d', 'data:', 'id:', 'event:', ':', ' ', '\n', '\r', '\r\n', 'é', '😀', '\uFEFF'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(noise, splits, (text, places) => {
        const bytes = Buffer.from(text);
        expect(parseSse(cut(bytes, places))).toEqual(parseSse([bytes]));
      }),
      { numRuns: 1000 },
    );
  });

  test('a line or an event that never ends is a protocol error', () => {
    const push = (text: string, times: number) => () => {
      const parser = new SseParser({ providerId: 'test', maxLength: 100 });
      for (let index = 0; index < times; index += 1) parser.push(Buffer.from(text));
    };
    expect(push('data: no line end', 10)).toThrow(expect.objectContaining({ code: 'protocol', providerId: 'test' }));
    expect(push('data: no empty line\n', 10)).toThrow(expect.objectContaining({ code: 'protocol' }));
    expect(push('data: fine\n\n', 50)).not.toThrow();
  });

  test('a long event in many pieces takes linear time', () => {
    const parser = new SseParser(limits);
    const piece = Buffer.from('x'.repeat(10));
    parser.push(Buffer.from('data: '));
    for (let index = 0; index < 100_000; index += 1) parser.push(piece);
    expect(parser.push(Buffer.from('\n\n'))[0]?.data.length).toBe(1_000_000);
  });
});

describe('NdjsonParser', () => {
  test('LF, CRLF, empty lines and a last line without end', () => {
    expect(parseNdjson([Buffer.from('\uFEFF{"a":1}\r\n\n  \n{"b":2}\n{"c":3}')])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  test('random documents in random splits give the lines they were made of', () => {
    const line = lineText.filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), splits, (lines, end, isEnded, places) => {
        const document = lines.join(end) + (isEnded ? end : '');
        expect(parseNdjson(cut(Buffer.from(document), places))).toEqual(lines);
      }),
      { numRuns: 500 },
    );
  });

  test('a line that never ends is a protocol error', () => {
    const parser = new NdjsonParser({ providerId: 'test', maxLength: 10 });
    parser.push(Buffer.from('12345'));
    expect(() => parser.push(Buffer.from('678901'))).toThrow(expect.objectContaining({ code: 'protocol' }));
  });
});

describe('generators', () => {
  test('sseData yields events and reports what was cut', async () => {
    const cutEvents: SseEvent[] = [];
    const options = { ...limits, onUnterminated: (event: SseEvent) => cutEvents.push(event) };
    expect(await collect(sseData(bodyOf('data: a\n', '\nda', 'ta: b'), options))).toEqual([{ data: 'a' }]);
    expect(cutEvents).toEqual([{ data: 'b' }]);
  });

  test('ndjsonLines yields the last line too', async () => {
    expect(await collect(ndjsonLines(bodyOf('{"a"', ':1}\n{"b"', ':2}'), limits))).toEqual(['{"a":1}', '{"b":2}']);
  });

  test('leaving the loop leaves the body', async () => {
    let isLeft = false;
    async function* body() {
      try {
        for (;;) yield Buffer.from('data: a\n\n{}\n');
      } finally {
        isLeft = true;
      }
    }
    for await (const _ of sseData(body(), limits)) break;
    expect(isLeft).toBe(true);
    isLeft = false;
    for await (const _ of ndjsonLines(body(), limits)) break;
    expect(isLeft).toBe(true);
  });
});
