import type { Exchange } from '../host/simulator-host.ts';
import { type GivenToken, gigaChatScopes, type Member } from './accounts.ts';
import { Refusal } from './errors.ts';
import { type GigaChatService, sendBody } from './service.ts';

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/iu;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/u;

/** As recorded; no id of the request is among them. */
const oauthHeaders: Readonly<Record<string, string>> = {
  server: 'SynGX',
  'content-type': 'application/json',
  'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
  pragma: 'no-cache',
  expires: '0',
  allow: 'GET, POST',
  vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** Exchanges the Basic key for a token. */
export function exchangeKey(exchange: Exchange, service: GigaChatService): void {
  service.countOauthCall();
  try {
    const member = memberOf(exchange, service);
    sendBody(exchange, { status: 200, headers: oauthHeaders, body: JSON.stringify(tokenAnswer(service.accounts.issue(member), service)) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw error.options.envelope === undefined ? oauthRefusal(error.status, error.message) : error;
  }
}

function memberOf({ headers, body }: Exchange, service: GigaChatService): Member {
  admitCall(service);
  // What the vendor writes here is not known; that it is 400 is.
  if (!uuid4.test(headers['rquid'] ?? '')) throw oauthRefusal(400, 'RqUID header must be a UUID of version 4');
  const pair = decodeBasic(headers['authorization'] ?? '');
  if (pair === undefined) throw oauthRefusal(400, "Can't decode 'Authorization' header", 4);
  const scope = new URLSearchParams(body).get('scope') ?? '';
  if (scope === '') throw oauthRefusal(400, 'scope is empty', 5);
  if (gigaChatScopes.every((known) => known !== scope)) throw oauthRefusal(400, 'scope data format invalid', 1);
  const member = service.accounts.find(pair.name, pair.secret);
  if (member === undefined) throw oauthRefusal(401, "credentials doesn't match db data", 6);
  if (member.account.scope !== scope) throw oauthRefusal(400, 'scope from db not fully includes consumed scope', 7);
  return member;
}

function admitCall({ scenario, oauthRate }: GigaChatService): void {
  if (scenario.kind === 'oauth-error') throw oauthRefusal(scenario.status, scenario.message ?? 'Something went wrong', scenario.code);
  if (scenario.kind === 'oauth-html') throw new Refusal(scenario.status, '', { envelope: 'html' });
  if (!oauthRate.admit()) throw oauthRefusal(429, 'Too many requests');
}

function oauthRefusal(status: number, message: string, code?: number): Refusal {
  return new Refusal(status, message, { envelope: 'oauth', code });
}

function decodeBasic(authorization: string): { readonly name: string; readonly secret: string } | undefined {
  const key = /^Basic (\S+)$/u.exec(authorization)?.[1] ?? '';
  const [, name, secret] = /^([^:]+):(.+)$/su.exec(base64.test(key) ? Buffer.from(key, 'base64').toString() : '') ?? [];
  return name === undefined || secret === undefined ? undefined : { name, secret };
}

function tokenAnswer({ token, expiresAt }: GivenToken, { quirks }: GigaChatService): unknown {
  switch (quirks.tokenAnswer) {
    case 'milliseconds':
      return { access_token: token, expires_at: expiresAt };
    case 'seconds':
      return { access_token: token, expires_at: Math.floor(expiresAt / 1000) };
    case 'text':
      return { access_token: token, expires_at: String(expiresAt) };
    case 'tok':
      return { tok: token, exp: Math.floor(expiresAt / 1000) };
    default:
      return quirks.tokenAnswer satisfies never;
  }
}

/** A closed installation gives a token for a name and a password, under the API's own address. */
export function exchangePassword(exchange: Exchange, service: GigaChatService): void {
  service.countOauthCall();
  const pair = decodeBasic(exchange.headers['authorization'] ?? '');
  const member = pair === undefined ? undefined : service.accounts.findByPassword(pair.name, pair.secret);
  if (member === undefined) throw new Refusal(401, 'Unauthorized');
  const { token, expiresAt } = service.accounts.issue(member);
  sendBody(exchange, { status: 200, headers: oauthHeaders, body: JSON.stringify({ tok: token, exp: Math.floor(expiresAt / 1000) }) });
}
