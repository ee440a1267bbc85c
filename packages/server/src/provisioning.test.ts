import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestApplication, type TestOptions } from './testing/test-application.ts';

const secret = 'sk-very-secret';
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mmc-provisioning-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** One start and stop; what was stored, what was written, what the plugin was given. */
async function startWith(options: TestOptions) {
  await using server = await openTestApplication({ ...options, dataDir });
  const writes = server.queries.filter(({ kind, sql }) => kind === 'write' && /providers/.test(sql));
  const providers = (await server.call('GET', '/api/v1/providers')).json().items;
  return {
    writes,
    providers,
    slugs: providers.filter(({ isEnabled }: { isEnabled: boolean }) => isEnabled).map(({ slug }: { slug: string }) => slug),
    created: server.vendor.created,
    log: server.log.join(''),
  };
}

const file = (providers: readonly unknown[]) => ({ 'mmc.config.json': JSON.stringify({ providers }) });
const work = { slug: 'work', plugin: 'fake', displayName: 'Work', settings: { apiKey: secret, folderId: 'b1g' } };

test('the first start stores providers in order, with their secrets sealed', async () => {
  const { writes, slugs, created, log } = await startWith({ files: file([work]), env: { FAKE_API_KEY: 'sk-from-env' } });
  expect(slugs).toEqual(['work', 'fake', 'demo']);
  expect(created).toMatchObject([{ apiKey: secret, folderId: 'b1g', mode: 'fast' }, { apiKey: 'sk-from-env' }]);
  expect(writes.length).toBeGreaterThan(0);
  expect(JSON.stringify(writes)).not.toMatch(/sk-very-secret|sk-from-env/);
  expect(log).not.toMatch(/sk-very-secret|sk-from-env/);
});

test('a second start with the same configuration writes nothing', async () => {
  const options = { files: file([work]) };
  const first = await startWith(options);
  const second = await startWith(options);
  expect(second.writes).toEqual([]);
  expect(second.providers).toEqual(first.providers);
  expect(second.created).toMatchObject([{ apiKey: secret }]);
});

test('a changed secret is stored under the same id', async () => {
  const first = await startWith({ files: file([work]) });
  const second = await startWith({ files: file([{ ...work, settings: { apiKey: 'sk-new-key' } }]) });
  expect(second.created).toMatchObject([{ apiKey: 'sk-new-key' }]);
  expect(second.providers[0].id).toBe(first.providers[0].id);
});

test('what left the configuration is switched off, and comes back as it was', async () => {
  const first = await startWith({ files: file([work]) });
  expect((await startWith({})).slugs).toEqual(['demo']);
  expect((await startWith({})).writes).toEqual([]);
  const back = await startWith({ files: file([work]) });
  expect(back.providers[0]).toEqual({ ...first.providers[0], updatedAt: expect.any(Number) });
});

test('a provider that is switched off in the file is not opened', async () => {
  const { slugs, created } = await startWith({ files: file([{ ...work, enabled: false }]) });
  expect(slugs).toEqual(['demo']);
  expect(created).toEqual([]);
});

test('another key stops the start and says so', async () => {
  await startWith({ files: file([work]) });
  const env = { MMC_SECRET_KEY: 'a key that is certainly long enough' };
  await expect(startWith({ files: file([work]), env })).rejects.toThrow(/"work".*another key.*MMC_SECRET_KEY/);
});

/** What people did in the app between two starts. */
async function inApp(
  act: (server: Awaited<ReturnType<typeof openTestApplication>>, ids: Record<string, string>) => Promise<unknown>,
): Promise<void> {
  await using server = await openTestApplication({ dataDir });
  const { items } = (await server.call('GET', '/api/v1/providers')).json();
  await act(server, Object.fromEntries(items.map(({ slug, id }: { slug: string; id: string }) => [slug, id])));
}

test('a built-in provider that was switched off in the app stays off', async () => {
  await inApp((server, { demo }) => server.call('PATCH', `/api/v1/providers/${demo}`, { isEnabled: false }));
  const next = await startWith({});
  expect([next.slugs, next.writes]).toEqual([[], []]);
});

test('what people added keeps its settings and its place, whatever comes with the configuration', async () => {
  await inApp(async (server) => {
    await server.call('POST', '/api/v1/providers', { plugin: 'fake', slug: 'own', settings: { apiKey: secret } });
    const { items } = (await server.call('GET', '/api/v1/providers')).json();
    await server.call('PATCH', `/api/v1/providers/${items[1].id}`, { position: 0 });
  });
  const before = await startWith({});
  expect([before.slugs, before.writes]).toEqual([['own', 'demo'], []]);
  const after = await startWith({ files: file([work]) });
  expect(after.slugs).toEqual(['own', 'work', 'demo']);
  expect(after.providers[0]).toEqual(before.providers[0]);
  expect(after.created).toContainEqual(expect.objectContaining({ apiKey: secret }));
  expect((await startWith({ files: file([work]) })).writes).toEqual([]);
});

test('a configuration that names what people added is refused, and says so', async () => {
  await inApp((server) => server.call('POST', '/api/v1/providers', { plugin: 'fake', slug: 'work', settings: { apiKey: secret } }));
  await expect(startWith({ files: file([work]) })).rejects.toThrow(/"work".*added in the app/);
});
