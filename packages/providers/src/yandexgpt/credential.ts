import { headerValueFault } from '@multimodel/provider-sdk';
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

/** Reads a key file given as its text or as the object in it. Throws a plain sentence, which never holds a part of the key. */
export function readServiceAccountKey(value: string | Readonly<Record<string, unknown>>): ServiceAccountKey {
  const parsed = keyFile.safeParse(typeof value === 'string' ? parseKeyText(value) : value);
  if (!parsed.success)
    throw new TypeError('This is not the file of an authorized key: it must have id, service_account_id and private_key');
  const { id, service_account_id: serviceAccountId, private_key: pem } = parsed.data;
  const begin = pem.indexOf('-----BEGIN');
  if (begin < 0) throw new TypeError('private_key is not in PEM form: it must contain a line that begins with -----BEGIN');
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
export function apiKeyFault(text: string): string | undefined {
  if (isIamToken(text)) return 'This is an IAM token, not an API key: put it into iamToken';
  if (isOauthToken(text)) return 'This is a personal OAuth token, which is not accepted: create an API key of a service account';
  if (isServiceAccountId(text))
    return 'This is the id of a service account, not its API key: the secret is shown once, when the key is created';
  if (text.startsWith('{')) return 'This is the file of an authorized key, not an API key: put it into serviceAccountKey';
  return headerValueFault(text);
}

/** Why this cannot be an IAM token; `undefined` when it can. */
export function iamTokenFault(text: string): string | undefined {
  if (isIamToken(text)) return headerValueFault(text);
  if (isOauthToken(text)) return 'This is a personal OAuth token, not an IAM token: create an API key of a service account instead';
  return 'IAM tokens begin with t1. and this does not: if it is an API key, put it into apiKey';
}

/** Why this cannot be a folder; `undefined` when it can. */
export function folderFault(text: string): string | undefined {
  if (text.startsWith('aje'))
    return 'This is the id of a service account (aje…); a folder id begins with b1 and stands in the address of the console';
  if (!/^[a-z0-9]+$/u.test(text)) return 'A folder id is 20 lower-case letters and digits that begin with b1';
  return undefined;
}
