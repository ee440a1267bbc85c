import { defineProvider, withTimeouts } from '@multimodel/provider-sdk';
import { faultWords } from '../shared/fault-table.ts';
import { listCatalog } from './catalog.ts';
import { googleFaults } from './error-table.ts';
import { openAccount } from './google-account.ts';
import { GoogleChatModel } from './google-chat-model.ts';
import { checkAccess, listModels } from './list-models.ts';
import { googleSettings } from './settings.ts';

/** Gemini and Gemma, through the Gemini API. */
export const google = defineProvider({
  id: 'google',
  displayName: 'Google Gemini',
  about: { ru: 'Модели Gemini и Gemma', en: 'Gemini and Gemma models' },
  settings: googleSettings,
  environment: { GOOGLE_GENERATIVE_AI_API_KEY: 'apiKey', GOOGLE_GENERATIVE_AI_BASE_URL: 'baseUrl' },
  create(settings, context) {
    const account = openAccount(settings, context);
    const limits = {
      providerId: context.slug,
      firstTokenMs: settings.firstTokenTimeoutMs,
      idleMs: settings.idleTimeoutMs,
      totalMs: settings.totalTimeoutMs,
    };
    return {
      limits: { concurrency: settings.concurrency },
      chatModel: (modelId) => withTimeouts(new GoogleChatModel(modelId, account), limits, context.clock),
      catalog: listCatalog(),
      listModels: ({ signal }) => listModels(account, signal),
      async probe({ signal }) {
        const startedAt = context.clock.monotonic();
        await checkAccess(account, signal);
        return { ok: true, latencyMs: context.clock.monotonic() - startedAt };
      },
      explain: (error) => faultWords(error, googleFaults),
      [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
    };
  },
});
