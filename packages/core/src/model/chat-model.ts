import type { ChatRequest } from './chat-request.ts';
import type { StreamEvent } from './stream-event.ts';

export interface CallOptions {
  /** Aborting closes the vendor's connection at once. */
  readonly signal: AbortSignal;
}

/** One model of one provider. Leaving the iteration early also closes the vendor's connection. Throws `ProviderError`. */
export interface ChatModel {
  readonly id: string;
  stream(request: ChatRequest, options: CallOptions): AsyncIterable<StreamEvent>;
}

export interface EmbeddingResult {
  readonly embeddings: readonly (readonly number[])[];
  readonly inputTokens: number;
}
export interface EmbeddingModel {
  readonly id: string;
  embed(texts: readonly string[], options: CallOptions): Promise<EmbeddingResult>;
}
