import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerPageSchema, providerPluginPageSchema, providerSchema, providerTestSchema, trustedRootSchema } from '@multimodel/contract';
import { gigachat, openaiCompatible } from '@multimodel/providers';
import { exampleAuthorizationKey, type GigaChatSimulator, simulatedRootPath, startGigaChatSimulator } from '@multimodel/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

const root = readFileSync(simulatedRootPath, 'utf8');
const { fingerprint256: fingerprint } = new X509Certificate(root);
/** What the host of the certificate sends next. */
let sent = root;
let url = '';
let simulator: GigaChatSimulator;
const host = createServer((_request, response) => response.end(sent));

beforeAll(async () => {
  simulator = await startGigaChatSimulator({ tls: {} });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/root.crt`;
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  host.close();
  await simulator[Symbol.asyncDispose]();
});

const name = { ru: 'Корень', en: 'Root' };
const open = (dataDir?: string, expected = fingerprint) =>
  openTestApplication({
    dataDir,
    plugins: [{ ...gigachat, trustedRoot: { name, url, fingerprint: expected } }],
    env: { MMC_ALLOW_PRIVATE_URLS: 'true' },
  });

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mmc-trust-'));
  folders.push(folder);
  return folder;
}

const trust = (server: TestApplication, id = 'gigachat') => server.call('POST', `/api/v1/plugins/${id}/trust`);
const isTrusted = async (server: TestApplication) => {
  const { items } = providerPluginPageSchema.parse((await server.call('GET', '/api/v1/provider-plugins')).json());
  return items.find(({ id }) => id === 'gigachat')?.trustedRoot;
};
const addGigaChat = async (server: TestApplication, more: object = {}) => {
  const settings = { authorizationKey: exampleAuthorizationKey, baseUrl: simulator.baseUrl, authUrl: simulator.oauthUrl, ...more };
  const added = await server.call('POST', '/api/v1/providers', { plugin: 'gigachat', settings });
  expect(added.statusCode, added.body).toBe(201);
  return providerSchema.parse(added.json());
};
const testOf = async (server: TestApplication, id: string) =>
  providerTestSchema.parse((await server.call('POST', `/api/v1/providers/${id}/test`)).json());

test('a provider that cannot be reached for want of the root works as soon as somebody had it fetched, and after a restart', async () => {
  const folder = await newFolder();
  const server = await open(folder);
  expect(await isTrusted(server)).toEqual({ name, isTrusted: false });
  const { id } = await addGigaChat(server);
  const before = await testOf(server, id);
  expect(before.checks.find(({ state }) => state === 'failed')).toMatchObject({ name: 'reach', code: 'tls' });

  const answer = await trust(server);
  expect(answer.statusCode, answer.body).toBe(200);
  expect(trustedRootSchema.parse(answer.json())).toMatchObject({ fingerprint, subject: expect.stringMatching(/Root/u) });
  expect(await isTrusted(server)).toEqual({ name, isTrusted: true });

  const after = await testOf(server, id);
  expect(after.ok).toBe(true);
  expect(after.checks.find((check) => check.name === 'reach')?.message.en).toContain('HTTP/2');
  const { items } = providerPageSchema.parse((await server.call('GET', '/api/v1/providers')).json());
  expect(items.find((each) => each.id === id)).toMatchObject({ state: 'ready', notices: [] });

  await server[Symbol.asyncDispose]();
  await using again = await open(folder);
  expect(await isTrusted(again)).toEqual({ name, isTrusted: true });
});

test('a certificate with another fingerprint is refused and not kept', async () => {
  await using server = await open(undefined, fingerprint.replace(/^../u, fingerprint.startsWith('00') ? '01' : '00'));
  const answer = await trust(server);
  expect([answer.statusCode, answer.json().code]).toEqual([502, 'tls']);
  expect(await isTrusted(server)).toEqual({ name, isTrusted: false });
  await expect(readFile(join(server.dataDir, 'trust', 'gigachat.pem'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what is no certificate is refused, and one that was kept stays', async () => {
  await using server = await open();
  await trust(server);
  sent = '<html>Sign in</html>';
  const answer = await trust(server);
  sent = root;
  expect([answer.statusCode, answer.json().code]).toEqual([502, 'protocol']);
  expect(await isTrusted(server)).toEqual({ name, isTrusted: true });
});

test('a file that somebody changed is not trusted, and that is logged', async () => {
  const folder = await newFolder();
  const server = await open(folder);
  await trust(server);
  await server[Symbol.asyncDispose]();
  const other = readFileSync(simulatedRootPath.replace('root.pem', 'server.pem'), 'utf8');
  await writeFile(join(folder, 'trust', 'gigachat.pem'), other);
  await using again = await open(folder);
  expect(await isTrusted(again)).toEqual({ name, isTrusted: false });
  expect(again.log.join('')).toContain('is not trusted');
});

test.each(['fake', 'nobody', '..%2F..'])('the plugin %s needs no root', async (id) => {
  await using server = await open();
  const answer = await trust(server, id);
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
});

test('plugins that could not be loaded are listed beside those that work', async () => {
  const broken = [{ module: './mine.mjs', message: 'The file exports no provider.' }];
  await using server = await openTestApplication({ brokenPlugins: broken });
  const page = providerPluginPageSchema.parse((await server.call('GET', '/api/v1/provider-plugins')).json());
  expect(page.broken).toEqual(broken);
  expect(page.items.length).toBeGreaterThan(0);
  await using whole = await openTestApplication();
  expect((await whole.call('GET', '/api/v1/provider-plugins')).json().broken).toEqual([]);
});

test('a form is told of each service of a plugin: its address, what it needs and where that is made', async () => {
  await using server = await openTestApplication({ plugins: [openaiCompatible] });
  const { items } = providerPluginPageSchema.parse((await server.call('GET', '/api/v1/provider-plugins')).json());
  const preset = items.find(({ id }) => id === 'openai-compatible')?.fields.find((field) => field.name === 'preset');
  expect(preset?.choiceFacts).toMatchObject({
    openrouter: {
      group: { ru: 'Облачные сервисы', en: 'Cloud services' },
      usual: { baseUrl: 'https://openrouter.ai/api/v1' },
      needs: ['apiKey'],
      links: { apiKey: 'https://openrouter.ai/settings/keys' },
    },
  });
});

test('a provider without checks is shown with a warning', async () => {
  await using server = await open();
  const provider = await addGigaChat(server, { verifyTls: false });
  expect(provider.notices).toEqual([{ ru: expect.stringContaining('не проверяются'), en: expect.stringContaining('not checked') }]);
  expect(server.log.join('')).toContain('verifyTls');
});
