import { constants, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  exampleApiKey,
  exampleFolderId,
  type ServiceAccountKeyFile,
  startYandexGptSimulator,
  tokenAudience,
  type YandexGptSimulator,
} from '../index.ts';

interface JwtOptions {
  readonly alg?: string;
  readonly aud?: string;
  readonly lifetime?: number;
  readonly saltLength?: number;
}

const nowSeconds = 1_790_000_000;

function jwt(
  key: ServiceAccountKeyFile,
  { alg = 'PS256', aud = tokenAudience, lifetime = 3600, saltLength = 32 }: JwtOptions = {},
): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: key.service_account_id, aud, iat: nowSeconds, exp: nowSeconds + lifetime };
  const text = `${encode({ typ: 'JWT', alg, kid: key.id })}.${encode(claims)}`;
  const pem = key.private_key.slice(key.private_key.indexOf('-----BEGIN'));
  const signature = sign('sha256', Buffer.from(text), { key: pem, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
  return `${text}.${signature.toString('base64url')}`;
}

async function call(
  simulator: YandexGptSimulator,
  method: string,
  path: string,
  init: { headers?: Record<string, string>; body?: unknown } = {},
) {
  const { headers = { authorization: `Api-Key ${exampleApiKey}` }, body } = init;
  const response = await fetch(simulator.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

test('V17: a JWT is verified for real', async () => {
  await using simulator = await startYandexGptSimulator({ now: () => nowSeconds * 1000 });
  const key = simulator.createServiceAccountKey();
  const exchange = (options?: JwtOptions) => call(simulator, 'POST', '/iam/v1/tokens', { headers: {}, body: { jwt: jwt(key, options) } });
  expect(await exchange()).toMatchObject({
    status: 200,
    answer: { iamToken: expect.stringMatching(/^t1\.[\w-]+\.[\w-]{86}$/u), expiresAt: expect.stringMatching(/\.\d{9}Z$/u) },
  });
  const refused: JwtOptions[] = [{ alg: 'RS256' }, { aud: 'https://example.com' }, { lifetime: 3601 }, { saltLength: 20 }];
  for (const options of refused) expect(await exchange(options)).toMatchObject({ status: 401, answer: { code: 16, details: [] } });
  expect(simulator.issuedTokens).toBe(1);
});

test('V9: tokens end with their lifetime and with a revocation', async () => {
  let now = nowSeconds * 1000;
  await using simulator = await startYandexGptSimulator({ now: () => now, iamTokenLifetimeMs: 1000 });
  const tokenPath = '/computeMetadata/v1/instance/service-accounts/default/token';
  const fetchToken = async (): Promise<unknown> => {
    const { answer } = await call(simulator, 'GET', tokenPath, { headers: { 'metadata-flavor': 'Google' } });
    return typeof answer === 'object' && answer !== null && 'access_token' in answer ? answer.access_token : undefined;
  };
  const use = (token: unknown) =>
    call(simulator, 'POST', '/foundationModels/v1/tokenize', {
      headers: { authorization: `Bearer ${String(token)}` },
      body: { modelUri: `gpt://${exampleFolderId}/yandexgpt-lite`, text: 'ping' },
    });
  const token = await fetchToken();
  expect(await use(token)).toMatchObject({ status: 200, answer: { tokens: [{ id: '1', text: '<s>', special: true }, { text: 'ping' }] } });
  now += 1000;
  expect(await use(token)).toMatchObject({ status: 401, answer: { code: 16, message: expect.stringContaining('expired') } });
  const second = await fetchToken();
  simulator.play({ kind: 'expired-token' });
  expect([(await use(second)).status, (await use(await fetchToken())).status]).toEqual([401, 200]);
  expect(await call(simulator, 'GET', tokenPath, { headers: {} })).toMatchObject({ status: 403 });
});

test('V16: an operation is done after some polls, and forgotten after three days', async () => {
  let now = nowSeconds * 1000;
  await using simulator = await startYandexGptSimulator({ now: () => now });
  const body = { modelUri: `gpt://${exampleFolderId}/yandexgpt-lite`, messages: [{ role: 'user', text: '[[say Готово]]' }] };
  const submitted = await call(simulator, 'POST', '/foundationModels/v1/completionAsync', { body });
  expect(submitted.answer).toMatchObject({ done: false, description: 'Async GPT Completion', metadata: null });
  const id = /"id":"([^"]+)"/u.exec(JSON.stringify(submitted.answer))?.[1] ?? '';
  const poll = () => call(simulator, 'GET', `/operations/${id}`);
  expect([(await poll()).answer, (await poll()).answer]).toMatchObject([{ done: false }, { done: false }]);
  expect((await poll()).answer).toMatchObject({ done: true, response: { alternatives: [{ message: { text: 'Готово' } }] } });
  simulator.play({ kind: 'operation-error', message: 'bad', isEarly: true });
  expect((await poll()).answer).toMatchObject({ done: false, error: { code: 3, message: 'bad' } });
  now += 4 * 24 * 60 * 60 * 1000;
  expect((await poll()).status).toBe(404);
});

test('another process can play, advance and read the state', async () => {
  await using simulator = await startYandexGptSimulator();
  expect(await call(simulator, 'POST', '/__simulator/play', { body: { kind: 'nonsense' } })).toMatchObject({ status: 400 });
  await call(simulator, 'POST', '/__simulator/play', { body: { kind: 'stall', pieces: ['Раз'] } });
  const body = { modelUri: `gpt://${exampleFolderId}/yandexgpt-lite`, completionOptions: {}, messages: [{ role: 'user', text: '?' }] };
  const answer = call(simulator, 'POST', '/foundationModels/v1/completion', { body });
  await expect.poll(async () => (await call(simulator, 'GET', '/__simulator/state')).answer).toMatchObject({ holding: 1, openStreams: 1 });
  await call(simulator, 'POST', '/__simulator/advance');
  expect((await answer).answer).toMatchObject({ result: { alternatives: [{ message: { text: 'Раз' } }] } });
  const state = { openStreams: 0, holding: 0, started: 1, completed: 1, cancelled: 0, broken: 0, requests: 1, clientGoneAt: [] };
  expect((await call(simulator, 'GET', '/__simulator/state')).answer).toEqual(state);
});
