import { assertLength, type FrameLimits, LineSplitter } from './line-splitter.ts';

/** One server-sent event. */
export interface SseEvent {
  /** Absent where the server named none (`message`). */
  readonly event?: string | undefined;
  /** Lines of `data:` joined with a line feed. */
  readonly data: string;
  /** Last event id in force, from this event or an earlier one. */
  readonly id?: string | undefined;
}

/**
 * Server-sent events by WHATWG's rules, pushed bytes in, whole events out: CR, LF and CRLF, byte order mark, comments,
 * any split of bytes. Throws `protocol` when an event is longer than `maxLength`. Source:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 *
 * @example
 * const parser = new SseParser({ providerId: 'openai' });
 * parser.push(Buffer.from('data: {"a"')); // []
 * parser.push(Buffer.from(':1}\n\n')); // [{ data: '{"a":1}' }]
 */
export class SseParser {
  readonly #limits: FrameLimits;
  readonly #lines: LineSplitter;
  #data: string | undefined;
  #event = '';
  #id = '';

  constructor(limits: FrameLimits) {
    this.#limits = limits;
    this.#lines = new LineSplitter(limits, 'any');
  }

  push(bytes: Uint8Array): readonly SseEvent[] {
    return this.#take(this.#lines.push(bytes));
  }

  /** End of the stream. `unterminated`: an event without the empty line after it, which by the rules is not an event. */
  end(): { readonly events: readonly SseEvent[]; readonly unterminated?: SseEvent | undefined } {
    const { lines, rest } = this.#lines.end();
    const events = this.#take(lines);
    if (rest !== '') this.#readField(rest);
    return { events, unterminated: this.#dispatch() };
  }

  #take(lines: readonly string[]): readonly SseEvent[] {
    const events: SseEvent[] = [];
    for (const line of lines) {
      if (line !== '') {
        this.#readField(line);
        continue;
      }
      const event = this.#dispatch();
      if (event) events.push(event);
    }
    return events;
  }

  #dispatch(): SseEvent | undefined {
    const data = this.#data;
    const event = this.#event;
    this.#data = undefined;
    this.#event = '';
    if (data === undefined) return undefined;
    return { ...(event === '' ? {} : { event }), data, ...(this.#id === '' ? {} : { id: this.#id }) };
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#addData(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
  }

  #addData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    assertLength(this.#data.length, this.#limits);
  }
}

export interface SseOptions extends FrameLimits {
  /** Called at the end of a stream that stops inside an event; the event itself is not delivered. */
  readonly onUnterminated?: ((event: SseEvent) => void) | undefined;
}

/**
 * Events of a body. Leaving the loop early closes the connection. Throws what the body throws, and `protocol` for an event that is too long.
 *
 * @example
 * for await (const { data } of sseData(response.body, { providerId: context.slug })) console.log(JSON.parse(data));
 */
export async function* sseData(body: AsyncIterable<Uint8Array>, options: SseOptions): AsyncGenerator<SseEvent, void, undefined> {
  const parser = new SseParser(options);
  for await (const bytes of body) yield* parser.push(bytes);
  const { events, unterminated } = parser.end();
  yield* events;
  if (unterminated) options.onUnterminated?.(unterminated);
}
