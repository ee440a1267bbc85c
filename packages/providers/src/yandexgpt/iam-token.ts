import { constants, sign } from 'node:crypto';
import type { Clock, Localized, ProviderError } from '@multimodel/core';
import { createProviderError, type ErrorAnswer, staticAuth, type Token, type Transport } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import type { ServiceAccountKey } from './credential.ts';

const unusableKey: Localized = {
  ru: 'Закрытый ключ в serviceAccountKey не подходит: вставьте туда весь скачанный файл',
  en: 'The private key in serviceAccountKey cannot be used: put the whole downloaded file there',
};

/** The token service compares it to the letter, wherever it is reached. */
const audience = 'https://iam.api.cloud.yandex.net/iam/v1/tokens';
const jwtLifetimeSeconds = 3600;
const hourMs = 60 * 60 * 1000;

/** A token is replaced this long before it ends. */
export const refreshEarlyMs = 5 * 60 * 1000;

export interface TokenExchange {
  readonly providerId: string;
  readonly transport: Transport;
  readonly clock: Clock;
  toError(answer: ErrorAnswer): ProviderError;
}

/** Signed with PS256, whose salt must be as long as its hash: the token service refuses any other. */
export function createJwt(key: ServiceAccountKey, nowMs: number): string {
  const iat = Math.floor(nowMs / 1000);
  const header = { typ: 'JWT', alg: 'PS256', kid: key.keyId };
  const claims = { iss: key.serviceAccountId, aud: audience, iat, exp: iat + jwtLifetimeSeconds };
  const text = `${encode(header)}.${encode(claims)}`;
  const pss = { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return `${text}.${sign('sha256', Buffer.from(text), pss).toString('base64url')}`;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const iamAnswer = z.object({ iamToken: z.string().min(1), expiresAt: z.string() });

export async function exchangeServiceAccountKey(key: ServiceAccountKey, exchange: TokenExchange, signal: AbortSignal): Promise<Token> {
  const jwt = signJwt(key, exchange);
  const caller = { ...exchange, auth: staticAuth({}), secrets: [jwt] };
  const answer = await callJson(caller, { method: 'POST', path: '/iam/v1/tokens', body: { jwt }, schema: iamAnswer, signal });
  return toToken(answer.iamToken, Date.parse(answer.expiresAt), exchange.clock.now());
}

function signJwt(key: ServiceAccountKey, { providerId, clock }: TokenExchange): string {
  try {
    return createJwt(key, clock.now());
  } catch {
    // The cause is left out: it may quote the key.
    throw createProviderError('auth', unusableKey, {
      providerId,
    });
  }
}

const metadataAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() });

export async function fetchMetadataToken(exchange: TokenExchange, signal: AbortSignal): Promise<Token> {
  const path = '/computeMetadata/v1/instance/service-accounts/default/token';
  const caller = { ...exchange, auth: staticAuth({}), secrets: [] };
  const answer = await callJson(caller, { method: 'GET', path, headers: { 'metadata-flavor': 'Google' }, schema: metadataAnswer, signal });
  const now = exchange.clock.now();
  return toToken(answer.access_token, now + (answer.expires_in ?? Number.NaN) * 1000, now);
}

/** At most an hour old, as the vendor advises, although it would live for twelve. */
function toToken(value: string, expiresAt: number, now: number): Token {
  const latest = now + hourMs + refreshEarlyMs;
  return { value, expiresAt: Number.isNaN(expiresAt) ? latest : Math.min(expiresAt, latest) };
}
