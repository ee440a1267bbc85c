import type { ChatRequest, ProviderError } from '@multimodel/core';
import {
  BaseChatModel,
  type ChatModelDeps,
  type ErrorAnswer,
  type RequestHeaders,
  type StreamDecoder,
  type WireRequest,
} from '@multimodel/provider-sdk';
import { FunctionNames } from './function-names.ts';
import type { MadeFile } from './made-files.ts';
import { toGigaChatError } from './to-gigachat-error.ts';
import { type V1Chunk, v1Chunk } from './v1-chunk.ts';
import { V1Decoder } from './v1-decoder.ts';
import { type EncodingFacts, toV1Request } from './v1-request.ts';

/** One call of a model: made anew for each, since files and made things belong to it. */
export interface CallOptions {
  readonly deps: ChatModelDeps;
  readonly path: string;
  readonly headers: RequestHeaders;
  readonly facts: EncodingFacts;
  readonly made: MadeFile[];
}

/** A model behind `/v1/chat/completions`. */
export class V1ChatModel extends BaseChatModel<V1Chunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = v1Chunk;
  readonly #call: CallOptions;
  #names = new FunctionNames([]);

  constructor(call: CallOptions) {
    super(call.facts.model, call.deps);
    this.#call = call;
  }

  protected override toWire(request: ChatRequest): WireRequest {
    const { path, headers, facts } = this.#call;
    const { body, names, warnings } = toV1Request(request, facts);
    this.#names = names;
    return { path, headers, body, warnings };
  }

  protected override createDecoder(): StreamDecoder<V1Chunk> {
    const { facts, made } = this.#call;
    const { providerId, secrets } = this.deps;
    return new V1Decoder({
      providerId,
      made,
      names: this.#names,
      memory: facts.calls,
      // An error inside a 200 that names no status of its own is the vendor's fault unless its text says otherwise.
      toStreamError: (status = 500, fault) => this.toError({ providerId, status, headers: {}, body: JSON.stringify(fault), secrets }),
    });
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return toGigaChatError(answer);
  }
}
