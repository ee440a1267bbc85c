import type { Localized } from '@multimodel/core';
import { faultIssue } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { accessTokenFault, authorizationKeyFault, type Credential, toAuthorizationKey } from './credential.ts';
import { isUsable, readCertificates, readOpenPem, readPemText } from './pem-text.ts';
import { accountTexts, pemTexts, SettingFault } from './setting-texts.ts';

/** Optional text read by `read`, which throws a `SettingFault`. An empty field of a form is no value. */
function optional<T>(read: (text: string) => T) {
  return z
    .string()
    .transform((value, context): T | undefined => {
      const trimmed = value.trim();
      if (trimmed === '') return undefined;
      try {
        return read(trimmed);
      } catch (error) {
        if (!(error instanceof SettingFault)) throw error;
        context.addIssue(faultIssue(error.text));
        return z.NEVER;
      }
    })
    .optional();
}

function checked(fault: (text: string) => Localized | undefined, normalize = (text: string): string => text) {
  return optional((text) => {
    const value = normalize(text);
    const wrong = fault(value);
    if (wrong !== undefined) throw new SettingFault(wrong);
    return value;
  });
}

const plain = () => optional((text) => text);
const milliseconds = (fallback: number, label: Localized) =>
  z.int().min(1).max(86_400_000).default(fallback).meta({ advanced: true, label });

export const scopes = ['GIGACHAT_API_PERS', 'GIGACHAT_API_B2B', 'GIGACHAT_API_CORP'] as const;
export type Scope = (typeof scopes)[number];

const account = {
  authorizationKey: checked(authorizationKeyFault, toAuthorizationKey).meta({
    secret: true,
    label: { ru: 'Ключ авторизации', en: 'Authorization key' },
    help: {
      ru: 'Длинная строка из личного кабинета GigaChat API; показывается один раз, когда ключ создают.',
      en: 'The long text from the cabinet of GigaChat API; it is shown once, when the key is made.',
    },
  }),
  scope: z
    .enum(scopes)
    .default('GIGACHAT_API_PERS')
    .meta({
      label: { ru: 'Версия API', en: 'Scope' },
      help: {
        ru: 'PERS — для физических лиц, B2B — компании по предоплате, CORP — компании с оплатой по факту.',
        en: 'PERS for individuals, B2B for companies that pay in advance, CORP for companies that pay as they go.',
      },
    }),
  accessToken: checked(accessTokenFault, (text) => text.replace(/^bearer\s+/iu, '')).meta({
    secret: true,
    advanced: true,
    label: { ru: 'Готовый токен', en: 'Access token' },
    help: {
      ru: 'Живёт полчаса и сам не обновляется: только для пробы.',
      en: 'Lives for half an hour and is not renewed: for a trial only.',
    },
  }),
  user: plain().meta({
    advanced: true,
    label: { ru: 'Имя пользователя', en: 'User name' },
    help: { ru: 'Для закрытых установок, где вместо ключа имя и пароль.', en: 'For closed installations that take a name and a password.' },
  }),
  password: plain().meta({
    secret: true,
    advanced: true,
    label: { ru: 'Пароль', en: 'Password' },
    help: { ru: 'Вместе с именем пользователя.', en: 'Together with the user name.' },
  }),
};

const certificates = {
  trustRussianRoot: z
    .boolean()
    .default(true)
    .meta({
      advanced: true,
      label: { ru: 'Доверять корневому сертификату Минцифры', en: 'Trust the Russian root certificate' },
      help: {
        ru: 'Только в соединениях с GigaChat и только если сертификат был скачан по вашей просьбе.',
        en: 'In connections to GigaChat only, and only if it was downloaded at your request.',
      },
    }),
  caBundle: optional(readCertificates).meta({
    advanced: true,
    label: { ru: 'Свои корневые сертификаты', en: 'Root certificates of your own' },
    help: {
      ru: 'Путь к файлу PEM на сервере или сам его текст. Добавляются к системным, только для GigaChat.',
      en: 'The path of a PEM file on the server, or its text. Added to those of the system, for GigaChat only.',
    },
  }),
  verifyTls: z
    .boolean()
    .default(true)
    .meta({
      advanced: true,
      label: { ru: 'Проверять сертификат сервера', en: 'Check the server’s certificate' },
      help: {
        ru: 'Без проверки ключ и переписку может перехватить любой на пути. Лучше скачайте корневой сертификат.',
        en: 'Without it anybody on the way can take the key and read along. Better download the root certificate.',
      },
    }),
  clientCertificate: optional(readOpenPem).meta({
    advanced: true,
    label: { ru: 'Сертификат клиента', en: 'Client certificate' },
    help: {
      ru: 'Путь к файлу PEM на сервере или его текст; для установок, которые узнают клиента по сертификату.',
      en: 'The path of a PEM file on the server, or its text; for installations that know clients by certificates.',
    },
  }),
  clientKey: optional(readPemText).meta({
    secret: true,
    advanced: true,
    label: { ru: 'Закрытый ключ сертификата', en: 'Private key of the certificate' },
    help: { ru: 'Путь к файлу PEM на сервере или его текст.', en: 'The path of a PEM file on the server, or its text.' },
  }),
  clientKeyPassphrase: plain().meta({
    secret: true,
    advanced: true,
    label: { ru: 'Пароль закрытого ключа', en: 'Passphrase of the private key' },
    help: { ru: 'Если ключ зашифрован.', en: 'If the key is encrypted.' },
  }),
};

const address = (fallback: string, label: Localized, help: Localized) =>
  z
    .url({ protocol: /^https?$/ })
    .default(fallback)
    .meta({ advanced: true, label, help });

const connection = {
  baseUrl: address(
    'https://api.giga.chat/v1',
    { ru: 'Адрес API', en: 'API address' },
    {
      ru: 'Прежний адрес — https://gigachat.devices.sberbank.ru/api/v1; у каждого свой список моделей.',
      en: 'The former one is https://gigachat.devices.sberbank.ru/api/v1; each has a list of models of its own.',
    },
  ),
  authUrl: address(
    'https://ngw.devices.sberbank.ru:9443/api/v2/oauth',
    { ru: 'Адрес выдачи токенов', en: 'Address of the token service' },
    { ru: 'Порт 9443 часто закрыт межсетевым экраном.', en: 'Port 9443 is often closed by a firewall.' },
  ),
  protocol: z
    .enum(['v1', 'v2'])
    .default('v1')
    .meta({
      advanced: true,
      label: { ru: 'Версия протокола', en: 'Version of the protocol' },
      help: {
        ru: 'v1 есть везде; v2 умеет несколько вызовов функций за раз.',
        en: 'v1 is there everywhere; v2 can call several functions at a time.',
      },
    }),
  http: z
    .enum(['auto', '2', '1.1'])
    .default('auto')
    .meta({
      advanced: true,
      label: { ru: 'Версия HTTP', en: 'Version of HTTP' },
      help: {
        ru: 'По HTTP/1.1 ответ может прийти разом, а не по словам; auto берёт HTTP/2, если он есть.',
        en: 'Over HTTP/1.1 an answer may come at once and not word by word; auto takes HTTP/2 where it is offered.',
      },
    }),
  drawsPictures: z
    .boolean()
    .default(true)
    .meta({
      advanced: true,
      label: { ru: 'Разрешить рисовать', en: 'Let it draw' },
      help: { ru: 'Модель рисует, когда её просят о картинке.', en: 'The model draws when it is asked for a picture.' },
    }),
  returnsState: z
    .boolean()
    .default(true)
    .meta({
      advanced: true,
      label: { ru: 'Возвращать состояние функций', en: 'Return the state of functions' },
      help: {
        ru: 'Помогает модели продолжить после вызова функции; выключите, если GigaChat отказывает.',
        en: 'Helps the model to go on after a function call; switch it off if GigaChat refuses.',
      },
    }),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({
      advanced: true,
      label: { ru: 'Запросов одновременно', en: 'Requests at a time' },
      help: { ru: 'Обычно 1 для физических лиц и 10 для компаний.', en: 'Usually 1 for individuals and 10 for companies.' },
    }),
  contextWindow: z
    .int()
    .min(1000)
    .max(10_000_000)
    .optional()
    .meta({
      advanced: true,
      label: { ru: 'Окно контекста, токенов', en: 'Context window, tokens' },
      help: { ru: 'Если у вашего договора оно другое.', en: 'If your contract has another one.' },
    }),
  connectTimeoutMs: milliseconds(10_000, { ru: 'Ждать соединения, мс', en: 'Wait for a connection, ms' }),
  firstTokenTimeoutMs: milliseconds(180_000, { ru: 'Ждать первого слова, мс', en: 'Wait for the first token, ms' }),
  idleTimeoutMs: milliseconds(120_000, { ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' }),
  totalTimeoutMs: milliseconds(900_000, { ru: 'Ждать конца ответа, мс', en: 'Wait for the end, ms' }),
};

export const gigaChatSettings = z.object({ ...account, ...connection, ...certificates }).superRefine((settings, context) => {
  const fault = credentialFault(settings) ?? certificateFault(settings);
  if (fault !== undefined) context.addIssue({ ...faultIssue(fault.text), path: [fault.path] });
});

export type GigaChatSettings = z.output<typeof gigaChatSettings>;

interface Fault {
  readonly path: keyof GigaChatSettings;
  readonly text: Localized;
}

function credentialFault(settings: GigaChatSettings): Fault | undefined {
  const { authorizationKey, accessToken, user, password, clientCertificate } = settings;
  const given = (['authorizationKey', 'accessToken', 'user'] as const).filter((name) => settings[name] !== undefined);
  const [first, second] = given;
  if (first !== undefined && second !== undefined) return { path: first, text: accountTexts.several(given.join(', ')) };
  if (user === undefined && password !== undefined) return { path: 'user', text: accountTexts.noUser };
  if (user !== undefined && password === undefined) return { path: 'password', text: accountTexts.noPassword };
  const isGiven = (authorizationKey ?? accessToken ?? user ?? clientCertificate) !== undefined;
  return isGiven ? undefined : { path: 'authorizationKey', text: accountTexts.none };
}

function certificateFault({
  clientCertificate: cert,
  clientKey: key,
  clientKeyPassphrase: passphrase,
}: GigaChatSettings): Fault | undefined {
  if (cert === undefined) return key === undefined ? undefined : { path: 'clientCertificate', text: accountTexts.noCertificate };
  // One file may hold both.
  return isUsable({ cert, key: key ?? cert, passphrase }) ? undefined : { path: 'clientKey', text: pemTexts.notAPair };
}

/** The one credential; the settings were checked to have it. */
export function credentialOf({ authorizationKey, accessToken, user, password }: GigaChatSettings): Credential {
  if (authorizationKey !== undefined) return { kind: 'authorizationKey', key: authorizationKey };
  if (accessToken !== undefined) return { kind: 'accessToken', token: accessToken };
  if (user !== undefined && password !== undefined) return { kind: 'password', user, password };
  return { kind: 'certificate' };
}
