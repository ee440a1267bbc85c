import type { Localized } from '@multimodel/core';
import { faultIssue } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { apiKeyFault, type Credential, folderFault, iamTokenFault, readServiceAccountKey, type ServiceAccountKey } from './credential.ts';

type Check = (text: string) => Localized | undefined;

/** Optional text: white space around it is a slip of the clipboard, and an empty field of a form is no value. */
function text(check: Check = () => undefined) {
  return z
    .string()
    .transform((value, context) => {
      const trimmed = value.trim();
      const fault = trimmed === '' ? undefined : check(trimmed);
      if (fault !== undefined) context.addIssue(faultIssue(fault));
      return trimmed === '' ? undefined : trimmed;
    })
    .optional();
}

const serviceAccountKey = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .transform((value, context): ServiceAccountKey | undefined => {
    if (typeof value === 'string' && value.trim() === '') return undefined;
    const key = readServiceAccountKey(value);
    if ('keyId' in key) return key;
    context.addIssue(faultIssue(key));
    return z.NEVER;
  })
  .optional();

const address = (fallback: string, label: Localized) =>
  z
    .url({ protocol: /^https?$/ })
    .default(fallback)
    .meta({ advanced: true, label });
const milliseconds = (fallback: number, label: Localized) =>
  z.int().min(1).max(86_400_000).default(fallback).meta({ advanced: true, label });

const foreignToken: Localized = {
  ru: 'С токеном виртуальной машины здесь может стоять только адрес Yandex Cloud: иначе токен ушёл бы на чужой сервер',
  en: 'With the token of the virtual machine only an address of Yandex Cloud may stand here: the token would go to a foreign server',
};

/** Or of this machine, where a test server or a relay of one's own listens; the guard of private addresses has a say there, too. */
function isOfVendor(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  if (/^(?:localhost|127\.[\d.]+|\[::1\])$/u.test(hostname)) return true;
  return protocol === 'https:' && /\.(?:cloud\.yandex\.net|yandexcloud\.net)$/u.test(hostname);
}

export const yandexGptSettings = z
  .object({
    apiKey: text(apiKeyFault).meta({
      secret: true,
      label: { ru: 'API-ключ', en: 'API key' },
      help: {
        ru: 'Ключ сервисного аккаунта с ролью ai.languageModels.user; начинается с AQVN.',
        en: 'Key of a service account with the role ai.languageModels.user; begins with AQVN.',
      },
    }),
    folderId: text(folderFault).meta({
      label: { ru: 'Каталог', en: 'Folder' },
      help: {
        ru: 'Идентификатор вида b1g…; если не указан, определяется по ключу.',
        en: 'Id like b1g…; found by the key when left out.',
      },
    }),
    iamToken: text(iamTokenFault).meta({
      secret: true,
      label: { ru: 'IAM-токен', en: 'IAM token' },
      help: { ru: 'Живёт не дольше 12 часов: только для пробы.', en: 'Lives for 12 hours at most: for a trial only.' },
    }),
    serviceAccountKey: serviceAccountKey.meta({
      secret: true,
      label: { ru: 'Авторизованный ключ', en: 'Authorized key' },
      help: { ru: 'Содержимое скачанного файла JSON целиком.', en: 'The whole of the downloaded JSON file.' },
    }),
    useMetadata: z
      .boolean()
      .default(false)
      .meta({
        label: { ru: 'Токен виртуальной машины', en: 'Token of the virtual machine' },
        help: { ru: 'Для серверов в самом Yandex Cloud.', en: 'For servers inside Yandex Cloud.' },
      }),
    dataLogging: z
      .boolean()
      .default(false)
      .meta({
        label: { ru: 'Разрешить Яндексу хранить запросы', en: 'Let Yandex keep the requests' },
        help: { ru: 'По умолчанию запрещено.', en: 'Off by default.' },
      }),
    concurrency: z
      .int()
      .min(1)
      .max(1000)
      .default(8)
      .meta({
        advanced: true,
        label: { ru: 'Запросов одновременно', en: 'Requests at a time' },
        help: { ru: 'Квота каталога — 10 на всех.', en: 'The quota of a folder is 10, for all its users.' },
      }),
    baseUrl: address('https://llm.api.cloud.yandex.net', { ru: 'Адрес API', en: 'API address' }),
    openaiBaseUrl: address('https://ai.api.cloud.yandex.net/v1', {
      ru: 'Адрес OpenAI-совместимого API',
      en: 'Address of the OpenAI-compatible API',
    }),
    iamUrl: address('https://iam.api.cloud.yandex.net', { ru: 'Адрес IAM', en: 'IAM address' }),
    metadataUrl: address('http://169.254.169.254', {
      ru: 'Адрес службы метаданных',
      en: 'Address of the metadata service',
    }),
    connectTimeoutMs: milliseconds(10_000, { ru: 'Ждать соединения, мс', en: 'Wait for a connection, ms' }),
    firstTokenTimeoutMs: milliseconds(120_000, { ru: 'Ждать первого слова, мс', en: 'Wait for the first token, ms' }),
    idleTimeoutMs: milliseconds(60_000, { ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' }),
    totalTimeoutMs: milliseconds(600_000, { ru: 'Ждать конца ответа, мс', en: 'Wait for the end, ms' }),
  })
  .superRefine((settings, context) => {
    for (const path of settings.useMetadata ? (['baseUrl', 'openaiBaseUrl'] as const) : []) {
      if (!isOfVendor(settings[path])) context.addIssue(faultIssue(foreignToken, [path]));
    }
    const given = credentialsOf(settings).map(({ kind }) => fieldByKind[kind]);
    if (given.length === 1) return;
    const names = Object.values(fieldByKind).join(', ');
    const text =
      given.length === 0
        ? { ru: `Заполните одно из полей: ${names}`, en: `Give one of: ${names}` }
        : {
            ru: `Заполните только одно из полей: ${names}; сейчас заполнены ${given.join(', ')}`,
            en: `Give only one of: ${names}; given are ${given.join(', ')}`,
          };
    context.addIssue(faultIssue(text, [given[0] ?? 'apiKey']));
  });

export type YandexGptSettings = z.output<typeof yandexGptSettings>;

export const fieldByKind = {
  apiKey: 'apiKey',
  iamToken: 'iamToken',
  serviceAccountKey: 'serviceAccountKey',
  metadata: 'useMetadata',
} as const satisfies Record<Credential['kind'], keyof YandexGptSettings>;

type CredentialSettings = Pick<YandexGptSettings, 'apiKey' | 'iamToken' | 'serviceAccountKey' | 'useMetadata'>;

function credentialsOf({ apiKey, iamToken, serviceAccountKey: key, useMetadata }: CredentialSettings): readonly Credential[] {
  return [
    ...(apiKey === undefined ? [] : [{ kind: 'apiKey', secret: apiKey } as const]),
    ...(iamToken === undefined ? [] : [{ kind: 'iamToken', secret: iamToken } as const]),
    ...(key === undefined ? [] : [{ kind: 'serviceAccountKey', key } as const]),
    ...(useMetadata ? [{ kind: 'metadata' } as const] : []),
  ];
}

/** The one credential; the settings were checked to have it. */
export function credentialOf(settings: YandexGptSettings): Credential {
  return credentialsOf(settings)[0] ?? { kind: 'metadata' };
}
