import { type FrameLimits, LineSplitter } from './line-splitter.ts';

/**
 * Lines of newline-delimited JSON: pushed bytes in, whole lines out (LF or CRLF, empty ones left out), any split of bytes.
 * Throws `protocol` when a line is longer than `maxLength`.
 *
 * @example
 * const parser = new NdjsonParser({ providerId: 'ollama' });
 * parser.push(Buffer.from('{"a":1}\n{"a"')); // ['{"a":1}']
 * parser.end(); // ['{"a"']
 */
export class NdjsonParser {
  readonly #lines: LineSplitter;

  constructor(limits: FrameLimits) {
    this.#lines = new LineSplitter(limits, 'lf');
  }

  push(bytes: Uint8Array): readonly string[] {
    return withContent(this.#lines.push(bytes));
  }

  /** The last line, where no line end came after it. */
  end(): readonly string[] {
    const { lines, rest } = this.#lines.end();
    return withContent([...lines, rest]);
  }
}

function withContent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line.trim() !== '');
}

/**
 * Lines of a body, the last one also without a line end. Leaving the loop early closes the connection. Throws what the body throws,
 * and `protocol` for a line that is too long.
 *
 * @example
 * for await (const line of ndjsonLines(response.body, { providerId: context.slug })) console.log(JSON.parse(line));
 */
export async function* ndjsonLines(body: AsyncIterable<Uint8Array>, limits: FrameLimits): AsyncGenerator<string, void, undefined> {
  const parser = new NdjsonParser(limits);
  for await (const bytes of body) yield* parser.push(bytes);
  yield* parser.end();
}
