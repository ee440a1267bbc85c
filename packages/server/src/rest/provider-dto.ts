import type {
  ChoiceFactsDto,
  ModelDto,
  ModelFilesDto,
  ProviderDto,
  ProviderPluginDto,
  ProviderSettingFieldDto,
  ProviderTestDto,
  UserSettingsDto,
} from '@multimodel/contract';
import {
  type ChoiceFacts,
  inLanguage,
  type Language,
  type ModelFiles,
  type ModelView,
  type ProviderDetails,
  type ProviderPlugin,
  type ProviderTest,
  type SettingField,
  sentenceOf,
  type UserSettings,
} from '@multimodel/core';
import { toGenerationSettingsDto } from './chat-dto.ts';

/** Field by field: what a view may gain later does not leave by itself. */
export function toProviderDto(
  { state, problem, isDemo, settings, secrets, notices, ...record }: ProviderDetails,
  language: Language,
): ProviderDto {
  const { id, slug, plugin, displayName, source, isEnabled, position, createdAt, updatedAt } = record;
  return {
    id,
    slug,
    plugin,
    displayName,
    state,
    problem: problem && { code: problem.code, message: sentenceOf(problem, language), details: problem.blame && { ...problem.blame } },
    source,
    isDemo,
    isEnabled,
    position,
    settings: { ...settings },
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([name, { isSet, lastFour, changedAt }]) => [name, { isSet, lastFour, changedAt }]),
    ),
    notices: notices.map(({ ru, en }) => ({ ru, en })),
    createdAt,
    updatedAt,
  };
}

export function toPluginDto(
  { id, displayName, about, isDemo = false, settings, trustedRoot }: ProviderPlugin,
  isTrusted: boolean,
): ProviderPluginDto {
  const fields = settings.fields.map(toFieldDto);
  return {
    id,
    displayName,
    about: about && { ...about },
    isDemo,
    fields,
    trustedRoot: trustedRoot && { name: { ...trustedRoot.name }, isTrusted },
  };
}

function toFieldDto({ name, kind, isRequired, isSecret, isAdvanced, label, help, ...field }: SettingField): ProviderSettingFieldDto {
  const { choices, choiceNames, choiceFacts } = field;
  return {
    name,
    kind,
    isRequired,
    isSecret,
    isAdvanced,
    label: { ...label },
    help: help && { ...help },
    choices: choices && [...choices],
    choiceNames: choiceNames && { ...choiceNames },
    choiceFacts: choiceFacts && Object.fromEntries(Object.entries(choiceFacts).map(([choice, facts]) => [choice, toChoiceDto(facts)])),
    default: field.default,
  };
}

function toChoiceDto({ group, usual, needs, links, note }: ChoiceFacts): ChoiceFactsDto {
  return {
    group: group && { ...group },
    usual: usual && { ...usual },
    needs: needs && [...needs],
    links: links && { ...links },
    note: note && { ...note },
  };
}

export function toTestDto({ ok, checks, discovered, models }: ProviderTest, language: Language): ProviderTestDto {
  return {
    ok,
    checks: checks.map(({ name, state, code, message: { ru, en }, fields }) => ({
      name,
      state,
      code,
      message: { ru, en },
      fields: fields?.map((fault) => ({ path: fault.path, message: inLanguage(fault, language) })),
    })),
    discovered: { ...discovered },
    models: models.map(({ id, name }) => ({ id, name })),
  };
}

export function toModelDto(model: ModelView): ModelDto {
  const { publicId, name, provider, providerName, kind, contextWindow, price, state, source, isDemo, files } = model;
  const { tools, vision, jsonSchema, reasoning } = model.capabilities;
  const { reasoningEffort, ...parameters } = model.parameters;
  return {
    id: publicId,
    name,
    provider,
    providerName,
    kind,
    files: files && toModelFilesDto(files),
    contextWindow,
    price,
    state,
    source,
    isDemo,
    capabilities: { tools, vision, jsonSchema, reasoning },
    parameters: { ...parameters, reasoningEffort: reasoningEffort && [...reasoningEffort] },
  };
}

function toModelFilesDto({ accepts, maxTotalBytes }: ModelFiles): ModelFilesDto {
  return {
    accepts: accepts.map(({ kind, mediaTypes, maxBytes, maxPerMessage }) => ({
      kind,
      mediaTypes: [...mediaTypes],
      maxBytes,
      maxPerMessage,
    })),
    maxTotalBytes,
  };
}

export function toUserSettingsDto({ theme, language, defaultModel, generation, sendOnEnter }: UserSettings): UserSettingsDto {
  return { theme, language, defaultModel, generation: toGenerationSettingsDto(generation), sendOnEnter };
}
