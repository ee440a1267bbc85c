import { type FileKind, kindOf, type ModelInfo, takenMediaTypes } from '@multimodel/core';
import { defineProvider } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { DemoChatModel } from './demo-chat-model.ts';

const kinds: readonly FileKind[] = ['image', 'document', 'audio'];
/** It only tells what it was given. */
const largestFile = 2_000 * 1024 * 1024;

const guide: ModelInfo = {
  id: 'guide',
  name: 'Guide',
  kind: 'chat',
  capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
  parameters: { maxOutputTokens: { min: 1, max: 4000 } },
  files: {
    accepts: kinds.map((kind) => ({ kind, mediaTypes: takenMediaTypes.filter((type) => kindOf(type) === kind), maxBytes: largestFile })),
  },
  source: 'catalog',
};

/** Not a model: ready-made answers that show the product before any key is there. */
export const demo = defineProvider({
  id: 'demo',
  displayName: 'Демо / Demo',
  isDemo: true,
  settings: z.object({
    pace: z
      .enum(['natural', 'instant'])
      .default('natural')
      .meta({
        label: { ru: 'Темп', en: 'Pace' },
        help: { ru: 'Как у настоящей модели или сразу.', en: 'Like a real model, or at once.' },
      }),
  }),
  create({ pace }, { slug, clock }) {
    return {
      limits: {},
      catalog: [guide],
      // Only what is listed: an answer under any other name would pass for a model that is not there.
      chatModel: (id) => new DemoChatModel({ id, isKnown: id === guide.id, providerId: slug, clock, pace }),
      listModels: () => Promise.resolve([guide]),
      probe: () => Promise.resolve({ ok: true, latencyMs: 0 }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
});
