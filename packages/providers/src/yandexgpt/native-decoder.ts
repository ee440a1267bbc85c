import { randomUUID } from 'node:crypto';
import type { FinishReason, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import type { StreamDecoder } from '@multimodel/provider-sdk';
import { GrowingText } from './growing-text.ts';
import type { NativeChunk, NativeUsage } from './native-chunk.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  ALTERNATIVE_STATUS_FINAL: 'stop',
  ALTERNATIVE_STATUS_TRUNCATED_FINAL: 'length',
  ALTERNATIVE_STATUS_CONTENT_FILTER: 'content_filter',
  ALTERNATIVE_STATUS_TOOL_CALLS: 'tool_calls',
};
const unfinished: readonly string[] = ['ALTERNATIVE_STATUS_PARTIAL', 'ALTERNATIVE_STATUS_UNSPECIFIED'];

/** A stopped answer is billed as well, so its counts are told on the way; telling each would double the events, an eighth more does not. */
const usageStep = { leastTokens: 8, share: 1 / 8 } as const;

type Alternative = NonNullable<Extract<NativeChunk, { result: unknown }>['result']['alternatives']>[number];

/** Objects that repeat the whole answer so far → events. */
export class NativeDecoder implements StreamDecoder<NativeChunk> {
  readonly #toStreamError: (error: unknown) => ProviderError;
  readonly #text = new GrowingText();
  #toldTokens = 0;

  constructor(toStreamError: (error: unknown) => ProviderError) {
    this.#toStreamError = toStreamError;
  }

  *decode(chunk: NativeChunk): Generator<StreamEvent, void, undefined> {
    if ('error' in chunk) throw this.#toStreamError(chunk.error);
    const { alternatives, usage, modelVersion } = chunk.result;
    const [alternative] = alternatives ?? [];
    const status = alternative?.status ?? 'ALTERNATIVE_STATUS_UNSPECIFIED';
    const counted = usage ? toUsage(usage) : undefined;
    if (unfinished.includes(status)) {
      yield* this.#text.grow(alternative?.message?.text ?? '');
      if (counted) yield* this.#tell(counted);
      return;
    }
    const reason = finishReasons[status] ?? 'other';
    yield* this.#endText(alternative, reason);
    yield* callsOf(alternative);
    yield { type: 'finish', reason, usage: counted, modelVersion: modelVersion ?? undefined };
  }

  *#endText(alternative: Alternative | undefined, reason: FinishReason): Generator<StreamEvent, void, undefined> {
    const text = alternative?.message?.text;
    // A refusal takes the place of the answer; it is no more of it, even if both begin alike.
    if (reason === 'content_filter') yield* this.#text.replaceBy(text ?? '');
    else if (text !== undefined && text !== null) yield* this.#text.settle(text);
  }

  *#tell(usage: Usage): Generator<StreamEvent, void, undefined> {
    const step = Math.max(usageStep.leastTokens, this.#toldTokens * usageStep.share);
    if (this.#toldTokens > 0 && usage.outputTokens - this.#toldTokens < step) return;
    this.#toldTokens = usage.outputTokens;
    yield { type: 'usage', usage };
  }
}

/** The vendor has no call ids: they are made up here, and turned back into names and order by the request. */
function* callsOf(alternative: Alternative | undefined): Generator<StreamEvent, void, undefined> {
  for (const { functionCall } of alternative?.message?.toolCallList?.toolCalls ?? []) {
    yield { type: 'tool-call', callId: `call_${randomUUID()}`, name: functionCall.name, arguments: functionCall.arguments ?? {} };
  }
}

function toUsage(usage: NativeUsage): Usage {
  return {
    inputTokens: usage.inputTextTokens ?? 0,
    outputTokens: usage.completionTokens ?? 0,
    reasoningTokens: usage.completionTokensDetails?.reasoningTokens ?? undefined,
  };
}
