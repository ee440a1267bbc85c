import type { Pool } from 'undici';
import { monotonicUs } from '../process/monotonic.ts';
import { eventsPerAnswer, stampDigits, stampSign } from '../vendor/answer-text.ts';
import type { AnswerRecord } from './answer-record.ts';
import { exchange } from './exchange.ts';

const signBytes = Buffer.from(stampSign);
const lineFeed = 0x0a;
const request = JSON.stringify({
  modelUri: 'gpt://b1gaaaaaaaaaaaaaaaaa/yandexgpt/latest',
  completionOptions: { stream: true, temperature: 0.3, maxTokens: '2000' },
  messages: [{ role: 'user', text: 'Расскажи, как проходит один ответ.' }],
});

/** One answer in the vendor's own protocol, from the vendor itself or through a proxy. */
export async function readVendorStream(pool: Pool, record: AnswerRecord, signal?: AbortSignal): Promise<void> {
  const reader = new LineReader(record);
  const { status, text } = await exchange(pool, {
    method: 'POST',
    path: '/foundationModels/v1/completion',
    headers: { 'content-type': 'application/json', authorization: 'Api-Key AQVNexample0000000000000000000000000000aa' },
    body: request,
    onData: (chunk) => reader.push(chunk),
    signal,
  });
  if (status !== 200) record.problem(`status ${status}: ${text.slice(0, 200)}`);
  record.judge(eventsPerAnswer - 1);
}

/** Splits bytes into lines and reads only what is needed of each: the stamp of its newest piece, and the text of the last. */
class LineReader {
  readonly #record: AnswerRecord;
  #rest: Buffer | undefined;

  constructor(record: AnswerRecord) {
    this.#record = record;
  }

  push(chunk: Buffer): void {
    const nowUs = monotonicUs();
    this.#record.bytes += chunk.byteLength;
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      this.#take(bytes.subarray(start, end), nowUs);
      start = end + 1;
    }
    this.#rest = start === bytes.length ? undefined : bytes.subarray(start);
  }

  #take(line: Buffer, nowUs: number): void {
    if (line.includes('"ALTERNATIVE_STATUS_FINAL"')) {
      const text = line.toString().match(/"text":"([^"]*)"/)?.[1] ?? '';
      this.#record.end();
      this.#record.setText(text);
      return;
    }
    const at = line.lastIndexOf(signBytes);
    if (at === -1) this.#record.problem(`line without a stamp: ${line.toString().slice(0, 80)}`);
    else this.#record.noteStamp(Number(line.toString('latin1', at + signBytes.length, at + signBytes.length + stampDigits)), nowUs);
  }
}
