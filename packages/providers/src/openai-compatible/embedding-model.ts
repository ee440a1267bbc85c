import type { EmbeddingModel } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { OpenAiAccount } from './openai-account.ts';

const embeddingAnswer = z.object({
  data: z.array(z.object({ index: z.number().nullish(), embedding: z.array(z.number()) })),
  usage: z.object({ prompt_tokens: z.number().nullish(), total_tokens: z.number().nullish() }).nullish().catch(undefined),
});

const usualBatch = 64;

/** Vectors in the order of the texts, however the vendor orders them. */
export function createEmbeddingModel(id: string, account: OpenAiAccount): EmbeddingModel {
  const size = account.preset.embeddingBatch ?? usualBatch;
  return {
    id,
    async embed(texts, { signal }) {
      const embeddings: (readonly number[])[] = [];
      let inputTokens = 0;
      for (let at = 0; at < texts.length; at += size) {
        const input = texts.slice(at, at + size);
        const body = { model: id, input: [...input], encoding_format: 'float' };
        const answer = await account.call({ method: 'POST', path: '/embeddings', body, schema: embeddingAnswer, signal, model: id });
        if (answer.data.length !== input.length) throw wrongCount(account.providerId, answer.data.length, input.length);
        const ordered = answer.data.map((each, place) => ({ place: each.index ?? place, embedding: each.embedding }));
        embeddings.push(...ordered.sort((a, b) => a.place - b.place).map(({ embedding }) => embedding));
        inputTokens += answer.usage?.prompt_tokens ?? answer.usage?.total_tokens ?? 0;
      }
      return { embeddings, inputTokens };
    },
  };
}

function wrongCount(providerId: string, got: number, wanted: number): Error {
  const text = {
    ru: `Провайдер вернул векторов: ${String(got)}, а текстов было: ${String(wanted)}.`,
    en: `The provider gave ${String(got)} vectors for ${String(wanted)} texts.`,
  };
  return createProviderError('protocol', text, { providerId });
}
