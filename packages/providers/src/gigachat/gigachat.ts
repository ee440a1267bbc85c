import { defineProvider } from '@multimodel/provider-sdk';
import { fetchBalance } from './balance.ts';
import { listCatalog } from './catalog.ts';
import { createChatModel } from './chat-model.ts';
import { countTokens } from './count-tokens.ts';
import { accountOf } from './credential.ts';
import { createEmbeddingModel } from './embedding-model.ts';
import { openAccount } from './gigachat-account.ts';
import { listModels } from './list-models.ts';
import { uncheckedNotice } from './notices.ts';
import { probe } from './probe.ts';
import { russianRoot } from './russian-root.ts';
import { credentialOf, gigaChatSettings } from './settings.ts';
import { explain } from './to-gigachat-error.ts';

/** GigaChat of Sber, through both versions of its API. */
export const gigachat = defineProvider({
  id: 'gigachat',
  displayName: 'GigaChat',
  about: { ru: 'Модели Сбера: для себя и для бизнеса', en: 'Models of Sber, for individuals and companies' },
  settings: gigaChatSettings,
  trustedRoot: russianRoot,
  environment: {
    GIGACHAT_CREDENTIALS: 'authorizationKey',
    GIGACHAT_SCOPE: 'scope',
    GIGACHAT_BASE_URL: 'baseUrl',
    GIGACHAT_AUTH_URL: 'authUrl',
    GIGACHAT_ACCESS_TOKEN: 'accessToken',
    GIGACHAT_USER: 'user',
    GIGACHAT_PASSWORD: 'password',
    GIGACHAT_CA_BUNDLE_FILE: 'caBundle',
    GIGACHAT_VERIFY_SSL_CERTS: 'verifyTls',
    GIGACHAT_CERT_FILE: 'clientCertificate',
    GIGACHAT_KEY_FILE: 'clientKey',
    GIGACHAT_KEY_FILE_PASSWORD: 'clientKeyPassphrase',
  },
  create(settings, context) {
    const account = openAccount(settings, context);
    return {
      balance: ({ signal }) => fetchBalance(account, signal),
      limits: {
        concurrency: settings.concurrency ?? (settings.scope === 'GIGACHAT_API_PERS' ? 1 : 10),
        account: accountOf(credentialOf(settings)),
      },
      chatModel: (modelId) => createChatModel(modelId, account),
      embeddingModel: (modelId) => createEmbeddingModel(modelId, account),
      countTokens: (modelId, text, { signal }) => countTokens(account, modelId, text, signal),
      catalog: listCatalog(settings.contextWindow),
      listModels: ({ signal }) => listModels(account, signal),
      notices: settings.verifyTls ? [] : [uncheckedNotice],
      probe: ({ signal }) => probe(account, signal),
      forgetFile: (contentHash, { signal }) => account.uploads.forget(contentHash, signal),
      explain,
      [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
    };
  },
});
