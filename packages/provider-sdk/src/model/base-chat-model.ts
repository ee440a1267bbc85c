import type { CallOptions, ChatModel, ChatRequest, ProviderError, StreamEvent } from '@multimodel/core';
import type { z } from 'zod';
import type { Framing } from '../decode/framer.ts';
import { type ErrorAnswer, providerErrorFromStatus } from '../errors/error-from-status.ts';
import type { TransportResponse } from '../transport/transport.ts';
import { AnswerReader } from './answer-reader.ts';
import type { ChatModelDeps } from './chat-model-deps.ts';
import { ModelCall } from './model-call.ts';
import type { StreamDecoder } from './stream-decoder.ts';
import type { WireRequest } from './wire-request.ts';

/**
 * One model behind a streaming HTTP API (Template Method): authorise, encode, send, check the status, frame, parse, translate,
 * and exactly one `finish`, last. A vendor fills in the hooks and holds no state outside `createDecoder`. Throws `ProviderError`
 * only: from the transport, from `toError`, from the decoder, `protocol` (chunk not understood, or cut off), `cancelled`.
 * A cut after the first chunk is `protocol`, before it `network`. On 401 one replay, where the auth can refresh.
 *
 * @example
 * class OllamaChatModel extends BaseChatModel<OllamaChunk> {
 *   protected override readonly framing = 'ndjson';
 *   protected override readonly chunkSchema = ollamaChunk;
 *   protected override toWire(request: ChatRequest): WireRequest {
 *     return { path: '/api/chat', body: { model: this.id, messages: toMessages(request), stream: true } };
 *   }
 *   protected override createDecoder(): StreamDecoder<OllamaChunk> {
 *     return {
 *       *decode(chunk) {
 *         yield { type: 'text-delta', text: chunk.message.content };
 *         if (chunk.done) yield { type: 'finish', reason: 'stop' };
 *       },
 *     };
 *   }
 * }
 */
export abstract class BaseChatModel<Chunk> implements ChatModel {
  readonly id: string;
  protected readonly deps: ChatModelDeps;

  constructor(id: string, deps: ChatModelDeps) {
    this.id = id;
    this.deps = deps;
  }

  /** For `sse` an answer of type `application/json` is read as one document: errors inside a 200 often come so. */
  protected abstract readonly framing: Framing;
  /** Minimal and `nullish`: what is not read is not described. */
  protected abstract readonly chunkSchema: z.ZodType<Chunk>;
  protected abstract toWire(request: ChatRequest): WireRequest;
  protected abstract createDecoder(): StreamDecoder<Chunk>;

  /** An answer that is not 2xx. By default the status decides and the vendor's sentence is looked for in the usual places. */
  protected toError(answer: ErrorAnswer): ProviderError {
    return providerErrorFromStatus(answer);
  }

  async *stream(request: ChatRequest, { signal }: CallOptions): AsyncGenerator<StreamEvent, void, undefined> {
    const wire = this.toWire(request);
    if (wire.warnings) yield* wire.warnings;
    const call = new ModelCall(this.deps, signal);
    let reader: AnswerReader<Chunk> | undefined;
    try {
      const response = await call.send(wire, (answer) => this.toError(answer));
      reader = this.#createReader(response, call);
      for await (const bytes of response.body) {
        // Not `yield*`: in an async generator it costs three turns of the microtask queue per event.
        for (const event of reader.push(bytes)) yield event;
        if (reader.isFinished) return;
      }
      yield* reader.end();
    } catch (error) {
      throw call.explain(error, reader?.hasChunks ?? false);
    }
  }

  #createReader(response: TransportResponse, call: ModelCall): AnswerReader<Chunk> {
    const { framing, chunkSchema } = this;
    return new AnswerReader({ call, response, framing, chunkSchema, decoder: this.createDecoder() });
  }
}
