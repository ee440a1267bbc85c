/** One model as the simulated vendor serves it. */
export interface SimulatedModel {
  readonly id: string;
  readonly owner: string;
  readonly scheme: 'gpt' | 'emb' | 'art';
  /** Served by `/foundationModels/v1` too; the others live on the OpenAI-compatible host only. */
  readonly isNative: boolean;
  readonly contextWindow: number;
  /** Fixed names that the vendor's list does not repeat. */
  readonly isUnlisted?: boolean;
}

const native = { owner: 'Yandex', scheme: 'gpt', isNative: true } as const;
const open = { scheme: 'gpt', isNative: false } as const;
const embedding = { owner: 'Yandex', scheme: 'emb', isNative: true, contextWindow: 2000 } as const;

export const defaultModels: readonly SimulatedModel[] = [
  { ...native, id: 'aliceai-llm', contextWindow: 131_072 },
  { ...native, id: 'yandexgpt', contextWindow: 32_768 },
  { ...native, id: 'yandexgpt-lite', contextWindow: 32_768 },
  { ...native, id: 'yandexgpt-5.1', contextWindow: 32_768 },
  { ...native, id: 'yandexgpt-5-pro', contextWindow: 32_768 },
  { ...native, id: 'yandexgpt-5-lite', contextWindow: 32_768 },
  { ...open, id: 'aliceai-llm-flash', owner: 'Yandex', contextWindow: 65_536 },
  { ...open, id: 'deepseek-v4-flash', owner: 'DeepSeek', contextWindow: 1_048_576 },
  { ...open, id: 'qwen3-235b-a22b-fp8', owner: 'Alibaba', contextWindow: 262_144 },
  { ...open, id: 'qwen3.6-35b-a3b', owner: 'Alibaba', contextWindow: 262_144 },
  { ...open, id: 'gpt-oss-120b', owner: 'OpenAI', contextWindow: 131_072 },
  { ...open, id: 'gpt-oss-20b', owner: 'OpenAI', contextWindow: 131_072 },
  { ...open, id: 'gemma-3-27b-it', owner: 'Google', contextWindow: 131_072 },
  { ...embedding, id: 'text-search-doc' },
  { ...embedding, id: 'text-search-query' },
  { ...embedding, id: 'text-embeddings' },
];

export interface ModelUri {
  readonly scheme: string;
  readonly folderId: string;
  readonly modelId: string;
}

/** `scheme://folder/model[/branch][@suffix]`. */
export function parseModelUri(uri: string): ModelUri | undefined {
  const match = /^(gpt|emb|cls|art):\/\/([^/\s]+)\/([^/@\s]+)(?:\/[^@/\s]+)?(?:@\S+)?$/u.exec(uri);
  if (match === null) return undefined;
  const [, scheme = '', folderId = '', modelId = ''] = match;
  return { scheme, folderId, modelId };
}

export function modelList(models: readonly SimulatedModel[], folderId: string): unknown {
  const data = models
    .filter((model) => model.isUnlisted !== true)
    .map(({ scheme, id, owner }) => ({ id: `${scheme}://${folderId}/${id}/latest`, object: 'model', owned_by: owner, created: 0 }));
  const tuned = { id: `emb://${folderId}/text-embeddings/latest@tamexample`, object: 'model', owned_by: 'Yandex', created: 0 };
  return { object: 'list', data: [...data, tuned] };
}
