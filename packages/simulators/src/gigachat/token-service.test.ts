import { expect, test } from 'vitest';
import { exampleAuthorizationKey, startGigaChatSimulator } from '../index.ts';
import { askToken, type OauthCall, refusal, TestClient } from './test-client.ts';

test('V1: a Basic key becomes a token that lives half an hour', async () => {
  await using simulator = await startGigaChatSimulator({ now: () => 1_739_784_663_483 });
  const response = await askToken(simulator, { headers: { rquid: '6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e' } });
  expect([response.status, response.headers.get('server'), response.headers.get('x-request-id')]).toEqual([200, 'SynGX', null]);
  const answer = await response.json();
  expect(answer).toEqual({ access_token: expect.stringMatching(/^sim\.[\w-]{1000,}$/u), expires_at: 1_739_784_663_483 + 1_800_000 });
  expect(exampleAuthorizationKey).toBe('aWQ6c2VjcmV0');
});

test.each<[OauthCall, number, unknown]>([
  [{ headers: {} }, 400, { message: expect.stringContaining('RqUID') }],
  [{ headers: { rquid: '6f0b1291-c7f3-13c6-bb2e-9f3efb2dc98e' } }, 400, { message: expect.stringContaining('RqUID') }],
  [{ scope: '' }, 400, { code: 5, message: 'scope is empty' }],
  [{ scope: 'GIGACHAT_API_ALL' }, 400, { code: 1, message: 'scope data format invalid' }],
  [{ scope: 'GIGACHAT_API_CORP' }, 400, { code: 7, message: 'scope from db not fully includes consumed scope' }],
  [{ key: '!' }, 400, { code: 4, message: "Can't decode 'Authorization' header" }],
  [{ key: Buffer.from('no colon').toString('base64') }, 400, { code: 4, message: "Can't decode 'Authorization' header" }],
  [{ key: Buffer.from('id:wrong').toString('base64') }, 401, { code: 6, message: "credentials doesn't match db data" }],
])('V1: %o is refused with %i', async (call, status, body) => {
  await using simulator = await startGigaChatSimulator();
  expect(await refusal(await askToken(simulator, call))).toEqual([status, body]);
  expect([simulator.oauthCalls, simulator.issuedTokens]).toEqual([1, 0]);
});

test('V1: more than ten tokens within a second are refused', async () => {
  let now = 0;
  await using simulator = await startGigaChatSimulator({ now: () => now });
  for (let count = 0; count < 10; count += 1) expect((await askToken(simulator)).status).toBe(200);
  expect((await askToken(simulator)).status).toBe(429);
  now = 1001;
  expect((await askToken(simulator)).status).toBe(200);
  expect([simulator.oauthCalls, simulator.issuedTokens]).toEqual([12, 11]);
});

test.each([
  ['seconds', { access_token: expect.any(String), expires_at: 1_801_000 / 1000 }],
  ['text', { access_token: expect.any(String), expires_at: '1801000' }],
  ['tok', { tok: expect.any(String), exp: 1801 }],
] as const)('V1: the answer in %s', async (tokenAnswer, expected) => {
  await using simulator = await startGigaChatSimulator({ now: () => 1000, quirks: { tokenAnswer } });
  expect(await (await askToken(simulator)).json()).toEqual(expected);
});

test('V5: a token older than its life has expired, and a new one is taken', async () => {
  let now = 0;
  await using simulator = await startGigaChatSimulator({ now: () => now });
  const client = await TestClient.open(simulator);
  now = 30 * 60_000 - 1;
  expect((await client.chat('Привет')).status).toBe(200);
  now += 1;
  expect(await refusal(await client.chat('Привет'))).toEqual([401, { status: 401, message: 'Token has expired' }]);
  expect((await (await TestClient.open(simulator)).chat('Привет')).status).toBe(200);
});

test('V5: tokens can be made to expire at once', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'expired-token' });
  expect(await refusal(await client.get('/models'))).toEqual([401, { status: 401, message: 'Token has expired' }]);
  expect((await (await TestClient.open(simulator)).get('/models')).status).toBe(200);
});

test('V6: an unknown token is refused, and under the scenario every one is', async () => {
  await using simulator = await startGigaChatSimulator();
  const unknown = await fetch(`${simulator.baseUrl}/models`, { headers: { authorization: 'Bearer nonsense' } });
  expect(await refusal(unknown)).toEqual([401, { status: 401, message: 'Unauthorized' }]);
  simulator.play({ kind: 'unauthorized' });
  const client = await TestClient.open(simulator);
  expect(await refusal(await client.chat('Привет'))).toEqual([401, { status: 401, message: 'Unauthorized' }]);
});

test('the token service can be out of order while the API works', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'oauth-html', status: 502 });
  const broken = await askToken(simulator);
  expect([broken.status, broken.headers.get('content-type'), await broken.text()]).toEqual([
    502,
    'text/html',
    expect.stringMatching(/^<html>/u),
  ]);
  simulator.play({ kind: 'oauth-error', status: 500, message: 'no' });
  expect(await refusal(await askToken(simulator))).toEqual([500, { message: 'no' }]);
  expect((await client.chat('Привет')).status).toBe(200);
});

test('a name and a password give a token under the base', async () => {
  await using simulator = await startGigaChatSimulator({ now: () => 0 });
  const ask = (pair: string): Promise<Response> =>
    fetch(`${simulator.baseUrl}/token`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } });
  expect((await ask('user:wrong')).status).toBe(401);
  const answer = JSON.parse(await (await ask('user:password')).text());
  expect(answer).toEqual({ tok: expect.any(String), exp: 1800 });
  const models = await fetch(`${simulator.baseUrl}/models`, { headers: { authorization: `Bearer ${answer.tok}` } });
  expect(models.status).toBe(200);
});
