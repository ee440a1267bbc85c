import { defineProvider, withTimeouts } from '@multimodel/provider-sdk';
import { faultWords } from '../shared/fault-table.ts';
import { openAccount } from './anthropic-account.ts';
import { AnthropicChatModel } from './anthropic-chat-model.ts';
import { listCatalog } from './catalog.ts';
import { anthropicFaults } from './error-table.ts';
import { checkAccess, listModels } from './list-models.ts';
import { anthropicSettings } from './settings.ts';

/** Claude, through Anthropic's Messages API. */
export const anthropic = defineProvider({
  id: 'anthropic',
  displayName: 'Anthropic',
  about: { ru: 'Модели Claude', en: 'Claude models' },
  settings: anthropicSettings,
  environment: { ANTHROPIC_API_KEY: 'apiKey', ANTHROPIC_BASE_URL: 'baseUrl' },
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
      chatModel: (modelId) => withTimeouts(new AnthropicChatModel(modelId, account), limits, context.clock),
      catalog: listCatalog(),
      listModels: ({ signal }) => listModels(account, signal),
      async probe({ signal }) {
        const startedAt = context.clock.monotonic();
        await checkAccess(account, signal);
        return { ok: true, latencyMs: context.clock.monotonic() - startedAt };
      },
      explain: (error) => faultWords(error, anthropicFaults),
      [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
    };
  },
});
