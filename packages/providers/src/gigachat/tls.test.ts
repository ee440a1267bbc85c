import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { simulatedClientCertificatePath, simulatedRootPath } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { chatRequests, newSignal, openTestAccount, type RawSettings, rejection } from './test-account.ts';

const options = () => ({ signal: newSignal() });
const root = readFileSync(simulatedRootPath, 'utf8');
const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n/gu;
const [key = ''] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----\n/u.exec(fileOf('server')) ?? [];
const [leaf = '', intermediate = ''] = fileOf('server').match(certificate) ?? [];

function fileOf(name: string): string {
  return readFileSync(join(dirname(simulatedRootPath), `${name}.pem`), 'utf8');
}

const ways: readonly (readonly [string, RawSettings, readonly string[] | undefined])[] = [
  ['a bundle by its path', { caBundle: simulatedRootPath }, undefined],
  ['a bundle by its text', { caBundle: root }, undefined],
  ['the root that was fetched', {}, [root]],
];

test.each(ways)('V25: %s is trusted, for the tokens and for the API, over HTTP/2', async (_name, settings, trustedRoots) => {
  await using account = await openTestAccount({ tls: {}, settings: () => settings, ...(trustedRoots && { trustedRoots }) });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect(chatRequests(account.simulator).map(({ httpVersion }) => httpVersion)).toEqual(['2']);
  expect((await account.provider.probe(options())).notes?.[0]?.en).toContain('HTTP/2');
  expect(account.provider.notices).toEqual([]);
});

test('HTTP/1.1 can be asked for, and the probe says what that means', async () => {
  await using account = await openTestAccount({ tls: {}, settings: () => ({ caBundle: root, http: '1.1' }) });
  const { notes } = await account.provider.probe(options());
  expect([notes?.[0]?.ru, notes?.[0]?.en]).toEqual([expect.stringContaining('разом'), expect.stringContaining('at once')]);
  expect(account.logger.entries).toContainEqual(expect.objectContaining({ level: 'info', fields: { http: '1.1' } }));
});

test('the fetched root is used only where the settings allow it', async () => {
  await using account = await openTestAccount({ tls: {}, trustedRoots: [root], settings: () => ({ trustRussianRoot: false }) });
  expect(await rejection(account.provider.probe(options()))).toMatchObject({ code: 'tls', details: { reason: 'unknown_authority' } });
});

const chains: readonly (readonly [string, string])[] = [
  ['SELF_SIGNED_CERT_IN_CHAIN', leaf + intermediate + root],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', leaf + intermediate],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', leaf],
];

test.each(chains)('%s is said in plain words, with what to do', async (systemCode, cert) => {
  const server = createServer({ key, cert });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await using account = await openTestAccount({ settings: () => ({ baseUrl: `${url}/v1`, authUrl: `${url}/api/v2/oauth` }) });
  const error = await rejection(account.provider.probe(options()));
  expect(error).toMatchObject({ code: 'tls', details: { systemCode, fault: 'rootUntrusted' } });
  const words = account.provider.explain?.(error);
  expect([words?.ru, words?.en]).toEqual([expect.stringContaining('Свои корневые сертификаты'), expect.stringContaining('of your own')]);
  server.close();
});

test('without checks anything is trusted, and that is said loudly, for this provider only', async () => {
  await using account = await openTestAccount({ tls: {}, settings: () => ({ verifyTls: false }) });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect(account.provider.notices).toEqual([{ ru: expect.stringContaining('не проверяются'), en: expect.stringContaining('not checked') }]);
  expect(account.logger.entries).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('verifyTls') }));
  const careful = account.open({ verifyTls: true });
  expect(await rejection(careful.probe(options()))).toMatchObject({ code: 'tls' });
});

test('a client certificate stands for a token', async () => {
  await using account = await openTestAccount({
    tls: { clientCertificate: 'required' },
    settings: () => ({ authorizationKey: undefined, caBundle: root, clientCertificate: simulatedClientCertificatePath }),
  });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect(account.simulator.oauthCalls).toBe(0);
  expect(chatRequests(account.simulator)[0]?.headers['authorization']).toBeUndefined();
});

test('a client certificate may stand beside a key; without it the refusal says what is missing', async () => {
  await using account = await openTestAccount({
    tls: { clientCertificate: 'required' },
    settings: () => ({ caBundle: root, clientCertificate: simulatedClientCertificatePath, clientKey: simulatedClientCertificatePath }),
  });
  expect((await account.ask('[[say Раз]]')).text).toBe('Раз');
  expect(account.simulator.oauthCalls).toBe(1);
  const without = account.open({ clientCertificate: undefined, clientKey: undefined });
  const error = await rejection(without.probe(options()));
  expect(error.code).toMatch(/^(?:tls|network)$/u);
});
