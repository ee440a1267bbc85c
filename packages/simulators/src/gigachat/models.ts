/** The two addresses have lists of their own. */
export type Site = 'api.giga.chat' | 'gigachat.devices.sberbank.ru';

export interface GigaChatModel {
  readonly id: string;
  readonly type: 'chat' | 'embedder' | 'aicheck' | 'filter';
  /** Whose version an answer names: old names lead to newer models. */
  readonly servedAs?: string | undefined;
  readonly version: string;
  /** What its tokens are bought under. */
  readonly family: string;
  readonly contextWindow: number;
  readonly seesImages?: boolean | undefined;
  readonly reasons?: boolean | undefined;
  readonly dimensions?: number | undefined;
  /** Absent = on both. */
  readonly site?: Site | undefined;
}

const chat = { type: 'chat', version: '2.0.28.2', contextWindow: 261_120 } as const;
const lite = { ...chat, family: 'GigaChat' } as const;
const pro = { ...chat, family: 'GigaChat-Pro', seesImages: true } as const;
const max = { ...chat, family: 'GigaChat-Max', seesImages: true } as const;
const embedder = { type: 'embedder', version: '1.0', family: 'embeddings', contextWindow: 512 } as const;
const legacy = { site: 'gigachat.devices.sberbank.ru' } as const;

export const defaultGigaChatModels: readonly GigaChatModel[] = [
  { ...lite, ...legacy, id: 'GigaChat' },
  { ...lite, id: 'GigaChat-2' },
  { ...max, id: 'GigaChat-2-Max' },
  { ...max, ...legacy, id: 'GigaChat-2-Max-preview' },
  { ...pro, id: 'GigaChat-2-Pro' },
  { ...pro, ...legacy, id: 'GigaChat-2-Pro-preview' },
  { ...lite, ...legacy, id: 'GigaChat-2-preview' },
  { ...max, ...legacy, id: 'GigaChat-Max' },
  { ...lite, ...legacy, id: 'GigaChat-Plus', servedAs: 'GigaChat' },
  { ...pro, ...legacy, id: 'GigaChat-Pro' },
  { ...chat, id: 'GigaChat-3-Ultra', version: '32.3.18.5', family: 'GigaChat-3-Ultra', reasons: true, site: 'api.giga.chat' },
  { id: 'GigaFilter', type: 'filter', version: '1.0', family: 'filter', contextWindow: 4096, ...legacy },
  { id: 'GigaCheckClassification', type: 'aicheck', version: '1.0', family: 'aicheck', contextWindow: 4096 },
  { id: 'GigaCheckDetection', type: 'aicheck', version: '1.0', family: 'aicheck', contextWindow: 4096 },
  { ...embedder, id: 'Embeddings', dimensions: 1024 },
  { ...embedder, id: 'Embeddings-2', dimensions: 1024 },
  { ...embedder, id: 'EmbeddingsGigaR', dimensions: 2560, contextWindow: 4096 },
];

export function modelsOf(models: readonly GigaChatModel[], site: Site): readonly GigaChatModel[] {
  return models.filter((model) => model.site === undefined || model.site === site);
}

export const listed = ({ id, type }: GigaChatModel): unknown => ({ id, object: 'model', owned_by: 'salutedevices', type });

export const echoedName = ({ id, servedAs, version }: GigaChatModel): string => `${servedAs ?? id}:${version}`;
