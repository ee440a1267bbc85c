import { defineProvider } from '@multimodel/provider-sdk';
import { createChatModel } from './chat-model.ts';
import { createEmbeddingModel } from './embedding-model.ts';
import { catalogOf, listModels } from './list-models.ts';
import { openAccount } from './openai-account.ts';
import { probe } from './probe.ts';
import { baseUrlOf, openAiSettings } from './settings.ts';
import { explainOpenAiError } from './to-openai-error.ts';

const usualConcurrency = 16;

/** OpenAI and every server that speaks its Chat Completions: a service is a row of `presets`. */
export const openaiCompatible = defineProvider({
  id: 'openai-compatible',
  displayName: 'OpenAI-compatible',
  about: {
    ru: 'OpenAI, DeepSeek, Mistral, Groq, OpenRouter, Ollama, LM Studio, vLLM и любой сервер с таким же API',
    en: 'OpenAI, DeepSeek, Mistral, Groq, OpenRouter, Ollama, LM Studio, vLLM and any server with the same API',
  },
  settings: openAiSettings,
  environment: { OPENAI_API_KEY: 'apiKey', OPENAI_BASE_URL: 'baseUrl' },
  addresses: (settings) => ({ baseUrl: baseUrlOf(settings) }),
  create(settings, context) {
    const account = openAccount(settings, context);
    return {
      limits: { concurrency: settings.concurrency ?? account.preset.concurrency ?? usualConcurrency },
      chatModel: (modelId) => createChatModel(modelId, account, context.clock),
      embeddingModel: (modelId) => createEmbeddingModel(modelId, account),
      catalog: catalogOf(account),
      listModels: ({ signal }) => listModels(account, context.clock, signal),
      async probe({ signal }) {
        const startedAt = context.clock.monotonic();
        await probe(account, signal);
        return { ok: true, latencyMs: context.clock.monotonic() - startedAt };
      },
      explain: (error) => explainOpenAiError(error, account.speaker),
      [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
    };
  },
});
