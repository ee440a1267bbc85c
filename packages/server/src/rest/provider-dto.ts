import type { ModelDto, ProviderDto, UserSettingsDto } from '@multimodel/contract';
import type { ModelView, ProviderView, UserSettings } from '@multimodel/core';
import { toGenerationSettingsDto } from './chat-dto.ts';

/** Field by field: what a view may gain later does not leave by itself. */
export function toProviderDto({ record, state, problem, isDemo }: ProviderView): ProviderDto {
  const { id, slug, plugin, displayName, source, isEnabled, position, settings, createdAt, updatedAt } = record;
  return {
    id,
    slug,
    plugin,
    displayName,
    state,
    problem: problem && { code: problem.code, message: problem.message },
    source,
    isDemo,
    isEnabled,
    position,
    settings: { ...settings },
    secrets: {},
    createdAt,
    updatedAt,
  };
}

export function toModelDto(model: ModelView): ModelDto {
  const { publicId, name, provider, providerName, kind, contextWindow, price, state, source, isDemo } = model;
  const { tools, vision, jsonSchema, reasoning } = model.capabilities;
  const { reasoningEffort, ...parameters } = model.parameters;
  return {
    id: publicId,
    name,
    provider,
    providerName,
    kind,
    contextWindow,
    price,
    state,
    source,
    isDemo,
    capabilities: { tools, vision, jsonSchema, reasoning },
    parameters: { ...parameters, reasoningEffort: reasoningEffort && [...reasoningEffort] },
  };
}

export function toUserSettingsDto({ theme, language, defaultModel, generation, sendOnEnter }: UserSettings): UserSettingsDto {
  return { theme, language, defaultModel, generation: toGenerationSettingsDto(generation), sendOnEnter };
}
