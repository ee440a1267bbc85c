import type { ChatModel, ModelInfo } from '@multimodel/core';
import { defineProvider, withTimeouts } from '@multimodel/provider-sdk';
import { createAiSdkChatModel, createPackageFetch, loadAiSdkPackage, type PackageFetch } from '@multimodel/provider-sdk/ai-sdk';
import { type AiSdkSettings, aiSdkSettings, secretsOf } from './settings.ts';

/** Any provider for which there is a package of the AI SDK. The package is the user's: it is installed beside the server. */
export const aiSdk = defineProvider({
  id: 'ai-sdk',
  displayName: 'AI SDK',
  about: { ru: 'Любой поставщик, для которого есть пакет AI SDK', en: 'Any vendor with a package of the AI SDK' },
  settings: aiSdkSettings,
  create(settings, context) {
    const { slug: providerId, clock } = context;
    const closing = new AbortController();
    const connection = createPackageFetch(settings);
    const load = onceSuccessful(() => loadAiSdkPackage(packageOf(settings, providerId, connection)));
    const deps = { providerId, secrets: secretsOf(settings), closing: closing.signal };
    const limits = {
      providerId,
      firstTokenMs: settings.firstTokenTimeoutMs,
      idleMs: settings.idleTimeoutMs,
      totalMs: settings.totalTimeoutMs,
    };
    return {
      limits: { concurrency: settings.concurrency },
      chatModel: (modelId) =>
        withTimeouts(
          lateModel(modelId, async () => createAiSdkChatModel((await load())(modelId), deps)),
          limits,
          clock,
        ),
      catalog: settings.models.map(describeModel),
      listModels: async () => {
        await load();
        return settings.models.map(describeModel);
      },
      // There is no question that costs nothing and that every package can ask.
      async probe() {
        const startedAt = clock.monotonic();
        (await load())(settings.models[0] ?? 'any');
        return { ok: true, latencyMs: clock.monotonic() - startedAt, untried: ['reach', 'auth', 'access'] };
      },
      explain: ({ details, text }) => (details['setting'] === 'package' ? text : undefined),
      async [Symbol.asyncDispose]() {
        closing.abort();
        await connection[Symbol.asyncDispose]();
      },
    };
  },
});

function packageOf({ package: name, factory, ...settings }: AiSdkSettings, providerId: string, { fetch }: PackageFetch) {
  const { apiKey, baseUrl: baseURL, headers, options } = settings;
  const given = Object.entries({ name: providerId, apiKey, baseURL, headers, ...options, fetch });
  return {
    name,
    folder: process.cwd(),
    factory,
    options: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    providerId,
  };
}

/** A package that was missing may have been installed since. */
function onceSuccessful<T>(work: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () => {
    pending ??= work().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
}

function lateModel(id: string, open: () => Promise<ChatModel>): ChatModel {
  return {
    id,
    async *stream(request, options) {
      yield* (await open()).stream(request, options);
    },
  };
}

/** Nobody tells what a model can do: what most can is offered, and what this one cannot its package tells. */
function describeModel(id: string): ModelInfo {
  return {
    id,
    name: id,
    kind: 'chat',
    capabilities: { tools: true, vision: false, jsonSchema: true, reasoning: false },
    parameters: {
      temperature: { min: 0, max: 2, step: 0.1 },
      topP: { min: 0, max: 1, step: 0.05 },
      maxOutputTokens: { min: 1, max: 128_000 },
      seed: true,
      stop: true,
    },
    source: 'catalog',
  };
}
