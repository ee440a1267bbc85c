import { readFileSync } from 'node:fs';
import { AppError } from '@multimodel/core';
import { exampleAuthorizationKey, simulatedClientCertificatePath, simulatedRootPath } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { toApiAddress } from './addresses.ts';
import { gigachat } from './gigachat.ts';

const key = exampleAuthorizationKey;
const parse = (settings: object) => gigachat.settings.parse(settings);

function faultsOf(settings: object): unknown {
  try {
    parse(settings);
  } catch (error) {
    if (error instanceof AppError) return error.details['fields'];
  }
  throw new Error('accepted');
}

const fault = (path: string, message: RegExp) => [expect.objectContaining({ path, message: expect.stringMatching(message) })];

test('a key is all that is needed', () => {
  expect(parse({ authorizationKey: key, caBundle: ' ', user: '', clientKey: '' })).toMatchObject({
    authorizationKey: key,
    scope: 'GIGACHAT_API_PERS',
    baseUrl: 'https://api.giga.chat/v1',
    authUrl: 'https://ngw.devices.sberbank.ru:9443/api/v2/oauth',
    protocol: 'v1',
    http: 'auto',
    verifyTls: true,
    caBundle: undefined,
  });
});

test.each<[object, string, RegExp]>([
  [{}, 'authorizationKey', /Give authorizationKey/u],
  [{ authorizationKey: '019abcde-1234-4abc-8def-0123456789ab' }, 'authorizationKey', /client id or a secret/u],
  [{ authorizationKey: 'eyJhbGciOi.abc' }, 'authorizationKey', /access token/u],
  [{ authorizationKey: key.slice(0, 3) }, 'authorizationKey', /not the whole of it/u],
  [{ authorizationKey: 'ключ' }, 'authorizationKey', /copy it again/u],
  [{ authorizationKey: key, accessToken: 'abc' }, 'authorizationKey', /only one of/u],
  [{ user: 'a' }, 'password', /password/u],
  [{ password: 'a' }, 'user', /user/u],
  [{ authorizationKey: key, scope: 'GIGACHAT' }, 'scope', /one of/iu],
  [{ authorizationKey: key, baseUrl: 'api.giga.chat' }, 'baseUrl', /https:/u],
  [{ authorizationKey: key, caBundle: '/no/such/file' }, 'caBundle', /no file/u],
  [{ authorizationKey: key, caBundle: '/dev' }, 'caBundle', /no file/u],
  [{ authorizationKey: key, caBundle: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }, 'caBundle', /damaged/u],
  [{ authorizationKey: key, caBundle: '-----BEGIN NOTHING-----' }, 'caBundle', /no certificate/iu],
  [{ clientKey: '-----BEGIN PRIVATE KEY-----' }, 'authorizationKey', /Give/u],
  [{ authorizationKey: key, clientKey: '-----BEGIN PRIVATE KEY-----' }, 'clientCertificate', /clientKey needs/u],
  [{ clientCertificate: simulatedRootPath }, 'clientKey', /do not fit/u],
  [{ clientCertificate: readFileSync(simulatedClientCertificatePath, 'utf8') }, 'clientCertificate', /private key/u],
  [{ authorizationKey: key, caBundle: '-----BEGIN PRIVATE KEY-----' }, 'caBundle', /private key/u],
])('%o is refused at %s', (settings, path, message) => {
  expect(faultsOf(settings)).toEqual(fault(path, message));
});

test('a bundle is read from a path or from the field itself', () => {
  const pem = readFileSync(simulatedRootPath, 'utf8');
  const fromPath = parse({ authorizationKey: key, caBundle: simulatedRootPath });
  expect(parse({ authorizationKey: key, caBundle: `# comment\n${pem}\n${pem}` })).toMatchObject({
    caBundle: [expect.stringContaining('BEGIN CERTIFICATE'), expect.stringContaining('BEGIN CERTIFICATE')],
  });
  expect(fromPath).toMatchObject({ caBundle: [pem.slice(pem.indexOf('-----BEGIN'))] });
});

test('a client certificate is enough, its key may stand in the same file', () => {
  expect(parse({ clientCertificate: simulatedClientCertificatePath })).toMatchObject({
    clientCertificate: expect.stringContaining('BEGIN CERTIFICATE'),
  });
});

test.each([
  ['https://api.giga.chat/v1', 'https://api.giga.chat', '/v1'],
  ['https://api.giga.chat/v2/', 'https://api.giga.chat', '/v1'],
  ['https://api.giga.chat', 'https://api.giga.chat', '/v1'],
  ['https://api.giga.chat/api/v1', 'https://api.giga.chat/api', '/v1'],
  ['https://gigachat.devices.sberbank.ru/api/v1', 'https://gigachat.devices.sberbank.ru/api', '/v1'],
  ['https://gigachat.devices.sberbank.ru/', 'https://gigachat.devices.sberbank.ru/api', '/v1'],
  ['https://giga.bank.local/gateway', 'https://giga.bank.local/gateway', ''],
])('%s is %s with %s', (baseUrl, root, v1) => {
  expect(toApiAddress(baseUrl)).toEqual({ root, v1, v2: '/v2' });
});

test('every setting is explained to those who fill the form in', () => {
  for (const { name, help, label } of gigachat.settings.fields) {
    expect([name, label.ru, label.en]).toEqual([name, expect.stringMatching(/[а-яё]/u), expect.not.stringMatching(/[а-яё]/u)]);
    if (!name.endsWith('TimeoutMs')) expect([name, help?.ru]).toEqual([name, expect.stringMatching(/[а-яё].*\.$/u)]);
  }
  expect(gigachat.settings.fields.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual([
    'authorizationKey',
    'accessToken',
    'password',
    'clientKey',
    'clientKeyPassphrase',
  ]);
});
