import type { FinishReason, JsonObject, Localized, ProviderError, StreamEvent, Usage, WarningEvent } from '@multimodel/core';
import { z } from 'zod';
import { parseJson } from '../decode/parse-json.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import type { PartUsage, PartWarning, StreamPart } from './stream-part.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_calls',
};

/** Names of settings that are ours under another name. */
const parameters: Readonly<Record<string, string>> = {
  stopSequences: 'stop',
  reasoning: 'reasoningEffort',
};

export interface PartDecoderOptions {
  readonly providerId: string;
  toError(error: unknown): ProviderError;
}

const badArguments = (name: string): Localized => ({
  ru: `Модель вызвала ${name} с аргументами не в JSON`,
  en: `The model called ${name} with arguments that are not JSON`,
});

const jsonObject = z.record(z.string(), z.json());

/** Parts of one answer of an AI SDK model → events. */
export class PartDecoder {
  readonly #options: PartDecoderOptions;
  #model: string | undefined;

  constructor(options: PartDecoderOptions) {
    this.#options = options;
  }

  decode(part: StreamPart): readonly StreamEvent[] {
    switch (part.type) {
      case 'stream-start':
        return (part.warnings ?? []).map(toWarning);
      case 'text-delta':
      case 'reasoning-delta':
        return part.delta === '' ? [] : [{ type: part.type, text: part.delta }];
      case 'tool-call':
        // Searches and the like that the vendor itself has done are no calls for anybody here.
        return part.providerExecuted === true ? [] : [this.#toCall(part)];
      case 'file':
        return [toFile(part)];
      case 'response-metadata':
        this.#model = part.modelId ?? this.#model;
        return [];
      case 'finish':
        return [this.#toFinish(part)];
      case 'error':
        throw this.#options.toError(part.error);
      default:
        return part satisfies never;
    }
  }

  /** The stream ended without a finish. */
  cutOff(): ProviderError {
    return createProviderError('protocol', faultTexts.cutOff, { providerId: this.#options.providerId });
  }

  #toCall({ toolCallId, toolName, input }: Extract<StreamPart, { type: 'tool-call' }>): StreamEvent {
    return { type: 'tool-call', callId: toolCallId, name: toolName, arguments: this.#toArguments(toolName, input) };
  }

  #toArguments(name: string, input: string): JsonObject {
    const parsed = jsonObject.safeParse(input.trim() === '' ? {} : parseJson(input));
    if (parsed.success) return parsed.data;
    throw createProviderError('protocol', badArguments(name), { providerId: this.#options.providerId });
  }

  /** Providers make up an end for a stream that has none; that nobody told them a reason gives it away. */
  #toFinish({ finishReason, usage }: Extract<StreamPart, { type: 'finish' }>): StreamEvent {
    const { unified, raw } = typeof finishReason === 'string' ? { unified: finishReason, raw: finishReason } : finishReason;
    const isMadeUp = unified === 'unknown' || unified === 'interrupted' || (unified === 'other' && !raw);
    if (isMadeUp) throw this.cutOff();
    return {
      type: 'finish',
      reason: finishReasons[unified] ?? 'other',
      usage: usage ? toUsage(usage) : undefined,
      modelVersion: this.#model,
    };
  }
}

function toWarning({ type, setting, feature, details, message }: PartWarning): WarningEvent {
  const name = setting ?? feature ?? undefined;
  const wasChanged = type === 'compatibility' || type === 'deprecated' || /clamped|instead/iu.test(details ?? message ?? '');
  const told = details ?? message ?? `The model has no setting ${name ?? 'like this'}; it was left out`;
  return {
    type: 'warning',
    code: wasChanged ? 'parameter_changed' : 'parameter_dropped',
    ...(name === undefined ? {} : { parameter: parameters[name] ?? name }),
    message: told,
  };
}

function toFile({ mediaType, data }: Extract<StreamPart, { type: 'file' }>): StreamEvent {
  if (typeof data === 'string') return { type: 'file', mediaType, data: new Uint8Array(Buffer.from(data, 'base64')) };
  if (data instanceof Uint8Array) return { type: 'file', mediaType, data };
  if (data.type === 'data') return toFile({ type: 'file', mediaType, data: data.data });
  return { type: 'warning', code: 'content_dropped', message: `The model answered with a link to a ${mediaType}; it was left out` };
}

/** Nothing counted is nothing told. */
function toUsage(usage: PartUsage): Usage | undefined {
  const { inputTokens: input, outputTokens: output } = usage;
  const inputTokens = typeof input === 'object' ? input?.total : input;
  const outputTokens = typeof output === 'object' ? output?.total : output;
  if (typeof inputTokens !== 'number' && typeof outputTokens !== 'number') return undefined;
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    reasoningTokens: (typeof output === 'object' ? output?.reasoning : usage.reasoningTokens) ?? undefined,
    cachedInputTokens: (typeof input === 'object' ? input?.cacheRead : usage.cachedInputTokens) ?? undefined,
  };
}
