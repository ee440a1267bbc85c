import type { ChatRequest, ProviderError } from '@multimodel/core';
import { BaseChatModel, type ChatModelDeps, type ErrorAnswer, type StreamDecoder, type WireRequest } from '@multimodel/provider-sdk';
import { type OpenAiChunk, openAiChunk } from './openai-chunk.ts';
import { OpenAiDecoder } from './openai-decoder.ts';
import type { OpenAiDialect } from './openai-dialect.ts';
import { toOpenAiRequest } from './openai-request.ts';

export interface OpenAiChatModelOptions {
  readonly id: string;
  /** As the vendor names it in requests. */
  readonly wireModel: string;
  readonly dialect: OpenAiDialect;
  readonly deps: ChatModelDeps;
}

/** A model behind Chat Completions, in the dialect of its vendor. */
export class OpenAiChatModel extends BaseChatModel<OpenAiChunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = openAiChunk;
  readonly #wireModel: string;
  readonly #dialect: OpenAiDialect;

  constructor({ id, wireModel, dialect, deps }: OpenAiChatModelOptions) {
    super(id, deps);
    this.#wireModel = wireModel;
    this.#dialect = dialect;
  }

  protected override toWire(request: ChatRequest): WireRequest {
    const { body, warnings } = toOpenAiRequest(request, this.#wireModel, this.#dialect);
    return { path: this.#dialect.path, headers: this.#dialect.headers(), body, warnings };
  }

  protected override createDecoder(): StreamDecoder<OpenAiChunk> {
    const { providerId, secrets } = this.deps;
    // An error inside a 200 has no status of its own; 500 makes it the vendor's fault unless its text says otherwise.
    const toStreamError = (error: unknown): ProviderError =>
      this.toError({ providerId, status: 500, headers: {}, body: JSON.stringify({ error }), secrets });
    return new OpenAiDecoder({ providerId, dialect: this.#dialect, toStreamError });
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return this.#dialect.toError(answer);
  }
}
