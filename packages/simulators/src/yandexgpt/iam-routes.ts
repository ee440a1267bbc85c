import { toText } from '../host/json.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { type Cloud, sendJson } from './cloud.ts';
import { type Account, exampleFolderId } from './credentials.ts';
import { Refusal } from './errors.ts';
import { readBody } from './native-routes.ts';

/** Exchanges a JWT of a service account, or a person's OAuth token, for an IAM token. */
export function exchangeToken(exchange: Exchange, cloud: Cloud): void {
  const body = readBody(exchange);
  const jwt = toText(body['jwt']);
  const oauth = toText(body['yandexPassportOauthToken']);
  if ((jwt === '') === (oauth === '')) throw new Refusal(400, 'exactly one of jwt and yandexPassportOauthToken is needed');
  const account = jwt === '' ? accountOfOauth(oauth) : cloud.credentials.verifyJwt(jwt);
  const { token, expiresAt } = cloud.credentials.issueToken(account);
  // Nine digits after the second, as protobuf timestamps are written.
  sendJson(exchange, { iamToken: token, expiresAt: new Date(expiresAt).toISOString().replace(/\.(\d{3})Z$/u, '.$1000000Z') });
}

function accountOfOauth(token: string): Account {
  if (!/^y[0-3]_/u.test(token)) throw new Refusal(401, 'OAuth token is invalid or expired');
  return { folderId: exampleFolderId };
}

/** The metadata service of a virtual machine. */
export function metadataToken(exchange: Exchange, cloud: Cloud): void {
  if (exchange.headers['metadata-flavor'] !== 'Google') throw new Refusal(403, 'Metadata-Flavor header is missing');
  const { token, expiresAt } = cloud.credentials.issueToken({ folderId: exampleFolderId });
  sendJson(exchange, { access_token: token, expires_in: Math.floor((expiresAt - cloud.now()) / 1000), token_type: 'Bearer' });
}
