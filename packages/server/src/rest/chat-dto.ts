import type { ChatDto, ContextForecastDto, GenerationSettingsDto, MessageDto, RunDto } from '@multimodel/contract';
import type { BranchMessage, Chat, ContextForecast, GenerationSettings, Message, Page, Run } from '@multimodel/core';

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

export function toMessageDto(message: Message): MessageDto {
  const { id, chatId, parentId, role, text, reasoning, state, runId, createdAt } = message;
  const { provider, model, modelVersion, reason, usage, cost, timings, error } = message;
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
    warnings: message.warnings?.map((warning) => ({ ...warning })),
    error: error && { ...error, details: error.details && { ...error.details } },
    createdAt,
  };
}

export function toBranchMessageDto(message: BranchMessage): MessageDto {
  const { index, count, previousId, nextId } = message.siblings;
  return { ...toMessageDto(message), siblings: { index, count, previousId, nextId } };
}

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
