import { StringDecoder } from 'node:string_decoder';
import { type Client, newIdempotencyKey, SseDecoder } from '@multimodel/client';
import type { Pool } from 'undici';
import { eventsPerAnswer } from '../vendor/answer-text.ts';
import type { AnswerRecord } from './answer-record.ts';
import { exchange } from './exchange.ts';
import type { LoadTarget } from './load-commands.ts';

type Sent = Awaited<ReturnType<Client['messages']['send']>>;
type RunEvent = Client['runs'] extends { watch(id: string): AsyncIterable<infer Event> } ? Event : never;

/** Streams take turns over the chats and the models. */
export function questionOf({ chatIds, models }: Extract<LoadTarget, { kind: 'chat' }>, number: number): ChatQuestion {
  return { chatId: chatIds[number % chatIds.length] ?? '', model: models[number % models.length] ?? '' };
}

export interface ChatQuestion {
  readonly chatId: string;
  readonly model: string;
}

/** Sends one question as the page does and gives the id of its run. `parentId: null` keeps the context short. */
export async function sendQuestion(pool: Pool, { chatId, model }: ChatQuestion): Promise<string> {
  const { status, text } = await exchange(pool, {
    method: 'POST',
    path: `/api/v1/chats/${chatId}/messages`,
    headers: { 'content-type': 'application/json', 'idempotency-key': newIdempotencyKey() },
    body: JSON.stringify({ text: 'Расскажи, как проходит один ответ.', parentId: null, model }),
  });
  if (status !== 202) throw new Error(`send: status ${status}: ${text.slice(0, 300)}`);
  const sent: Sent = JSON.parse(text);
  return sent.run.id;
}

export async function stopRun(pool: Pool, runId: string): Promise<void> {
  const { status, text } = await exchange(pool, { method: 'POST', path: `/api/v1/runs/${runId}/stop` });
  if (status !== 202) throw new Error(`stop: status ${status}: ${text.slice(0, 300)}`);
}

/** Watches a run to its end and checks that it is the vendor's answer in the expected state. */
export async function watchRun(pool: Pool, runId: string, record: AnswerRecord, expected: 'completed' | 'stopped'): Promise<void> {
  const reader = new EventReader(record, expected);
  const { status, text } = await exchange(pool, {
    method: 'GET',
    path: `/api/v1/runs/${runId}/events`,
    headers: { accept: 'text/event-stream' },
    onData: (chunk) => reader.push(chunk),
  });
  if (status !== 200) record.problem(`events: status ${status}: ${text.slice(0, 200)}`);
  if (expected === 'completed') record.judge(eventsPerAnswer - 1);
  else if (!reader.hasEnded) record.problem('a stopped run had no end');
}

export async function readChatStream(pool: Pool, question: ChatQuestion, record: AnswerRecord): Promise<void> {
  await watchRun(pool, await sendQuestion(pool, question), record, 'completed');
}

class EventReader {
  readonly #record: AnswerRecord;
  readonly #expected: string;
  readonly #bytes = new StringDecoder('utf8');
  readonly #frames = new SseDecoder();
  #lastSeq = 0;
  hasEnded = false;

  constructor(record: AnswerRecord, expected: string) {
    this.#record = record;
    this.#expected = expected;
  }

  push(chunk: Buffer): void {
    this.#record.bytes += chunk.byteLength;
    for (const frame of this.#frames.push(this.#bytes.write(chunk))) this.#take(JSON.parse(frame.data));
  }

  #take(event: RunEvent): void {
    if (this.hasEnded) this.#record.problem(`${event.type} after the end`);
    if (event.seq <= this.#lastSeq) this.#record.problem(`event ${event.seq} after ${this.#lastSeq}`);
    this.#lastSeq = event.seq;
    if (event.type === 'text-delta') this.#record.append(event.text);
    else if (event.type === 'text-replace') this.#record.replace(event.from, event.text);
    else if (event.type === 'snapshot')
      this.#record.replace(this.#commonLength(event.text), event.text.slice(this.#commonLength(event.text)));
    else if (event.type === 'finish') this.#finish(event);
  }

  /** A snapshot repeats what is known and goes on after it. */
  #commonLength(text: string): number {
    return text.startsWith(this.#record.text) ? this.#record.text.length : 0;
  }

  #finish(event: Extract<RunEvent, { type: 'finish' }>): void {
    this.hasEnded = true;
    this.#record.end();
    if (event.state !== this.#expected)
      this.#record.problem(`run ${event.state} instead of ${this.#expected}: ${event.error?.code ?? ''} ${event.error?.message ?? ''}`);
    if (this.#expected === 'completed' && event.usage?.outputTokens !== eventsPerAnswer)
      this.#record.problem(`${event.usage?.outputTokens} tokens instead of ${eventsPerAnswer}`);
  }
}
