import type { ModelFiles, ModelInfo, ModelParameters, Price } from '@multimodel/core';

/** What a model takes, beside what every one of them does. */
export interface ModelFacts {
  readonly name: string;
  readonly contextWindow: number | undefined;
  readonly maxOutputTokens: number;
  /** `adaptive`: steered by an effort; `budget`: by a number of tokens. */
  readonly thinking: 'adaptive' | 'budget' | 'none';
  /** How thinking is switched off; absent = it cannot be. */
  readonly off?: 'disabled' | 'between_tools' | undefined;
  /** Whether temperature and top_p are taken: the newer models answer them with 400. */
  readonly hasSampling: boolean;
  /** Whether a call of a tool can be demanded. */
  readonly canForceTools: boolean;
  readonly hasJsonSchema: boolean;
  readonly hasVision: boolean;
  /** Dollars per 1,000,000 tokens: input, cached input, output. */
  readonly price?: readonly [input: number, cachedInput: number | undefined, output: number] | undefined;
}

interface CatalogEntry extends ModelFacts {
  /** Also the beginning of its dated names: `claude-haiku-4-5-20251001`. */
  readonly id: string;
  readonly isListed: boolean;
}

/** Of the vendor's pages on models and prices. Prices that depend on the length of the question are left out: they would mislead. */
const asOf = '2026-10-07';

const common = { hasVision: true, hasJsonSchema: true, canForceTools: true, isListed: true } as const;
const budget = { ...common, thinking: 'budget', off: 'disabled', hasSampling: true, contextWindow: 200_000 } as const;
const adaptive = { ...common, thinking: 'adaptive', maxOutputTokens: 128_000, contextWindow: 1_000_000, hasSampling: false } as const;
/** Thinks always, and lets nobody demand a tool. */
const always = { ...adaptive, canForceTools: false } as const;

/** The longest id that begins a name counts. */
const catalog: readonly CatalogEntry[] = [
  { ...always, id: 'claude-opus-5-5', name: 'Claude Opus 5.5', price: [4, 0.2, 20] },
  { ...always, id: 'claude-sonnet-5-5', name: 'Claude Sonnet 5.5', off: 'between_tools', price: [2, 0.1, 10] },
  { ...adaptive, id: 'claude-haiku-5-5', name: 'Claude Haiku 5.5', off: 'disabled' },
  { ...always, id: 'claude-fable-5-1', name: 'Claude Fable 5.1', price: [10, undefined, 50] },
  { ...adaptive, id: 'claude-opus-5', name: 'Claude Opus 5', off: 'disabled', price: [5, 0.5, 25] },
  { ...adaptive, id: 'claude-sonnet-5', name: 'Claude Sonnet 5', off: 'disabled', price: [2, 0.2, 10] },
  { ...budget, id: 'claude-haiku-4-5', name: 'Claude Haiku 4.5', maxOutputTokens: 64_000, price: [1, 0.1, 5] },
  // Older ones, which only the vendor's own list offers.
  { ...always, id: 'claude-fable-5', name: 'Claude Fable 5', isListed: false },
  { ...adaptive, id: 'claude-opus-4-8', name: 'Claude Opus 4.8', off: 'disabled', isListed: false },
  { ...adaptive, id: 'claude-opus-4-7', name: 'Claude Opus 4.7', off: 'disabled', isListed: false },
  {
    ...adaptive,
    id: 'claude-opus-4-6',
    name: 'Claude Opus 4.6',
    off: 'disabled',
    hasSampling: true,
    contextWindow: 200_000,
    isListed: false,
  },
  {
    ...adaptive,
    id: 'claude-sonnet-4-6',
    name: 'Claude Sonnet 4.6',
    off: 'disabled',
    hasSampling: true,
    contextWindow: 200_000,
    isListed: false,
  },
  { ...budget, id: 'claude-opus-4-5', name: 'Claude Opus 4.5', maxOutputTokens: 64_000, isListed: false },
  { ...budget, id: 'claude-sonnet-4-5', name: 'Claude Sonnet 4.5', maxOutputTokens: 64_000, isListed: false },
  { ...budget, id: 'claude-opus-4', name: 'Claude Opus 4', maxOutputTokens: 32_000, hasJsonSchema: false, isListed: false },
  { ...budget, id: 'claude-sonnet-4', name: 'Claude Sonnet 4', maxOutputTokens: 64_000, hasJsonSchema: false, isListed: false },
];

/** A model that nobody has heard of: of the vendor's own it is a new one, of others that speak this protocol little can be said. */
const newClaude: Omit<ModelFacts, 'name'> = { ...adaptive, contextWindow: undefined, maxOutputTokens: 64_000, off: 'disabled' };
const foreign: Omit<ModelFacts, 'name'> = {
  contextWindow: undefined,
  maxOutputTokens: 8192,
  thinking: 'none',
  hasSampling: true,
  canForceTools: true,
  hasJsonSchema: false,
  hasVision: false,
};

export function factsOf(id: string): ModelFacts {
  const entries = catalog.filter((entry) => id === entry.id || id.startsWith(`${entry.id}-`));
  const [entry] = entries.toSorted((a, b) => b.id.length - a.id.length);
  return entry ?? { name: id, ...(id.startsWith('claude-') ? newClaude : foreign) };
}

export function describeModel(id: string, facts: ModelFacts, source: ModelInfo['source']): ModelInfo {
  return {
    id,
    name: facts.name,
    kind: 'chat',
    capabilities: { tools: true, vision: facts.hasVision, jsonSchema: facts.hasJsonSchema, reasoning: facts.thinking !== 'none' },
    parameters: parametersOf(facts),
    files: filesOf(facts),
    contextWindow: facts.contextWindow,
    price: priceOf(facts),
    source,
  };
}

function parametersOf({ hasSampling, maxOutputTokens, thinking, off }: ModelFacts): ModelParameters {
  const efforts = off === undefined ? (['low', 'medium', 'high'] as const) : (['off', 'low', 'medium', 'high'] as const);
  return {
    temperature: hasSampling ? { min: 0, max: 1, step: 0.1, default: 1 } : undefined,
    topP: hasSampling ? { min: 0, max: 1, step: 0.05 } : undefined,
    maxOutputTokens: { min: 1, max: maxOutputTokens },
    stop: true,
    reasoningEffort: thinking === 'none' ? undefined : efforts,
  };
}

/** A request has at most 32 MB, an image 5 MB, both as base64, which is a third longer than the file. */
function filesOf({ hasVision }: ModelFacts): ModelFiles | undefined {
  if (!hasVision) return undefined;
  return {
    accepts: [
      { kind: 'image', mediaTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 3_750_000, maxPerMessage: 20 },
      { kind: 'document', mediaTypes: ['application/pdf', 'text/plain', 'text/markdown', 'text/csv'], maxBytes: 20_000_000 },
    ],
    maxTotalBytes: 22_000_000,
  };
}

function priceOf({ price }: ModelFacts): Price | undefined {
  if (price === undefined) return undefined;
  const [inputPerMillion, cachedInputPerMillion, outputPerMillion] = price;
  return { currency: 'USD', inputPerMillion, cachedInputPerMillion, outputPerMillion, asOf };
}

export function listCatalog(): readonly ModelInfo[] {
  return catalog.filter(({ isListed }) => isListed).map((entry) => describeModel(entry.id, entry, 'catalog'));
}
