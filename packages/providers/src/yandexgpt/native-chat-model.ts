import type { ChatRequest, ProviderError } from '@multimodel/core';
import {
  BaseChatModel,
  type ChatModelDeps,
  type ErrorAnswer,
  type RequestHeaders,
  type StreamDecoder,
  type WireRequest,
} from '@multimodel/provider-sdk';
import { findEntry } from './catalog.ts';
import { toModelId } from './model-uri.ts';
import { type NativeChunk, nativeChunk } from './native-chunk.ts';
import { NativeDecoder } from './native-decoder.ts';
import { toNativeRequest } from './native-request.ts';

export interface NativeChatModelOptions {
  readonly id: string;
  readonly uri: string;
  readonly deps: ChatModelDeps;
  /** Made anew for each request. */
  headers(): RequestHeaders;
  toError(answer: ErrorAnswer): ProviderError;
}

/** A model behind `/foundationModels/v1/completion`. */
export class NativeChatModel extends BaseChatModel<NativeChunk> {
  protected override readonly framing = 'ndjson';
  protected override readonly chunkSchema = nativeChunk;
  readonly #options: NativeChatModelOptions;

  constructor(options: NativeChatModelOptions) {
    super(options.id, options.deps);
    this.#options = options;
  }

  protected override toWire(request: ChatRequest): WireRequest {
    const { uri } = this.#options;
    const { body, warnings } = toNativeRequest(request, { uri, hasReasoning: hasReasoning(this.id) });
    return { path: '/foundationModels/v1/completion', headers: this.#options.headers(), body, warnings };
  }

  protected override createDecoder(): StreamDecoder<NativeChunk> {
    const { providerId, secrets } = this.deps;
    // The status of the answer was 200; the one that counts is inside the error.
    return new NativeDecoder((error) => this.toError({ providerId, status: 500, headers: {}, body: JSON.stringify({ error }), secrets }));
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return this.#options.toError(answer);
  }
}

function hasReasoning(id: string): boolean | undefined {
  const entry = findEntry(toModelId(id));
  return entry && (entry.hasReasoning ?? false);
}
