import type { ModelInfo } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import { describeModel, rankOf } from './catalog.ts';
import type { GigaChatAccount } from './gigachat-account.ts';

const modelList = z.object({ data: z.array(z.object({ id: z.string(), type: z.string().nullish() })) });

/** Of the vendor's kinds; those that check texts are for no chat. Old answers have no kind. */
const kinds: Readonly<Record<string, ModelInfo['kind']>> = { chat: 'chat', embedder: 'embedding' };

/** What this host lists for this account: the hosts have lists of their own. */
export async function listModels(account: GigaChatAccount, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const { api, address, windows, settings } = account;
  const { data } = await callJson(api, { method: 'GET', path: `${address.v1}/models`, schema: modelList, signal });
  const models = data.flatMap(({ id, type }) => {
    const kind = kinds[type ?? (/embed/iu.test(id) ? 'embedder' : 'chat')];
    const contextWindow = settings.contextWindow ?? windows.get(id);
    return kind === undefined ? [] : [describeModel(id, { kind, source: 'live', contextWindow })];
  });
  return models.sort((a, b) => rankOf(a.id) - rankOf(b.id) || a.id.localeCompare(b.id));
}
