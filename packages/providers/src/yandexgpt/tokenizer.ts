import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import { isNativeModel, toModelUri } from './model-uri.ts';
import type { YandexAccount } from './yandex-account.ts';

const tokens = z.object({ tokens: z.array(z.unknown()) });

/** Free of charge. Models of the OpenAI-compatible host have no tokenizer there; the lite model's is near enough for a budget. */
export async function countTokens(account: YandexAccount, modelId: string, text: string, signal: AbortSignal): Promise<number> {
  const folderId = await account.folder.get(signal);
  const modelUri = toModelUri('gpt', folderId, isNativeModel(modelId) ? modelId : 'yandexgpt-lite');
  const call = { method: 'POST', path: '/foundationModels/v1/tokenize', headers: account.headers(folderId), signal } as const;
  const answer = await callJson(account.native, { ...call, body: { modelUri, text }, schema: tokens });
  return answer.tokens.length;
}
