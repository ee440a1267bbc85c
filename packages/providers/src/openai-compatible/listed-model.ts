import type { ModelInfo, ModelParameters, Price } from '@multimodel/core';
import { z } from 'zod';
import { kindByName } from './kind-by-name.ts';
import type { OpenAiAccount } from './openai-account.ts';
import { seesByDefault } from './openai-dialect.ts';

const flag = z.boolean().nullish().catch(undefined);
const number = z.number().positive().nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);
const texts = z.array(z.string()).nullish().catch(undefined);
const amount = z.union([z.string(), z.number()]).nullish().catch(undefined);

/** One entry of a list of models, with the members of every vendor that tells more than a name. */
export const listedModel = z.object({
  id: z.string().min(1),
  name: text,
  display_name: text,
  type: text,
  created: number,
  active: flag,
  archived: flag,
  context_length: number,
  context_window: number,
  max_context_length: number,
  max_model_len: number,
  loaded_context_length: number,
  max_completion_tokens: number,
  /** llama.cpp. */
  meta: z.object({ n_ctx: number, n_ctx_train: number }).nullish().catch(undefined),
  /** Mistral's switches; LM Studio's and Ollama's names. */
  capabilities: z
    .union([
      z.object({ completion_chat: flag, function_calling: flag, vision: flag, reasoning: flag }),
      z.array(z.string()).transform(toSwitches),
    ])
    .nullish()
    .catch(undefined),
  /** Fireworks. */
  supports_chat: flag,
  supports_tools: flag,
  supports_image_input: flag,
  /** Moonshot. */
  supports_image_in: flag,
  supports_reasoning: flag,
  /** xAI. */
  input_modalities: texts,
  /** OpenRouter. */
  architecture: z.object({ input_modalities: texts, output_modalities: texts }).nullish().catch(undefined),
  supported_parameters: texts,
  top_provider: z.object({ max_completion_tokens: number }).nullish().catch(undefined),
  pricing: z
    .object({ prompt: amount, completion: amount, input_cache_read: amount, input: amount, output: amount })
    .nullish()
    .catch(undefined),
});

export type ListedModel = z.output<typeof listedModel>;

function toSwitches(names: readonly string[]) {
  return {
    completion_chat: names.includes('completion') || !names.includes('embedding'),
    function_calling: names.includes('tools') || names.includes('tool_use'),
    vision: names.includes('vision') ? true : undefined,
    reasoning: names.includes('thinking') ? true : undefined,
  };
}

const chatTypes = new Set(['chat', 'language', 'llm', 'vlm', 'code', 'model', 'base', 'completion']);

/** `undefined`: neither for chats nor for embeddings. */
function kindOf({ id, type, capabilities, supports_chat: chats, architecture }: ListedModel): ModelInfo['kind'] | undefined {
  if (type?.startsWith('embedding') || architecture?.output_modalities?.includes('embeddings')) return 'embedding';
  if (type && !chatTypes.has(type.toLowerCase())) return undefined;
  const outputs = architecture?.output_modalities;
  if (outputs && !outputs.includes('text')) return undefined;
  const told = capabilities?.completion_chat ?? chats;
  const named = kindByName(id);
  if (told === false) return named === 'embedding' ? named : undefined;
  return told === true || type || outputs ? 'chat' : named;
}

/** An entry of the list as the product describes models; `undefined` for what is not for chats or embeddings. */
export function toModelInfo(entry: ListedModel, account: OpenAiAccount, today: string): ModelInfo | undefined {
  const kind = kindOf(entry);
  if (kind === undefined || entry.active === false || entry.archived === true) return undefined;
  const { preset } = account;
  const capabilities =
    kind === 'chat' ? capabilitiesOf(entry, account) : { tools: false, vision: false, jsonSchema: false, reasoning: false };
  const contextWindow = windowOf(entry);
  return {
    id: entry.id,
    name: entry.display_name ?? entry.name ?? entry.id,
    kind,
    capabilities,
    parameters: kind === 'chat' ? parametersOf(entry, account) : {},
    files: capabilities.vision ? filesOf(preset.images) : undefined,
    contextWindow,
    price: priceOf(entry, preset.prices, today),
    source: 'live',
  };
}

/** What it runs with counts before what it was made for. */
function windowOf(entry: ListedModel): number | undefined {
  const { meta } = entry;
  const told = entry.loaded_context_length ?? meta?.n_ctx ?? entry.max_model_len ?? entry.context_length ?? entry.context_window;
  return told ?? entry.max_context_length ?? meta?.n_ctx_train ?? undefined;
}

function capabilitiesOf(entry: ListedModel, account: OpenAiAccount): ModelInfo['capabilities'] {
  const { settings, preset } = account;
  const parameters = entry.supported_parameters;
  const seen = settings.vision === 'auto' ? visionIn(entry) : undefined;
  return {
    tools: parameters?.includes('tools') ?? entry.capabilities?.function_calling ?? entry.supports_tools ?? preset.supports?.tools ?? true,
    vision: seen ?? seesByDefault(account),
    jsonSchema: parameters?.includes('structured_outputs') ?? preset.supports?.jsonSchema ?? true,
    reasoning: reasoningIn(entry) ?? false,
  };
}

function visionIn(entry: ListedModel): boolean | undefined {
  const inputs = entry.architecture?.input_modalities ?? entry.input_modalities;
  if (inputs) return inputs.includes('image');
  if (entry.type === 'vlm') return true;
  return entry.capabilities?.vision ?? entry.supports_image_input ?? entry.supports_image_in ?? undefined;
}

function reasoningIn(entry: ListedModel): boolean | undefined {
  return entry.supported_parameters?.includes('reasoning') ?? entry.capabilities?.reasoning ?? entry.supports_reasoning ?? undefined;
}

function parametersOf(entry: ListedModel, { preset }: OpenAiAccount): ModelParameters {
  const efforts = (['off', 'low', 'medium', 'high'] as const).filter((effort) => preset.reasoning?.[effort] !== undefined);
  const canReason = reasoningIn(entry) ?? true;
  const max = entry.top_provider?.max_completion_tokens ?? entry.max_completion_tokens ?? windowOf(entry) ?? fallbackMaxTokens;
  return {
    temperature: { min: 0, max: preset.maxTemperature ?? 2, step: 0.1 },
    topP: { min: 0, max: 1, step: 0.05 },
    maxOutputTokens: { min: 1, max },
    seed: preset.supports?.seed ?? true,
    stop: preset.supports?.stop ?? true,
    reasoningEffort: canReason && efforts.length > 0 ? efforts : undefined,
  };
}

const fallbackMaxTokens = 131_072;
const usualImages = { mediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'], maxBytes: 15_000_000 } as const;

function filesOf(images: OpenAiAccount['preset']['images']): ModelInfo['files'] {
  return {
    accepts: [
      { kind: 'image', mediaTypes: images?.mediaTypes ?? usualImages.mediaTypes, maxBytes: images?.maxBytes ?? usualImages.maxBytes },
    ],
  };
}

function priceOf({ pricing }: ListedModel, unit: 'per-token' | 'per-million' | undefined, asOf: string): Price | undefined {
  if (!pricing || unit === undefined) return undefined;
  const factor = unit === 'per-token' ? 1_000_000 : 1;
  const of = (value: string | number | null | undefined): number =>
    value === null || value === undefined ? Number.NaN : round(Number(value) * factor);
  const inputPerMillion = of(pricing.prompt ?? pricing.input);
  const outputPerMillion = of(pricing.completion ?? pricing.output);
  // A router of the vendor's own says −1: it depends.
  if (!(inputPerMillion >= 0 && outputPerMillion >= 0)) return undefined;
  const cached = of(pricing.input_cache_read);
  return { currency: 'USD', inputPerMillion, outputPerMillion, ...(cached >= 0 ? { cachedInputPerMillion: cached } : {}), asOf };
}

/** Without the dust of binary fractions. */
const round = (value: number): number => Number(value.toFixed(6));
