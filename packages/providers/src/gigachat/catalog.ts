import type { ModelInfo } from '@multimodel/core';
import { filesOfModel } from './file-kinds.ts';

/** What is known of a model that the vendor's list does not tell. */
interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelInfo['kind'];
  readonly contextWindow?: number | undefined;
  /** Absent = nobody knows. */
  readonly hasVision?: boolean | undefined;
  readonly hasReasoning?: boolean | undefined;
  /** Old names lead to newer models, and not every host has every model: such are described, but offered only when the vendor lists them. */
  readonly isListedOnly?: boolean | undefined;
}

/** Measured on 2026-08-03; the documentation says 128 thousand. A smaller one is learned from the vendor's refusal. */
const window = 261_120;
const chat = { kind: 'chat', contextWindow: window, hasVision: false, hasReasoning: false } as const;
const vision = { ...chat, hasVision: true } as const;

/** As of 2026-10. Prices are not published in a form that could be quoted. */
const catalog: readonly CatalogEntry[] = [
  { ...vision, id: 'GigaChat-2-Max', name: 'GigaChat 2 Max' },
  { ...vision, id: 'GigaChat-2-Pro', name: 'GigaChat 2 Pro' },
  { ...chat, id: 'GigaChat-2', name: 'GigaChat 2 Lite' },
  { kind: 'chat', contextWindow: window, id: 'GigaChat-3-Ultra', name: 'GigaChat 3 Ultra', isListedOnly: true },
  { ...vision, id: 'GigaChat-Max', name: 'GigaChat Max', isListedOnly: true },
  { ...vision, id: 'GigaChat-Pro', name: 'GigaChat Pro', isListedOnly: true },
  { ...chat, id: 'GigaChat-Plus', name: 'GigaChat Plus', isListedOnly: true },
  { ...chat, id: 'GigaChat', name: 'GigaChat Lite', isListedOnly: true },
  { id: 'Embeddings', name: 'Embeddings', kind: 'embedding' },
  { id: 'Embeddings-2', name: 'Embeddings 2', kind: 'embedding', isListedOnly: true },
  { id: 'EmbeddingsGigaR', name: 'Embeddings GigaR', kind: 'embedding' },
];

const previewSuffix = '-preview';

/** A preview is like the model that it comes before. */
export function findEntry(id: string): CatalogEntry | undefined {
  const base = id.endsWith(previewSuffix) ? id.slice(0, -previewSuffix.length) : id;
  return catalog.find((entry) => entry.id === base);
}

/** Models known beforehand first, in the catalogue's order. */
export function rankOf(id: string): number {
  const entry = findEntry(id);
  return entry === undefined ? catalog.length : catalog.indexOf(entry);
}

export interface ModelFacts {
  readonly kind: ModelInfo['kind'];
  readonly source: ModelInfo['source'];
  /** From the settings, or learned from a refusal. */
  readonly contextWindow?: number | undefined;
}

export function describeModel(id: string, { kind, source, contextWindow: own }: ModelFacts): ModelInfo {
  const entry = findEntry(id);
  const name = entry === undefined ? id : id.endsWith(previewSuffix) ? `${entry.name} (preview)` : entry.name;
  const noCapabilities = { tools: false, vision: false, jsonSchema: false, reasoning: false };
  if (kind === 'embedding') return { id, name, kind, capabilities: noCapabilities, parameters: {}, source };
  const hasReasoning = entry === undefined ? false : entry.hasReasoning !== false;
  const hasVision = entry?.hasVision ?? false;
  const contextWindow = own ?? entry?.contextWindow;
  return {
    id,
    name,
    kind,
    capabilities: { tools: true, vision: hasVision, jsonSchema: true, reasoning: hasReasoning },
    parameters: {
      temperature: { min: 0, max: 2, step: 0.1 },
      topP: { min: 0, max: 1, step: 0.05 },
      maxOutputTokens: { min: 1, max: contextWindow ?? window },
      reasoningEffort: hasReasoning ? ['low', 'medium', 'high'] : undefined,
    },
    contextWindow,
    files: filesOfModel(hasVision),
    source,
  };
}

/** The dated list itself, for as long as the vendor has not answered. */
export function listCatalog(contextWindow: number | undefined): readonly ModelInfo[] {
  const offered = catalog.filter(({ isListedOnly }) => isListedOnly !== true);
  return offered.map(({ id, kind }) => describeModel(id, { kind, source: 'catalog', contextWindow }));
}
