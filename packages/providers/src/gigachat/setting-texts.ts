import type { Localized } from '@multimodel/core';

/** What is wrong with a setting, for the person who fills it in. Never a part of the value. */
export class SettingFault extends Error {
  readonly text: Localized;

  constructor(text: Localized) {
    super(text.en);
    this.text = text;
  }
}

export const keyTexts = {
  halfOfKey: {
    ru: 'Это Client ID или Client Secret, а нужен ключ авторизации: кабинет показывает его один раз, когда ключ создают',
    en: 'This is a client id or a secret, not the authorization key: the cabinet shows the key once, when it is made',
  },
  tokenForKey: {
    ru: 'Это токен, он живёт полчаса: вставьте его в поле accessToken или возьмите ключ авторизации',
    en: 'This is an access token, which lives for half an hour: put it into accessToken, or use the key',
  },
  brokenKey: {
    ru: 'Это не ключ авторизации или не весь ключ: скопируйте его из кабинета ещё раз',
    en: 'This is not an authorization key, or not the whole of it: copy it again from the cabinet',
  },
} as const satisfies Record<string, Localized>;

export const pemTexts = {
  notPem: {
    ru: 'Файл не в форме PEM: в нём должна быть строка, которая начинается с -----BEGIN',
    en: 'The file is not in PEM form: it must contain a line that begins with -----BEGIN',
  },
  noFile: {
    ru: 'По этому пути нет файла, который сервер может прочитать; можно вставить сам текст PEM',
    en: 'There is no file at this path that the server can read; a PEM text may be pasted instead',
  },
  longFile: { ru: 'Файл слишком длинный для сертификата', en: 'The file is too long to be a certificate' },
  noCertificate: {
    ru: 'Сертификата в нём нет: нужна строка -----BEGIN CERTIFICATE-----',
    en: 'There is no certificate in it: a line -----BEGIN CERTIFICATE----- is needed',
  },
  privateKey: {
    ru: 'Здесь закрытый ключ, а это поле показывают открыто: вставьте ключ в clientKey, а сюда — только сертификаты',
    en: 'This holds a private key, and the field is shown openly: put the key into clientKey, and only certificates here',
  },
  damaged: { ru: 'Сертификат в нём испорчен: скачайте его ещё раз', en: 'A certificate in it is damaged: download it again' },
  notAPair: {
    ru: 'Сертификат и закрытый ключ не подходят друг к другу, или пароль ключа неверный',
    en: 'The certificate and its private key do not fit together, or the passphrase of the key is wrong',
  },
} as const satisfies Record<string, Localized>;

const besideTexts = (lone: string, missing: string): Localized => ({
  ru: `Вместе с ${lone} нужно поле ${missing}`,
  en: `${lone} needs ${missing} beside it`,
});

export const accountTexts = {
  none: {
    ru: 'Заполните authorizationKey, а иначе accessToken, user с password или clientCertificate',
    en: 'Give authorizationKey, or else accessToken, user with password, or clientCertificate',
  },
  several: (given: string): Localized => ({
    ru: `Оставьте что-то одно из authorizationKey, accessToken, user: сейчас заполнены ${given}`,
    en: `Give only one of authorizationKey, accessToken, user; given are ${given}`,
  }),
  noUser: besideTexts('password', 'user'),
  noPassword: besideTexts('user', 'password'),
  noCertificate: besideTexts('clientKey', 'clientCertificate'),
} as const;
