import type { ChatRequest, ProviderError } from '@multimodel/core';
import { BaseChatModel, type ErrorAnswer, type StreamDecoder, type WireRequest } from '@multimodel/provider-sdk';
import { FunctionNames } from './function-names.ts';
import { toGigaChatError } from './to-gigachat-error.ts';
import type { CallOptions } from './v1-chat-model.ts';
import { type V2Chunk, v2Chunk } from './v2-chunk.ts';
import { V2Decoder } from './v2-decoder.ts';
import { toV2Request } from './v2-request.ts';

/** A model behind `/v2/chat/completions`. */
export class V2ChatModel extends BaseChatModel<V2Chunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = v2Chunk;
  readonly #call: CallOptions;
  #names = new FunctionNames([]);

  constructor(call: CallOptions) {
    super(call.facts.model, call.deps);
    this.#call = call;
  }

  protected override toWire(request: ChatRequest): WireRequest {
    const { path, headers, facts } = this.#call;
    const { body, names, warnings } = toV2Request(request, facts);
    this.#names = names;
    return { path, headers, body, warnings };
  }

  protected override createDecoder(): StreamDecoder<V2Chunk> {
    const { facts, made } = this.#call;
    const { providerId, secrets } = this.deps;
    return new V2Decoder({
      providerId,
      made,
      names: this.#names,
      memory: facts.calls,
      toStreamError: (status = 500, fault) => this.toError({ providerId, status, headers: {}, body: JSON.stringify(fault), secrets }),
    });
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return toGigaChatError(answer);
  }
}
