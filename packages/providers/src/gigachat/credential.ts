import { createHash } from 'node:crypto';
import type { Localized } from '@multimodel/core';
import { headerValueText } from '@multimodel/provider-sdk';
import { keyTexts } from './setting-texts.ts';

/** What an account proves itself with. A client certificate may stand beside any of them, and alone. */
export type Credential =
  | { readonly kind: 'authorizationKey'; readonly key: string }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'accessToken'; readonly token: string }
  | { readonly kind: 'certificate' };

/** The key as the cabinet gives it out, whatever mail and clipboard did to it; an id and a secret joined by a colon are encoded. */
export function toAuthorizationKey(text: string): string {
  const key = text.replace(/\s+/gu, ' ').trim();
  const bare = key.replace(/^(?:authorization:\s*)?(?:basic|bearer)\s+/iu, '').replaceAll(' ', '');
  return isPair(bare) ? Buffer.from(bare).toString('base64') : bare;
}

const isPair = (text: string): boolean => /^[^:]+:[^:]+$/u.test(text) && headerValueText(text) === undefined;

/** Why this cannot be an authorization key; `undefined` when it can. */
export function authorizationKeyFault(key: string): Localized | undefined {
  const fault = headerValueText(key);
  if (fault !== undefined) return fault;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(key)) return keyTexts.halfOfKey;
  if (key.startsWith('eyJ')) return keyTexts.tokenForKey;
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/u.test(key) && /^[^:]+:.+$/su.test(Buffer.from(key, 'base64').toString());
  return isBase64 ? undefined : keyTexts.brokenKey;
}

export function accessTokenFault(token: string): Localized | undefined {
  return headerValueText(token);
}

/** The vendor counts requests by account, whatever its providers here are called. A hash; a certificate alone names no account. */
export function accountOf(credential: Credential): string | undefined {
  const [secret] = secretsOf(credential);
  return secret && `gigachat:${createHash('sha256').update(secret).digest('hex')}`;
}

/** Values that must not get into an error. */
export function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case 'authorizationKey':
      return [credential.key, ...secretInside(credential.key)];
    case 'password':
      return [credential.password, basicOf(credential)];
    case 'accessToken':
      return [credential.token];
    case 'certificate':
      return [];
    default:
      return credential satisfies never;
  }
}

/** A vendor might quote the key's second half. */
function secretInside(key: string): readonly string[] {
  const pair = Buffer.from(key, 'base64').toString();
  return [pair, pair.slice(pair.indexOf(':') + 1)].filter((text) => text.length >= 16);
}

export function basicOf({ user, password }: { readonly user: string; readonly password: string }): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}
