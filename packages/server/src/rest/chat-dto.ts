import type { ChatDto, ContextForecastDto, GenerationSettingsDto, MessageDto, RunDto, RunErrorDto } from '@multimodel/contract';
import {
  type BranchMessage,
  type Chat,
  type ContextForecast,
  type GenerationSettings,
  type Language,
  type Message,
  type Page,
  type Run,
  type RunError,
  sentenceOf,
} from '@multimodel/core';
import { toAttachmentDto } from './attachment-dto.ts';

export function toGenerationSettingsDto({
  systemPrompt,
  temperature,
  topP,
  maxOutputTokens,
  stop,
  seed,
  reasoningEffort,
}: GenerationSettings): GenerationSettingsDto {
  return { systemPrompt, temperature, topP, maxOutputTokens, stop: stop && [...stop], seed, reasoningEffort };
}

export function toChatDto({ id, title, model, settings, leafId, createdAt, updatedAt }: Chat): ChatDto {
  return { id, title, model, settings: toGenerationSettingsDto(settings), leafId, createdAt, updatedAt };
}

export function toRunDto({ id, chatId, messageId, state, model, createdAt, finishedAt }: Run): RunDto {
  return { id, chatId, messageId, state, model, createdAt, finishedAt };
}

/** What an answer ended with, in the reader's language. */
export function toRunErrorDto({ text, ...error }: RunError, language: Language): RunErrorDto {
  const { code, isRetryable, retryAfterMs, provider, details } = error;
  return {
    code,
    message: sentenceOf({ ...error, text }, language),
    isRetryable,
    retryAfterMs,
    provider,
    details: details && { ...details },
  };
}

export const toMessageDto =
  (language: Language) =>
  (message: Message): MessageDto => ({ ...factsOf(message), error: message.error && toRunErrorDto(message.error, language) });

function factsOf(message: Message): MessageDto {
  const { id, chatId, parentId, role, text, reasoning, state, runId, createdAt } = message;
  const { provider, model, modelVersion, reason, usage, cost, timings } = message;
  return {
    id,
    chatId,
    parentId,
    role,
    text,
    reasoning,
    state,
    runId,
    provider,
    model,
    modelVersion,
    reason,
    usage,
    cost,
    timings,
    toolCalls: message.toolCalls?.map(({ callId, name, arguments: values }) => ({ callId, name, arguments: { ...values } })),
    attachments: message.attachments?.map(toAttachmentDto),
    warnings: message.warnings?.map(({ files, ...warning }) => ({ ...warning, ...(files && { files: [...files] }) })),
    createdAt,
  };
}

export const toBranchMessageDto =
  (language: Language) =>
  (message: BranchMessage): MessageDto => {
    const { index, count, previousId, nextId } = message.siblings;
    return { ...toMessageDto(language)(message), siblings: { index, count, previousId, nextId } };
  };

export function toPageDto<Item, Dto>(
  { items, nextCursor }: Page<Item>,
  toDto: (item: Item) => Dto,
): { items: Dto[]; nextCursor?: string | undefined } {
  return { items: items.map((item) => toDto(item)), nextCursor };
}

export function toContextForecastDto({ rule, cuts, ...forecast }: ContextForecast): ContextForecastDto {
  const { charactersPerToken, tokensPerMessage } = rule;
  return {
    ...forecast,
    rule: { charactersPerToken, tokensPerMessage },
    cuts: cuts.map(({ leftOut, inputTokens }) => ({ leftOut, inputTokens })),
  };
}
