import type { FinishReason, JsonObject, Localized, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import { createProviderError, parseJson, type StreamDecoder } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { MessageEvent, MessageUsage } from './chunk.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

export interface MessageDecoderOptions {
  readonly providerId: string;
  toStreamError(event: MessageEvent): ProviderError;
}

const badArguments = (name: string): Localized => ({
  ru: `Модель вызвала ${name} с аргументами не в JSON`,
  en: `The model called ${name} with arguments that are not JSON`,
});

interface Call {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  text: string;
}

const jsonObject = z.record(z.string(), z.json());

/** Events of one message → ours. */
export class MessageDecoder implements StreamDecoder<MessageEvent> {
  readonly #options: MessageDecoderOptions;
  readonly #calls = new Map<number, Call>();
  #cutCall: string | undefined;
  #reason: string | undefined;
  #model: string | undefined;
  #usage: MessageUsage = {};

  constructor(options: MessageDecoderOptions) {
    this.#options = options;
  }

  *decode(event: MessageEvent): Generator<StreamEvent, void, undefined> {
    switch (event.type) {
      case 'message_start':
        this.#model = event.message?.model ?? undefined;
        // A stopped answer is billed for its question too.
        if (this.#count(event.message?.usage)) yield { type: 'usage', usage: toUsage(this.#usage) };
        return;
      case 'content_block_start':
        return yield* this.#startBlock(event);
      case 'content_block_delta':
        return yield* this.#continueBlock(event);
      case 'content_block_stop':
        return yield* this.#endCall(event.index ?? 0);
      case 'message_delta':
        this.#reason = event.delta?.stop_reason ?? this.#reason;
        this.#count(event.usage);
        return;
      case 'message_stop':
        return yield* this.#finish();
      case 'error':
        throw this.#options.toStreamError(event);
      default: // `ping`, and what is not invented yet.
    }
  }

  *#startBlock({ index, content_block: block }: MessageEvent): Generator<StreamEvent, void, undefined> {
    if (block?.type === 'tool_use') {
      this.#calls.set(index ?? 0, { id: block.id ?? '', name: block.name ?? '', input: block.input, text: '' });
    }
    if (block?.type === 'text') yield { type: 'text-delta', text: block.text ?? '' };
    if (block?.type === 'thinking') yield { type: 'reasoning-delta', text: block.thinking ?? '' };
  }

  *#continueBlock({ index, delta }: MessageEvent): Generator<StreamEvent, void, undefined> {
    const call = this.#calls.get(index ?? 0);
    if (delta?.type === 'text_delta') yield { type: 'text-delta', text: delta.text ?? '' };
    if (delta?.type === 'thinking_delta') yield { type: 'reasoning-delta', text: delta.thinking ?? '' };
    if (delta?.type === 'input_json_delta' && call) call.text += delta.partial_json ?? '';
  }

  *#endCall(index: number): Generator<StreamEvent, void, undefined> {
    const call = this.#calls.get(index);
    if (call === undefined) return;
    this.#calls.delete(index);
    const args = argumentsOf(call);
    if (args === undefined) this.#cutCall = call.name;
    else yield { type: 'tool-call', callId: call.id, name: call.name, arguments: args };
  }

  *#finish(): Generator<StreamEvent, void, undefined> {
    const reason = finishReasons[this.#reason ?? ''] ?? 'other';
    if (this.#cutCall !== undefined) yield this.#tellCutCall(this.#cutCall, reason);
    yield { type: 'finish', reason, usage: toUsage(this.#usage), modelVersion: this.#model };
  }

  /** A call is cut where the tokens end; anywhere else it is a fault. */
  #tellCutCall(name: string, reason: FinishReason): StreamEvent {
    if (reason === 'length') {
      return { type: 'warning', code: 'content_dropped', message: `The call of ${name} was cut by the limit of tokens and was left out` };
    }
    const { providerId } = this.#options;
    throw createProviderError('protocol', badArguments(name), { providerId });
  }

  /** Counts are told again as they grow; what is not told again stays. */
  #count(usage: MessageUsage | null | undefined): boolean {
    if (!usage) return false;
    const told = Object.entries(usage).filter(([, value]) => value !== null && value !== undefined);
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) };
    return true;
  }
}

function argumentsOf({ text, input }: Call): JsonObject | undefined {
  const parsed = jsonObject.safeParse(text.trim() === '' ? (input ?? {}) : parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** The vendor counts what came from its cache and went into it apart from the rest of the question. */
function toUsage(usage: MessageUsage): Usage {
  const cached = usage.cache_read_input_tokens ?? undefined;
  return {
    inputTokens: (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (cached ?? 0),
    outputTokens: usage.output_tokens ?? 0,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? undefined,
    cachedInputTokens: cached,
  };
}
