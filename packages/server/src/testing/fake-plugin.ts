import type { ChatRequest, ModelFiles, ModelInfo, ProviderPlugin, StreamEvent } from '@multimodel/core';
import { defineProvider } from '@multimodel/provider-sdk';
import { z } from 'zod';

/** What a fake model says; `hold` keeps the stream open until a test lets go. */
export interface FakeVendor {
  events: readonly StreamEvent[];
  hold?: Promise<void> | undefined;
  /** Of the model `windowed`; the model `one` does not say. */
  contextWindow: number;
  /** Of the model `eyes`, which is listed when it has any. */
  files?: ModelFiles | undefined;
  /** What the models were asked. */
  readonly requests: ChatRequest[];
  /** Settings with which providers were created. */
  readonly created: unknown[];
}

const model: ModelInfo = {
  id: 'one',
  name: 'Fake One',
  kind: 'chat',
  capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
  parameters: { temperature: { min: 0, max: 1 }, reasoningEffort: ['off', 'high'] },
  price: { currency: 'RUB', inputPerMillion: 100, outputPerMillion: 200, asOf: '2026-01-01' },
  source: 'live',
};

export function createFakeVendor(): FakeVendor {
  return {
    events: [
      { type: 'text-delta', text: 'Hello, ' },
      { type: 'text-delta', text: 'world' },
      { type: 'finish', reason: 'stop', usage: { inputTokens: 3, outputTokens: 2 } },
    ],
    contextWindow: 1_000,
    requests: [],
    created: [],
  };
}

/** A vendor with a key, a folder and an address; and a demo that needs nothing. */
export function createFakePlugins(vendor: FakeVendor): readonly ProviderPlugin[] {
  const fake = defineProvider({
    id: 'fake',
    displayName: 'Fake AI',
    settings: z.object({
      apiKey: z
        .string()
        .min(4)
        .meta({ secret: true, label: { ru: 'Ключ', en: 'API key' } }),
      folderId: z
        .string()
        .optional()
        .meta({ label: { ru: 'Каталог', en: 'Folder' } }),
      mode: z
        .enum(['fast', 'slow'])
        .default('fast')
        .meta({ label: { ru: 'Режим', en: 'Mode' } }),
      baseUrl: z
        .url()
        .optional()
        .meta({ label: { ru: 'Адрес', en: 'Address' } }),
      retries: z
        .number()
        .optional()
        .meta({ label: { ru: 'Повторы', en: 'Retries' } }),
    }),
    environment: { FAKE_API_KEY: 'apiKey', FAKE_FOLDER: 'folderId', FAKE_BASE_URL: 'baseUrl', FAKE_RETRIES: 'retries' },
    create: (settings) => {
      vendor.created.push(settings);
      return providerOf(vendor);
    },
  });
  const demo = defineProvider({ id: 'demo', displayName: 'Demo', isDemo: true, settings: z.object({}), create: () => providerOf(vendor) });
  return [fake, demo];
}

function providerOf(vendor: FakeVendor): ReturnType<ProviderPlugin['create']> {
  return {
    limits: {},
    get catalog() {
      return [model, { ...model, id: 'windowed', contextWindow: vendor.contextWindow }, ...modelsWithEyes(vendor)];
    },
    chatModel: (id) => ({
      id,
      async *stream(request, { signal }) {
        vendor.requests.push(request);
        for (const event of vendor.events) {
          if (event.type === 'finish') await vendor.hold;
          signal.throwIfAborted();
          yield event;
        }
      },
    }),
    listModels: async () => [model, ...modelsWithEyes(vendor)],
    probe: async () => ({ ok: true, latencyMs: 1 }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function modelsWithEyes({ files }: FakeVendor): readonly ModelInfo[] {
  return files ? [{ ...model, id: 'eyes', files }] : [];
}
