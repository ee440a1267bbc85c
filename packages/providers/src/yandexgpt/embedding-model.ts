import type { EmbeddingModel } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import { toModelUri } from './model-uri.ts';
import type { YandexAccount } from './yandex-account.ts';

const embeddingAnswer = z.object({ embedding: z.array(z.number()), numTokens: z.coerce.number().nullish() });

/** One request per text: the vendor takes no batches, and its quota of requests per second leaves no room for many at a time. */
export function createEmbeddingModel(id: string, account: YandexAccount): EmbeddingModel {
  return {
    id,
    async embed(texts, { signal }) {
      const folderId = await account.folder.get(signal);
      const modelUri = toModelUri('emb', folderId, id);
      const embeddings: (readonly number[])[] = [];
      let inputTokens = 0;
      for (const text of texts) {
        const headers = account.headers(folderId);
        const call = { method: 'POST', path: '/foundationModels/v1/textEmbedding', headers, body: { modelUri, text }, signal } as const;
        const answer = await callJson(account.native, { ...call, schema: embeddingAnswer });
        embeddings.push(answer.embedding);
        inputTokens += answer.numTokens ?? 0;
      }
      return { embeddings, inputTokens };
    },
  };
}
