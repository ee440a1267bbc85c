import type { ModelCapabilities, ModelFiles, ModelInfo, ModelParameters, Price } from '@multimodel/core';

/** Facts that the vendor's list does not tell. Dated, editable, never a promise. */
export interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: 'chat' | 'embedding';
  /** Whether `/foundationModels/v1` serves it; the others live on the OpenAI-compatible host only. */
  readonly isNative: boolean;
  readonly contextWindow?: number;
  readonly hasVision?: boolean;
  readonly hasReasoning?: boolean;
  /** Roubles per 1,000 tokens with VAT, as the vendor quotes them: input, cached input, output. */
  readonly price?: readonly [input: number, cachedInput: number, output: number];
  readonly pricedOn?: string;
  /** Offered when the vendor's list cannot be had. */
  readonly isListed: boolean;
}

const native = { kind: 'chat', isNative: true, isListed: true } as const;
const open = { kind: 'chat', isNative: false, isListed: true } as const;
const embedding = { kind: 'embedding', isNative: true, isListed: true, contextWindow: 2000, price: [0.01, 0.01, 0] } as const;

const summer2026 = '2026-07-23';
const autumn2026 = '2026-09-30';

/** Vendor's list of 2026-08-03 and price page of 2026-07-23, later changes as quoted by several projects. */
export const catalog: readonly CatalogEntry[] = [
  { ...native, id: 'aliceai-llm', name: 'Alice AI LLM', contextWindow: 131_072, price: [0.5, 0.5, 1.2], pricedOn: autumn2026 },
  { ...open, id: 'aliceai-llm-flash', name: 'Alice AI LLM Flash', contextWindow: 65_536, price: [0.1, 0.025, 0.2], pricedOn: autumn2026 },
  {
    ...native,
    id: 'yandexgpt-5.1',
    name: 'YandexGPT 5.1 Pro',
    contextWindow: 32_768,
    hasReasoning: true,
    price: [0.8, 0.8, 0.8],
    pricedOn: summer2026,
  },
  {
    ...native,
    id: 'yandexgpt-5-pro',
    name: 'YandexGPT 5 Pro',
    contextWindow: 32_768,
    hasReasoning: true,
    price: [1.2, 1.2, 1.2],
    pricedOn: summer2026,
  },
  { ...native, id: 'yandexgpt-5-lite', name: 'YandexGPT 5 Lite', contextWindow: 32_768, price: [0.2, 0.2, 0.2], pricedOn: summer2026 },
  { ...open, id: 'deepseek-v4-flash', name: 'DeepSeek V4 Flash', contextWindow: 1_048_576, price: [0.3, 0.075, 0.5], pricedOn: autumn2026 },
  { ...open, id: 'qwen3-235b-a22b-fp8', name: 'Qwen3 235B', contextWindow: 262_144, price: [0.5, 0.5, 0.5], pricedOn: summer2026 },
  {
    ...open,
    id: 'qwen3.6-35b-a3b',
    name: 'Qwen3.6 35B',
    contextWindow: 262_144,
    hasVision: true,
    hasReasoning: true,
    price: [0.2, 0.05, 0.3],
    pricedOn: autumn2026,
  },
  {
    ...open,
    id: 'gpt-oss-120b',
    name: 'gpt-oss-120b',
    contextWindow: 131_072,
    hasReasoning: true,
    price: [0.3, 0.3, 0.3],
    pricedOn: summer2026,
  },
  {
    ...open,
    id: 'gpt-oss-20b',
    name: 'gpt-oss-20b',
    contextWindow: 131_072,
    hasReasoning: true,
    price: [0.1, 0.1, 0.1],
    pricedOn: summer2026,
  },
  // Names whose meaning moves, and models that only older lists have.
  {
    ...native,
    id: 'yandexgpt',
    name: 'YandexGPT Pro (latest)',
    contextWindow: 32_768,
    hasReasoning: true,
    isListed: false,
    price: [1.2, 1.2, 1.2],
    pricedOn: summer2026,
  },
  {
    ...native,
    id: 'yandexgpt/rc',
    name: 'YandexGPT Pro (rc)',
    contextWindow: 32_768,
    hasReasoning: true,
    isListed: false,
    price: [0.8, 0.8, 0.8],
    pricedOn: summer2026,
  },
  {
    ...native,
    id: 'yandexgpt-lite',
    name: 'YandexGPT Lite (latest)',
    contextWindow: 32_768,
    isListed: false,
    price: [0.2, 0.2, 0.2],
    pricedOn: summer2026,
  },
  {
    ...open,
    id: 'deepseek-v4.1-flash',
    name: 'DeepSeek V4.1 Flash',
    hasVision: true,
    isListed: false,
    price: [0.3, 0.075, 0.5],
    pricedOn: autumn2026,
  },
  { ...open, id: 'gemma-3-27b-it', name: 'Gemma 3 27B', contextWindow: 131_072, hasVision: true, isListed: false },
  { ...embedding, id: 'text-search-doc', name: 'Text Search Doc', pricedOn: summer2026 },
  { ...embedding, id: 'text-search-query', name: 'Text Search Query', pricedOn: summer2026 },
];

const noAbilities: ModelCapabilities = { tools: false, vision: false, jsonSchema: false, reasoning: false };

/** Pictures go as Base64 in the request, whose size nobody has measured: a bound that Base64 leaves below ten megabytes. */
const pictures: ModelFiles = {
  accepts: [{ kind: 'image', mediaTypes: ['image/png', 'image/jpeg'], maxBytes: 7_000_000 }],
  maxTotalBytes: 7_000_000,
};

/** What is known of a model, or a careful guess where nothing is. */
export function describeModel(id: string, kind: ModelInfo['kind'], source: ModelInfo['source']): ModelInfo {
  const entry = findEntry(id, kind);
  if (kind === 'embedding') {
    return {
      id,
      name: entry?.name ?? id,
      kind,
      capabilities: noAbilities,
      parameters: {},
      contextWindow: entry?.contextWindow,
      price: priceOf(entry),
      source,
    };
  }
  return {
    id,
    name: nameOf(id, entry),
    kind,
    capabilities: { tools: true, vision: entry?.hasVision ?? false, jsonSchema: true, reasoning: entry?.hasReasoning ?? false },
    parameters: parametersOf(entry),
    files: entry?.hasVision === true ? pictures : undefined,
    contextWindow: entry?.contextWindow,
    price: priceOf(entry),
    source,
  };
}

/** A tuned model (`yandexgpt-lite/latest@tam…`) is and costs what its base is and costs. */
export function findEntry(id: string, kind: ModelInfo['kind'] = 'chat'): CatalogEntry | undefined {
  const [base = id] = id.split('@');
  const name = base.replace(/\/latest$/u, '');
  return catalog.find((entry) => entry.kind === kind && entry.id === name);
}

function nameOf(id: string, entry: CatalogEntry | undefined): string {
  if (entry === undefined) return id;
  const [, suffix] = id.split('@');
  return suffix === undefined ? entry.name : `${entry.name} @${suffix}`;
}

function parametersOf(entry: CatalogEntry | undefined): ModelParameters {
  const effort = entry?.isNative === true ? (['off', 'high'] as const) : (['low', 'medium', 'high'] as const);
  return {
    temperature: { min: 0, max: 1, step: 0.1, default: 0.3 },
    maxOutputTokens: { min: 1, max: entry?.contextWindow ?? 32_768 },
    reasoningEffort: entry?.hasReasoning === true ? effort : undefined,
  };
}

function priceOf(entry: CatalogEntry | undefined): Price | undefined {
  if (entry?.price === undefined || entry.pricedOn === undefined) return undefined;
  const [input, cachedInput, output] = entry.price.map((perThousand) => Math.round(perThousand * 1_000_000) / 1000);
  if (input === undefined || output === undefined) return undefined;
  return { currency: 'RUB', inputPerMillion: input, cachedInputPerMillion: cachedInput, outputPerMillion: output, asOf: entry.pricedOn };
}

export function listCatalog(): readonly ModelInfo[] {
  return catalog.filter(({ isListed }) => isListed).map(({ id, kind }) => describeModel(id, kind, 'catalog'));
}
