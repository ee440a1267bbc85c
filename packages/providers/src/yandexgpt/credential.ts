import type { Localized } from '@multimodel/core';
import { headerValueText } from '@multimodel/provider-sdk';
import { z } from 'zod';

/** What the downloaded file of an authorized key holds, as far as it is needed. */
export interface ServiceAccountKey {
  readonly keyId: string;
  readonly serviceAccountId: string;
  /** PEM, without the warning line that newer files have before it. */
  readonly privateKey: string;
}

export type Credential =
  | { readonly kind: 'apiKey'; readonly secret: string }
  | { readonly kind: 'iamToken'; readonly secret: string }
  | { readonly kind: 'serviceAccountKey'; readonly key: ServiceAccountKey }
  | { readonly kind: 'metadata' };

const keyFile = z.object({ id: z.string().min(1), service_account_id: z.string().min(1), private_key: z.string() });

/** Reads a key file given as its text or as the object in it. What is wrong is told without any part of the key. */
export function readServiceAccountKey(value: string | Readonly<Record<string, unknown>>): ServiceAccountKey | Localized {
  const parsed = keyFile.safeParse(typeof value === 'string' ? parseKeyText(value) : value);
  if (!parsed.success) {
    return {
      ru: 'Это не файл авторизованного ключа: в нём должны быть id, service_account_id и private_key',
      en: 'This is not the file of an authorized key: it must have id, service_account_id and private_key',
    };
  }
  const { id, service_account_id: serviceAccountId, private_key: pem } = parsed.data;
  const begin = pem.indexOf('-----BEGIN');
  if (begin < 0) {
    return {
      ru: 'private_key не в форме PEM: в нём должна быть строка, которая начинается с -----BEGIN',
      en: 'private_key is not in PEM form: it must contain a line that begins with -----BEGIN',
    };
  }
  return { keyId: id.trim(), serviceAccountId: serviceAccountId.trim(), privateKey: pem.slice(begin) };
}

function parseKeyText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isIamToken = (text: string): boolean => /^t\d\./u.test(text);
const isOauthToken = (text: string): boolean => /^y[0-3]_/u.test(text);
const isServiceAccountId = (text: string): boolean => /^aje[a-z0-9]{17}$/u.test(text);

/** Why this cannot be an API key; `undefined` when it can. */
export function apiKeyFault(text: string): Localized | undefined {
  if (isIamToken(text))
    return {
      ru: 'Это IAM-токен, а не API-ключ: вставьте его в поле iamToken',
      en: 'This is an IAM token, not an API key: put it into iamToken',
    };
  if (isOauthToken(text)) {
    return {
      ru: 'Это личный OAuth-токен, он не подойдёт: создайте API-ключ сервисного аккаунта',
      en: 'This is a personal OAuth token, which is not accepted: create an API key of a service account',
    };
  }
  if (isServiceAccountId(text)) {
    return {
      ru: 'Это идентификатор сервисного аккаунта, а не его API-ключ: сам ключ показывают один раз, когда создают',
      en: 'This is the id of a service account, not its API key: the secret is shown once, when the key is created',
    };
  }
  if (text.startsWith('{')) {
    return {
      ru: 'Это файл авторизованного ключа, а не API-ключ: вставьте его в поле serviceAccountKey',
      en: 'This is the file of an authorized key, not an API key: put it into serviceAccountKey',
    };
  }
  return headerValueText(text);
}

/** Why this cannot be an IAM token; `undefined` when it can. */
export function iamTokenFault(text: string): Localized | undefined {
  if (isIamToken(text)) return headerValueText(text);
  if (isOauthToken(text)) {
    return {
      ru: 'Это личный OAuth-токен, а не IAM-токен: создайте лучше API-ключ сервисного аккаунта',
      en: 'This is a personal OAuth token, not an IAM token: create an API key of a service account instead',
    };
  }
  return {
    ru: 'IAM-токены начинаются с t1., а это — нет: если это API-ключ, вставьте его в поле apiKey',
    en: 'IAM tokens begin with t1. and this does not: if it is an API key, put it into apiKey',
  };
}

/** Why this cannot be a folder; `undefined` when it can. */
export function folderFault(text: string): Localized | undefined {
  if (text.startsWith('aje')) {
    return {
      ru: 'Это идентификатор сервисного аккаунта (aje…); у каталога он начинается с b1 и есть в адресе консоли',
      en: 'This is the id of a service account (aje…); a folder id begins with b1 and stands in the address of the console',
    };
  }
  if (!/^[a-z0-9]+$/u.test(text)) {
    return {
      ru: 'Идентификатор каталога — 20 строчных латинских букв и цифр, первые две — b1',
      en: 'A folder id is 20 lower-case letters and digits that begin with b1',
    };
  }
  return undefined;
}
