import type { ErrorDetails, Localized, ProviderErrorCode } from '@multimodel/core';
import type { Credential } from './credential.ts';

export interface VendorFault {
  /** HTTP status, the vendor's own where the body has one. */
  readonly status: number;
  readonly grpcCode: number | undefined;
  readonly message: string;
}

interface Verdict {
  readonly code: ProviderErrorCode;
  /** For people: what happened and what to do. */
  readonly text: Localized;
  readonly details?: ErrorDetails | undefined;
  /** Overrides what the code says: the fault lies in this account's settings. */
  readonly mayFailOver?: boolean | undefined;
}

interface Row {
  readonly pattern?: RegExp;
  readonly status?: number;
  readonly grpcCode?: number;
  verdict(match: readonly string[], credential: Credential['kind']): Verdict;
}

const keysHelp: Localized = {
  ru: 'создайте ключ сервисного аккаунта с ролью ai.languageModels.user и вставьте его в поле apiKey',
  en: 'create a key of a service account with the role ai.languageModels.user and put it into the setting apiKey',
};

const authTexts = {
  apiKey: { ru: `Yandex Cloud не принял API-ключ: ${keysHelp.ru}`, en: `Yandex Cloud refused the API key: ${keysHelp.en}` },
  iamToken: {
    ru: 'IAM-токен не принят или истёк (он живёт не дольше 12 часов): вставьте новый в поле iamToken или перейдите на apiKey',
    en: 'The IAM token was refused or has expired (it lives for 12 hours at most): put a new one into iamToken, or use apiKey',
  },
  serviceAccountKey: {
    ru: 'Yandex Cloud не принял авторизованный ключ: проверьте, что ключ и сервисный аккаунт не удалены, или вставьте новый файл в поле serviceAccountKey',
    en: 'Yandex Cloud refused the authorized key: check that key and service account still exist, or put a new file into serviceAccountKey',
  },
  metadata: {
    ru: 'Токен виртуальной машины не принят: привяжите к ней сервисный аккаунт с ролью ai.languageModels.user',
    en: 'The token of the virtual machine was refused: attach a service account with the role ai.languageModels.user to it',
  },
} as const satisfies Record<Credential['kind'], Localized>;

/** Read from the top; the first row that fits decides. Patterns come first, since statuses alone say little. */
const rows: readonly Row[] = [
  {
    pattern: /folder ID '([^']*)' does not match with service account folder ID '([^']*)'/iu,
    verdict: ([, wrongFolder = '', rightFolder = '']) => ({
      code: 'permission',
      text: {
        ru: `Ключ из каталога ${rightFolder}, а не ${wrongFolder}: впишите ${rightFolder} в поле folderId`,
        en: `The credential belongs to the folder ${rightFolder}, not to ${wrongFolder}: put ${rightFolder} into the setting folderId`,
      },
      details: { rightFolder, wrongFolder, setting: 'folderId' },
    }),
  },
  {
    pattern: /unknown api key/iu,
    verdict: () => ({
      code: 'auth',
      // The vendor answers a wrong scope with the same words.
      text: {
        ru: `Yandex Cloud не знает API-ключа из поля apiKey, или у ключа нет области действия yc.ai.languageModels.execute: ${keysHelp.ru}`,
        en: `Yandex Cloud does not know the API key in the setting apiKey, or the key lacks the scope yc.ai.languageModels.execute: ${keysHelp.en}`,
      },
    }),
  },
  {
    pattern: /apikey has expired/iu,
    verdict: () => ({
      code: 'auth',
      text: { ru: `Срок API-ключа истёк: ${keysHelp.ru}`, en: `The API key has expired: ${keysHelp.en}` },
    }),
  },
  { grpcCode: 16, verdict: (_match, kind) => ({ code: 'auth', text: authTexts[kind] }) },
  { status: 401, verdict: (_match, kind) => ({ code: 'auth', text: authTexts[kind] }) },
  {
    pattern: /gauge quota limit exceed: allowed (\d+)/iu,
    verdict: ([, limit = '']) => ({
      code: 'rate_limited',
      text: {
        ru: `Слишком много ответов одновременно: каталогу разрешено ${limit} на всё, что в нём есть`,
        en: `Too many answers at the same time: the folder allows ${limit}, shared by everything in it`,
      },
      details: { quota: 'concurrency', limit: Number(limit) },
    }),
  },
  {
    pattern: /rate quota limit exceed: allowed (\d+)/iu,
    verdict: ([, limit = '']) => ({
      code: 'rate_limited',
      text: {
        ru: `Слишком много запросов подряд: каталогу разрешено ${limit} за период`,
        en: `Too many requests in a row: the folder allows ${limit} in a period`,
      },
      details: { quota: 'rate', limit: Number(limit) },
    }),
  },
  {
    pattern: /billing/iu,
    verdict: () => ({
      code: 'quota_exhausted',
      text: {
        ru: 'Платёжный аккаунт не активен: пополните его в консоли Yandex Cloud',
        en: 'The billing account is not active: top it up in the Yandex Cloud console',
      },
    }),
  },
  {
    pattern: /input tokens must be no more than (\d+)(?:, got (\d+))?/iu,
    verdict: ([, limit = '', got]) => ({
      code: 'context_too_long',
      text: {
        ru: `Переписка длиннее ${limit} токенов, которые помнит эта модель: начните новый чат или выберите модель с большим окном`,
        en: `The conversation is longer than the ${limit} tokens of this model: begin a new chat or choose a model with a larger window`,
      },
      details: { limit: Number(limit), ...(got === undefined ? {} : { got: Number(got) }) },
    }),
  },
  {
    pattern: /invalid model_uri|failed to parse model uri|failed to get model/iu,
    verdict: () => ({
      code: 'model_not_found',
      text: {
        ru: 'Yandex Cloud не знает этой модели, или в этом каталоге она недоступна',
        en: 'Yandex Cloud does not know this model, or it is not available in this folder',
      },
    }),
  },
  {
    pattern: /empty message text/iu,
    verdict: () => ({
      code: 'invalid_request',
      text: { ru: 'В переписке есть сообщение без текста', en: 'A message of the conversation has no text' },
    }),
  },
  {
    pattern: /404 page not found/iu,
    verdict: () => ({
      code: 'invalid_request',
      text: {
        ru: 'По этому адресу нет такого API: проверьте поля baseUrl и openaiBaseUrl',
        en: 'There is no such API at this address: check the settings baseUrl and openaiBaseUrl',
      },
      details: { setting: 'baseUrl' },
      mayFailOver: true,
    }),
  },
  { grpcCode: 8, verdict: rateLimited },
  { status: 429, verdict: rateLimited },
  { grpcCode: 7, verdict: denied },
  { status: 403, verdict: denied },
  {
    grpcCode: 4,
    verdict: () => ({
      code: 'timeout',
      text: {
        ru: 'Модель не ответила за время, которое даёт ей Yandex Cloud',
        en: 'The model did not answer in the time that Yandex Cloud allows',
      },
    }),
  },
  { grpcCode: 13, verdict: overloaded },
  { grpcCode: 14, verdict: overloaded },
  { grpcCode: 12, verdict: overloaded },
];

function rateLimited(): Verdict {
  return {
    code: 'rate_limited',
    text: { ru: 'Квота каталога на сейчас исчерпана', en: 'A quota of the folder is used up for now' },
  };
}

function denied(): Verdict {
  return {
    code: 'permission',
    text: {
      ru: 'Сервисному аккаунту эта модель не разрешена: дайте ему роль ai.languageModels.user в его каталоге или запросите доступ к модели',
      en: 'The service account may not use this model: give it the role ai.languageModels.user in its folder, or ask for access to the model',
    },
  };
}

function overloaded(): Verdict {
  return { code: 'overloaded', text: { ru: 'YandexGPT перегружен или сломан', en: 'YandexGPT is out of order or overloaded' } };
}

/** What a fault means; `undefined`: no more than its status says. */
export function judge(fault: VendorFault, credential: Credential['kind']): Verdict | undefined {
  for (const row of rows) {
    const match = row.pattern?.exec(fault.message);
    const fits =
      match || (row.status !== undefined && row.status === fault.status) || (row.grpcCode !== undefined && row.grpcCode === fault.grpcCode);
    if (fits) return row.verdict(match ?? [], credential);
  }
  return undefined;
}
