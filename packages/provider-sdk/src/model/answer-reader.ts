import type { Localized, ProviderError, StreamEvent } from '@multimodel/core';
import type { z } from 'zod';
import { createFramer, type Framer, type Framing } from '../decode/framer.ts';
import { parseJson } from '../decode/parse-json.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { vendorText } from '../errors/redact-secrets.ts';
import type { TransportResponse } from '../transport/transport.ts';
import type { ModelCall } from './model-call.ts';
import type { StreamDecoder } from './stream-decoder.ts';

interface AnswerReaderDeps<Chunk> {
  readonly call: ModelCall;
  readonly response: TransportResponse;
  readonly framing: Framing;
  readonly chunkSchema: z.ZodType<Chunk>;
  readonly decoder: StreamDecoder<Chunk>;
}

/** The convention of every OpenAI-like stream; it is no JSON, so nothing else can look like it. */
const doneMarker = '[DONE]';
const sampleLimit = 200;

/** Bytes of one answer → events, of which exactly one is `finish`, the last. */
export class AnswerReader<Chunk> {
  readonly #deps: AnswerReaderDeps<Chunk>;
  readonly #framing: Framing;
  readonly #framer: Framer;
  #isFinished = false;
  #hasChunks = false;

  constructor(deps: AnswerReaderDeps<Chunk>) {
    this.#deps = deps;
    const isDocument = deps.framing === 'sse' && /^application\/json\b/i.test(deps.response.headers['content-type'] ?? '');
    this.#framing = isDocument ? 'json' : deps.framing;
    this.#framer = createFramer(this.#framing, { providerId: deps.call.providerId });
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether a part of the answer has been understood: a fault after it is a cut answer, not an unreachable vendor. */
  get hasChunks(): boolean {
    return this.#hasChunks;
  }

  *push(bytes: Uint8Array): Generator<StreamEvent, void, undefined> {
    for (const frame of this.#framer.push(bytes)) {
      yield* this.#read(frame);
      if (this.#isFinished) return;
    }
  }

  /** End of the connection. Throws `protocol` when there was no finish. */
  *end(): Generator<StreamEvent, void, undefined> {
    const { frames, tail } = this.#framer.end();
    for (const frame of frames) if (!this.#isFinished) yield* this.#read(frame);
    if (!this.#isFinished && tail !== undefined) yield* this.#readTail(tail);
    if (!this.#isFinished) yield* this.#emit(this.#deps.decoder.end?.('eof') ?? []);
    if (!this.#isFinished) throw this.#cutOff(tail);
  }

  *#read(frame: string): Generator<StreamEvent, void, undefined> {
    if (frame === doneMarker) {
      yield* this.#emit(this.#deps.decoder.end?.('marker') ?? []);
      if (!this.#isFinished) throw this.#cutOff(undefined);
      return;
    }
    const chunk = this.#deps.chunkSchema.safeParse(parseJson(frame));
    if (!chunk.success) throw this.#fault(faultTexts.badPiece, frame);
    this.#hasChunks = true;
    yield* this.#emit(this.#deps.decoder.decode(chunk.data));
  }

  /** Some servers leave out the last line end. A text that was cut is no JSON, so reading what is whole is safe. */
  *#readTail(tail: string): Generator<StreamEvent, void, undefined> {
    const isWhole = tail === doneMarker || this.#deps.chunkSchema.safeParse(parseJson(tail)).success;
    if (isWhole || (this.#framing === 'json' && !this.#hasChunks)) yield* this.#read(tail);
  }

  *#emit(events: Iterable<StreamEvent>): Generator<StreamEvent, void, undefined> {
    const { call, response } = this.#deps;
    for (const event of events) {
      if (isEmptyDelta(event)) continue;
      call.throwIfAborted();
      if (event.type === 'finish') {
        this.#isFinished = true;
        response.body.drain();
      }
      yield event;
      if (this.#isFinished) return;
    }
  }

  #cutOff(tail: string | undefined): ProviderError {
    return this.#fault(this.#hasChunks ? faultTexts.cutOff : faultTexts.nothingReadable, tail);
  }

  #fault(text: Localized, sample: string | undefined): ProviderError {
    const { call, response } = this.#deps;
    const { providerId, secrets } = call;
    const details = { status: response.status, ...(sample === undefined ? {} : { sample: vendorText(sample, secrets, sampleLimit) }) };
    return createProviderError('protocol', text, { providerId, details });
  }
}

function isEmptyDelta(event: StreamEvent): boolean {
  return (event.type === 'text-delta' || event.type === 'reasoning-delta') && event.text === '';
}
