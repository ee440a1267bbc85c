import type { ChatRequest, ProviderError } from '@multimodel/core';
import { BaseChatModel, type ErrorAnswer, type StreamDecoder, type WireRequest } from '@multimodel/provider-sdk';
import { factsOf } from './catalog.ts';
import { type ContentChunk, contentChunk } from './chunk.ts';
import { ContentDecoder } from './content-decoder.ts';
import { toContentRequest } from './content-request.ts';
import { toGoogleError } from './to-google-error.ts';

/** A model behind `streamGenerateContent`. */
export class GoogleChatModel extends BaseChatModel<ContentChunk> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = contentChunk;

  protected override toWire(request: ChatRequest): WireRequest {
    const { body, warnings } = toContentRequest(request, this.id, factsOf(this.id));
    return { path: `/models/${encodeURIComponent(this.id)}:streamGenerateContent?alt=sse`, body, warnings };
  }

  protected override createDecoder(): StreamDecoder<ContentChunk> {
    const { providerId, secrets } = this.deps;
    const toStreamError = ({ error }: ContentChunk): ProviderError =>
      toGoogleError({ providerId, status: 200, headers: {}, body: JSON.stringify({ error }), secrets });
    return new ContentDecoder({ providerId, toStreamError });
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return toGoogleError(answer);
  }
}
