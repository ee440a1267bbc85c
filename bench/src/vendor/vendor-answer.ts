import type { ServerResponse } from 'node:http';
import { monotonicUs } from '../process/monotonic.ts';
import { answerPiece, eventsPerAnswer, sealOf } from './answer-text.ts';
import type { Pace } from './vendor-commands.ts';

export type AnswerEnd = 'completed' | 'cancelled';

/** Writes one answer as YandexGPT does: one JSON object per line, each with the whole text so far. */
export class VendorAnswer {
  readonly #response: ServerResponse;
  readonly #pace: Pace;
  #timer: NodeJS.Timeout | undefined;
  #text = '';
  #written = 0;
  bytes = 0;

  constructor(response: ServerResponse, pace: Pace) {
    this.#response = response;
    this.#pace = pace;
  }

  get events(): number {
    return this.#written;
  }

  /** `onEnd` is called once. */
  start(onEnd: (end: AnswerEnd) => void): void {
    this.#response.once('close', () => {
      clearTimeout(this.#timer);
      onEnd(this.#response.writableFinished ? 'completed' : 'cancelled');
    });
    this.#response.writeHead(200, { 'content-type': 'application/json', server: 'ycalb' });
    this.#schedule(this.#pace.firstMs);
  }

  /** The answer of a request without `stream`: only its last object. */
  writeWhole(): void {
    while (this.#written < eventsPerAnswer - 1) this.#grow();
    this.#finish();
  }

  #schedule(delayMs: number): void {
    if (delayMs <= 0) setImmediate(() => this.#next());
    else this.#timer = setTimeout(() => this.#next(), delayMs);
  }

  #next(): void {
    if (this.#response.destroyed) return;
    if (this.#written === eventsPerAnswer - 1) {
      this.#finish();
      return;
    }
    this.#grow();
    this.#write('ALTERNATIVE_STATUS_PARTIAL');
    if (this.#written !== this.#pace.holdAfter) this.#schedule(this.#pace.gapMs);
  }

  #grow(): void {
    this.#text += answerPiece(this.#written, monotonicUs());
    this.#written += 1;
  }

  #finish(): void {
    this.#text += sealOf(this.#text);
    this.#written += 1;
    this.#write('ALTERNATIVE_STATUS_FINAL');
    this.#response.end();
  }

  #write(status: string): void {
    const line = Buffer.from(objectLine(this.#text, status, this.#written));
    this.bytes += line.byteLength;
    this.#response.write(line);
  }
}

/** The text holds nothing that JSON escapes, so that the vendor costs as little as it can. */
function objectLine(text: string, status: string, tokens: number): string {
  const usage = `{"inputTextTokens":"14","completionTokens":"${tokens}","totalTokens":"${14 + tokens}","completionTokensDetails":{"reasoningTokens":"0"}}`;
  return `{"result":{"alternatives":[{"message":{"role":"assistant","text":"${text}"},"status":"${status}"}],"usage":${usage},"modelVersion":"09.02.2025"}}\n`;
}
