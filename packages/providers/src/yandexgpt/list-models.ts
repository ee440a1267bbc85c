import { type ModelInfo, ProviderError } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import { catalog, describeModel, listCatalog } from './catalog.ts';
import { toModelId } from './model-uri.ts';
import type { YandexAccount } from './yandex-account.ts';

const modelList = z.object({ data: z.array(z.object({ id: z.string() })).nullish() });

/**
 * What the vendor lists now, with what the catalogue knows of it. The dated catalogue itself where the vendor has no list:
 * it answers 404, an empty list, or that it wants something that nobody has written down. Credentials that are refused are an error.
 */
export async function listModels(account: YandexAccount, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const uris = await fetchUris(account, signal);
  const models = toModels(uris);
  return models.length === 0 ? listCatalog() : models;
}

async function fetchUris(account: YandexAccount, signal: AbortSignal): Promise<readonly string[]> {
  const folderId = await account.folder.get(signal);
  const headers = { ...account.headers(folderId), 'openai-project': folderId };
  try {
    const { data } = await callJson(account.openai, { method: 'GET', path: '/models', headers, schema: modelList, signal });
    return (data ?? []).map(({ id }) => id);
  } catch (error) {
    if (isMissingList(error)) return [];
    throw error;
  }
}

function isMissingList(error: unknown): boolean {
  if (!(error instanceof ProviderError) || error.details['rightFolder'] !== undefined) return false;
  return error.details['status'] === 404 || error.details['status'] === 400;
}

function toModels(uris: readonly string[]): readonly ModelInfo[] {
  const models = new Map<string, ModelInfo>();
  for (const uri of uris) {
    const kind = uri.startsWith('gpt://') ? 'chat' : 'embedding';
    // Pictures, classifiers and speech are not for chats.
    if (kind === 'embedding' && !uri.startsWith('emb://')) continue;
    const id = toModelId(uri);
    models.set(`${kind}:${id}`, describeModel(id, kind, 'live'));
  }
  return [...models.values()].sort((a, b) => rank(a) - rank(b));
}

/** Models for chats first, in the catalogue's order; what it does not know after it, as listed. */
function rank({ id, kind }: ModelInfo): number {
  const index = catalog.findIndex((entry) => entry.id === id && entry.kind === kind);
  return (index < 0 ? catalog.length : index) + (kind === 'chat' ? 0 : 1000);
}
