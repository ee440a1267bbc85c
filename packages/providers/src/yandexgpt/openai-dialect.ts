import { randomUUID } from 'node:crypto';
import type { ProviderError } from '@multimodel/core';
import type { ErrorAnswer, RequestHeaders } from '@multimodel/provider-sdk';
import type { OpenAiDialect } from '../shared/openai-chat/openai-dialect.ts';
import { findEntry } from './catalog.ts';
import { toModelId } from './model-uri.ts';

const inventedId = /^fn_[0-9a-f-]{36}$/u;

const efforts = {
  low: { reasoning_effort: 'low' },
  medium: { reasoning_effort: 'medium' },
  high: { reasoning_effort: 'high' },
} as const;

/** Yandex's OpenAI-compatible host: two back ends behind one URL, each with its own habits. */
export function yandexDialect(
  modelId: string,
  hooks: { headers(): RequestHeaders; toError(answer: ErrorAnswer): ProviderError },
): OpenAiDialect {
  const entry = findEntry(toModelId(modelId));
  return {
    path: '/chat/completions',
    maxTokensField: 'max_tokens',
    maxTemperature: 1,
    supports: {
      // The reference marks stop, seed and include_usage as not supported and does not name top_p.
      topP: false,
      stop: false,
      seed: false,
      streamUsage: false,
      images: entry?.hasVision ?? false,
    },
    reasoning: entry === undefined || entry.hasReasoning === true ? efforts : {},
    mergesSystemMessages: true,
    filterReplacesText: true,
    // The vendor's own models use the name of the function as the id, so two calls of one function would share it.
    toCallId: (wireId, name) => (wireId === '' || wireId === name ? `fn_${randomUUID()}` : wireId),
    toWireCallId: (callId, name) => (inventedId.test(callId) ? name : callId),
    headers: hooks.headers,
    toError: hooks.toError,
  };
}
