import { inspect } from 'node:util';
import { exampleAuthorizationKey } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { askModel, chatRequests, corporate, failureOf, newSignal, openTestAccount, rejection, userAsks } from './test-account.ts';

const options = () => ({ signal: newSignal() });

test('V1: a key is exchanged for a token, with an id of the request, the scope, and the key as it is', async () => {
  await using account = await openTestAccount();
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  const [request] = account.simulator.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/api/v2/oauth', body: 'scope=GIGACHAT_API_PERS' });
  expect(request?.headers).toMatchObject({
    authorization: `Basic ${exampleAuthorizationKey}`,
    'content-type': 'application/x-www-form-urlencoded',
    rquid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/u),
    'user-agent': expect.stringMatching(/./u),
  });
});

test.each(['milliseconds', 'seconds', 'text', 'tok'] as const)('quirk 3: the end of a token is understood in %s', async (tokenAnswer) => {
  await using account = await openTestAccount({ quirks: { tokenAnswer } });
  await account.ask('1');
  account.clock.advance(28 * 60_000);
  await account.ask('2');
  expect(account.simulator.oauthCalls).toBe(1);
  account.clock.advance(90_000);
  await account.ask('3');
  expect(account.simulator.oauthCalls).toBe(2);
});

test('a key that was pasted with line breaks or with its scheme is the same key', async () => {
  const key = exampleAuthorizationKey;
  for (const authorizationKey of [
    ` Basic ${key}\n`,
    `${key.slice(0, 4)}\r\n ${key.slice(4)}`,
    `authorization: basic ${key}`,
    'id:secret',
  ]) {
    await using account = await openTestAccount({ settings: () => ({ authorizationKey }) });
    await account.ask('1');
    expect(account.simulator.requests[0]?.headers['authorization']).toBe(`Basic ${key}`);
  }
});

test.each([
  ['GIGACHAT_API_PERS', 'id'],
  ['GIGACHAT_API_B2B', 'id-b2b'],
  ['GIGACHAT_API_CORP', 'id-corp'],
] as const)('%s: its key works, another scope is named as the fault', async (scope, clientId) => {
  const authorizationKey = Buffer.from(`${clientId}:secret`).toString('base64');
  await using account = await openTestAccount({ settings: () => ({ authorizationKey, scope }) });
  await account.provider.probe(options());
  const other = account.open({ scope: scope === 'GIGACHAT_API_PERS' ? 'GIGACHAT_API_B2B' : 'GIGACHAT_API_PERS' });
  expect(await rejection(other.probe(options()))).toMatchObject({ code: 'auth', details: { fault: 'scopeOther', setting: 'scope' } });
});

test('V5: two questions with a token that has expired cause one exchange', async () => {
  await using account = await openTestAccount({ settings: () => corporate });
  await account.ask('1');
  account.simulator.expireTokens();
  const answers = await Promise.all([account.ask('[[say Раз]]'), account.ask('[[say Два]]')]);
  expect(answers.map(({ text }) => text)).toEqual(['Раз', 'Два']);
  expect(account.simulator.oauthCalls).toBe(2);
  account.clock.advance(31 * 60_000);
  await Promise.all([account.ask('1'), account.ask('2'), account.provider.listModels(options())]);
  expect(account.simulator.oauthCalls).toBe(3);
});

test('V6: a token that is refused twice is an error, without a loop', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'unauthorized' });
  expect(await rejection(account.ask('1'))).toMatchObject({ code: 'auth', details: { fault: 'tokenRefused' } });
  expect(chatRequests(account.simulator)).toHaveLength(2);
  expect(account.simulator.oauthCalls).toBe(2);
});

test('V7: a refusal with 403 is not answered with a new token', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'error', status: 403, message: 'Unauthorized', envelope: 'bare' });
  expect(await rejection(account.ask('1'))).toMatchObject({ code: 'permission', details: { fault: 'headersRemoved' } });
  expect(account.simulator.oauthCalls).toBe(1);
  expect(chatRequests(account.simulator)).toHaveLength(1);
});

test('providers with the same account share one token; the last of them takes it along', async () => {
  await using account = await openTestAccount({ settings: () => corporate });
  const second = account.open({}, 'second');
  await Promise.all([account.ask('1'), askModel(second.chatModel('GigaChat-2'), '2'), account.open().probe(options())]);
  expect(account.simulator.oauthCalls).toBe(1);
  await account.provider[Symbol.asyncDispose]();
  await askModel(second.chatModel('GigaChat-2'), '3');
  expect(account.simulator.oauthCalls).toBe(1);
});

test('a provider that is closed while it fetches the token leaves that to the other', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'oauth-error', status: 503 });
  const first = account.provider.probe(options());
  const second = account.open({}, 'second');
  await expect.poll(() => account.simulator.oauthCalls).toBe(1);
  await account.provider[Symbol.asyncDispose]();
  account.simulator.play({ kind: 'default' });
  account.clock.advance(5000);
  await first.catch(() => undefined);
  expect(await second.probe(options())).toMatchObject({ ok: true });
});

test('a fault of a shared exchange names the provider that waited for it', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'oauth-error', status: 401, code: 6, message: "credentials doesn't match db data" });
  const second = account.open({}, 'second');
  const errors = await Promise.all([rejection(account.provider.probe(options())), rejection(second.probe(options()))]);
  expect(errors.map(({ providerId }) => providerId)).toEqual(['work-giga', 'second']);
});

test('a busy token service is asked again after a pause, and not for ever', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'oauth-error', status: 429 });
  const probe = account.provider.probe(options());
  await expect.poll(() => [account.simulator.oauthCalls, account.clock.pendingTimers]).toEqual([1, 1]);
  account.simulator.play({ kind: 'default' });
  account.clock.advance(1000);
  expect(await probe).toMatchObject({ ok: true });

  const stubborn = account.open({ authorizationKey: Buffer.from('another:secret').toString('base64') });
  account.simulator.play({ kind: 'oauth-html', status: 502 });
  const failure = rejection(stubborn.probe(options()));
  for (const calls of [3, 4]) {
    await expect.poll(() => [account.simulator.oauthCalls, account.clock.pendingTimers]).toEqual([calls, 1]);
    account.clock.advance(2000);
  }
  expect(await failure).toMatchObject({ code: 'overloaded', details: { fault: 'tokenServiceDown' } });
  expect(account.simulator.oauthCalls).toBe(5);
});

test('a user and a password are exchanged at the address of the API', async () => {
  await using account = await openTestAccount({ settings: () => ({ authorizationKey: undefined, user: 'user', password: 'password' }) });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect(account.simulator.requests[0]).toMatchObject({ path: '/v1/token', body: '' });
  const stranger = account.open({ password: 'wrong-password' });
  expect(await rejection(stranger.probe(options()))).toMatchObject({ code: 'auth', details: { fault: 'passwordWrong' } });
});

test('a ready token is used as it is, and cannot be renewed', async () => {
  await using account = await openTestAccount();
  await account.ask('1');
  const authorization = chatRequests(account.simulator)[0]?.headers['authorization'] ?? '';
  const ready = account.open({ authorizationKey: undefined, accessToken: authorization });
  expect(await ready.probe(options())).toMatchObject({ ok: true });
  account.simulator.expireTokens();
  expect(await rejection(ready.probe(options()))).toMatchObject({ code: 'auth', details: { fault: 'tokenExpired' } });
  expect(account.simulator.oauthCalls).toBe(1);
});

test('neither the key, nor its parts, nor the token stand in errors and log', async () => {
  const secret = 'a-secret-that-nobody-may-see';
  const authorizationKey = Buffer.from(`client:${secret}`).toString('base64');
  await using account = await openTestAccount({
    accounts: [{ clientId: 'client', clientSecret: secret, scope: 'GIGACHAT_API_PERS' }],
    settings: () => ({ authorizationKey }),
  });
  await account.ask('1');
  const token = chatRequests(account.simulator)[0]?.headers['authorization']?.slice('Bearer '.length) ?? '';
  const shown: string[] = [];
  for (const message of [`bad key ${authorizationKey}`, `bad secret ${secret}`, `bad token ${token}`]) {
    account.simulator.play({ kind: 'error', status: 401, message });
    const { error } = await failureOf(account.model().stream(userAsks('1'), options()));
    shown.push(inspect(error, { depth: 20, showHidden: true, maxStringLength: null }));
  }
  account.simulator.play({ kind: 'oauth-error', status: 401, code: 6, message: `unknown Basic ${authorizationKey}` });
  shown.push(inspect(await rejection(account.open({ scope: 'GIGACHAT_API_B2B' }).probe(options())), { depth: 20, showHidden: true }));
  shown.push(inspect(account.logger.entries, { depth: 20 }));
  for (const text of shown) {
    for (const value of [authorizationKey, secret, token]) expect(text.includes(value)).toBe(false);
  }
});
