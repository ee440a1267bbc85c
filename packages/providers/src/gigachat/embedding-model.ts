import type { EmbeddingModel } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import type { GigaChatAccount } from './gigachat-account.ts';

const embeddings = z.object({
  data: z.array(
    z.object({
      index: z.number().nullish(),
      embedding: z.array(z.number()),
      usage: z.object({ prompt_tokens: z.number().nullish() }).nullish(),
    }),
  ),
});
type Item = z.output<typeof embeddings>['data'][number];

/** The vendor names no limit; a request of some hundred short texts is small enough for any. */
const textsPerRequest = 100;

export function createEmbeddingModel(id: string, account: GigaChatAccount): EmbeddingModel {
  return {
    id,
    async embed(texts, { signal }) {
      const items: Item[] = [];
      for (let from = 0; from < texts.length; from += textsPerRequest) {
        items.push(...(await embedSome({ id, account, signal }, texts.slice(from, from + textsPerRequest))));
      }
      return {
        embeddings: items.map(({ embedding }) => embedding),
        // There is no sum: every item has a count of its own.
        inputTokens: items.reduce((sum, { usage }) => sum + (usage?.prompt_tokens ?? 0), 0),
      };
    },
  };
}

interface Request {
  readonly id: string;
  readonly account: GigaChatAccount;
  readonly signal: AbortSignal;
}

async function embedSome({ id, account: { api, address }, signal }: Request, texts: readonly string[]): Promise<readonly Item[]> {
  const body = { model: id, input: texts };
  const { data } = await callJson(api, { method: 'POST', path: `${address.v1}/embeddings`, body, schema: embeddings, signal });
  if (data.length === texts.length) return data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0));
  const text = {
    ru: 'GigaChat вернул не столько векторов, сколько было текстов',
    en: 'GigaChat returned another number of vectors than of texts',
  };
  throw createProviderError('protocol', text, { providerId: api.providerId });
}
