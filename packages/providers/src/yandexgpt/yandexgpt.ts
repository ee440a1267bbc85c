import { defineProvider } from '@multimodel/provider-sdk';
import { listCatalog } from './catalog.ts';
import { createChatModel } from './chat-model.ts';
import { createEmbeddingModel } from './embedding-model.ts';
import { explain } from './explain.ts';
import { listModels } from './list-models.ts';
import { credentialOf, yandexGptSettings } from './settings.ts';
import { countTokens } from './tokenizer.ts';
import { openAccount } from './yandex-account.ts';

/** YandexGPT and the other models of Yandex AI Studio, through its native and its OpenAI-compatible API. */
export const yandexgpt = defineProvider({
  id: 'yandexgpt',
  displayName: 'YandexGPT',
  about: { ru: 'YandexGPT, Alice AI и открытые модели Yandex Cloud', en: 'YandexGPT, Alice AI and the open models of Yandex Cloud' },
  settings: yandexGptSettings,
  environment: {
    YC_API_KEY: 'apiKey',
    YC_IAM_TOKEN: 'iamToken',
    YC_FOLDER_ID: 'folderId',
    YC_SERVICE_ACCOUNT_KEY: 'serviceAccountKey',
    YC_API_BASE_URL: 'baseUrl',
    YC_OPENAI_BASE_URL: 'openaiBaseUrl',
  },
  create(settings, context) {
    const account = openAccount(settings, context);
    return {
      limits: { concurrency: settings.concurrency },
      chatModel: (modelId) => createChatModel(modelId, account, context.clock),
      embeddingModel: (modelId) => createEmbeddingModel(modelId, account),
      catalog: listCatalog(),
      listModels: ({ signal }) => listModels(account, signal),
      countTokens: (modelId, text, { signal }) => countTokens(account, modelId, text, signal),
      async probe({ signal }) {
        const startedAt = context.clock.monotonic();
        await countTokens(account, 'yandexgpt-lite', 'a', signal);
        return { ok: true, latencyMs: context.clock.monotonic() - startedAt };
      },
      discover: async ({ signal }) => ({ folderId: await account.ownFolder.get(signal) }),
      explain: (error) => explain(error, credentialOf(settings).kind),
      [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
    };
  },
});
