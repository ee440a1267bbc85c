import { randomUUID } from 'node:crypto';
import type { FinishReason, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import type { StreamDecoder } from '@multimodel/provider-sdk';
import type { ContentChunk, ContentPart, ContentUsage } from './chunk.ts';
import { blockedError } from './to-google-error.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  CONTINUATION: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  LANGUAGE: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
  IMAGE_PROHIBITED_CONTENT: 'content_filter',
  IMAGE_RECITATION: 'content_filter',
};
/** Says that nothing was blocked. */
const noReason = /^BLOCK(?:ED)?_REASON_UNSPECIFIED$/u;

/** A stopped answer is billed as well, so its counts are told on the way, but not with every piece. */
const usageStep = { leastTokens: 8, share: 1 / 8 } as const;

export interface ContentDecoderOptions {
  readonly providerId: string;
  toStreamError(chunk: ContentChunk): ProviderError;
}

/** Pieces of one answer → events. The vendor has no last word: the end of the connection is the end of the answer, once a reason was told. */
export class ContentDecoder implements StreamDecoder<ContentChunk> {
  readonly #options: ContentDecoderOptions;
  #reason: string | undefined;
  #hasCalls = false;
  #usage: Usage | undefined;
  #toldTokens = 0;
  #model: string | undefined;

  constructor(options: ContentDecoderOptions) {
    this.#options = options;
  }

  *decode(chunk: ContentChunk): Generator<StreamEvent, void, undefined> {
    if (chunk.error) throw this.#options.toStreamError(chunk);
    const { blockReason } = chunk.promptFeedback ?? {};
    if (blockReason && !noReason.test(blockReason)) throw blockedError(this.#options.providerId, blockReason);
    if (chunk.usageMetadata) yield* this.#count(toUsage(chunk.usageMetadata));
    this.#model = chunk.modelVersion ?? this.#model;
    const [candidate] = chunk.candidates ?? [];
    for (const part of candidate?.content?.parts ?? []) yield* this.#decodePart(part);
    this.#reason = candidate?.finishReason ?? this.#reason;
  }

  *end(): Generator<StreamEvent, void, undefined> {
    if (this.#reason === undefined) return;
    const reason = finishReasons[this.#reason] ?? 'other';
    const hasStoppedToCall = reason === 'stop' && this.#hasCalls;
    yield { type: 'finish', reason: hasStoppedToCall ? 'tool_calls' : reason, usage: this.#usage, modelVersion: this.#model };
  }

  *#count(usage: Usage): Generator<StreamEvent, void, undefined> {
    this.#usage = usage;
    const step = Math.max(usageStep.leastTokens, this.#toldTokens * usageStep.share);
    if (this.#toldTokens > 0 && usage.outputTokens - this.#toldTokens < step) return;
    this.#toldTokens = usage.outputTokens;
    yield { type: 'usage', usage };
  }

  *#decodePart({ text, thought, functionCall, inlineData }: ContentPart): Generator<StreamEvent, void, undefined> {
    if (text) yield { type: thought === true ? 'reasoning-delta' : 'text-delta', text };
    if (functionCall?.name) {
      this.#hasCalls = true;
      // Older models have no ids.
      const callId = functionCall.id || `call_${randomUUID()}`;
      yield { type: 'tool-call', callId, name: functionCall.name, arguments: functionCall.args ?? {} };
    }
    // Sketches that a model makes while it thinks are not its answer.
    if (inlineData && thought !== true) {
      yield { type: 'file', mediaType: inlineData.mimeType, data: new Uint8Array(Buffer.from(inlineData.data, 'base64')) };
    }
  }
}

/** Thoughts are counted beside the answer, and paid for like it. */
function toUsage(usage: ContentUsage): Usage {
  const reasoningTokens = usage.thoughtsTokenCount ?? undefined;
  return {
    inputTokens: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
    outputTokens: (usage.candidatesTokenCount ?? 0) + (reasoningTokens ?? 0),
    reasoningTokens,
    cachedInputTokens: usage.cachedContentTokenCount ?? undefined,
  };
}
