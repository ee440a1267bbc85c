import { findEntry } from './catalog.ts';

/** `gpt://folder/model[/branch][@suffix]`; an id that is a whole URI already stays as it is. */
export function toModelUri(scheme: 'gpt' | 'emb', folderId: string, modelId: string): string {
  return modelId.includes('://') ? modelId : `${scheme}://${folderId}/${modelId}`;
}

/** `X` and `X/latest` are the same model; its folder is ours anyway. */
export function toModelId(uri: string): string {
  const path = uri.replace(/^[a-z]+:\/\/[^/]+\//u, '');
  return path.replace(/\/latest$/u, '');
}

/**
 * Whether `/foundationModels/v1` serves the model. Of those that the catalogue does not know only the vendor's own ones do:
 * the open-weight models are to be had on the OpenAI-compatible host alone.
 */
export function isNativeModel(modelId: string): boolean {
  const id = toModelId(modelId);
  return findEntry(id)?.isNative ?? /^(?:yandexgpt|aliceai-llm$|aliceai-llm[/@])/u.test(id);
}
