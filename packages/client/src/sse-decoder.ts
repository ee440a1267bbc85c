/** One dispatched event of a `text/event-stream`. */
export interface SseFrame {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

const lineEnd = /\r\n|\n|\r/g;

/** Incremental reader of an event stream: correct for any split of the text, cost linear in its length. Comments are skipped. */
export class SseDecoder {
  #line = '';
  #data: string[] = [];
  #event = '';
  #id: string | undefined;
  #isStart = true;
  #endedInCr = false;

  push(text: string): SseFrame[] {
    const frames: SseFrame[] = [];
    let chunk = text;
    if (chunk === '') return frames;
    if (this.#isStart) chunk = chunk.replace(/^\uFEFF/, '');
    this.#isStart = false;
    if (this.#endedInCr && chunk.startsWith('\n')) chunk = chunk.slice(1);
    this.#endedInCr = chunk === '' ? false : chunk.endsWith('\r');
    let start = 0;
    for (const match of chunk.matchAll(lineEnd)) {
      const frame = this.#takeLine(this.#line + chunk.slice(start, match.index));
      this.#line = '';
      start = match.index + match[0].length;
      if (frame) frames.push(frame);
    }
    this.#line += chunk.slice(start);
    return frames;
  }

  #takeLine(line: string): SseFrame | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }

  #dispatch(): SseFrame | undefined {
    const frame = this.#data.length === 0 ? undefined : { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id };
    this.#data = [];
    this.#event = '';
    return frame;
  }
}
