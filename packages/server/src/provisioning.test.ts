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
    slugs: providers.map(({ slug }: { slug: string }) => slug),
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
  expect(back.providers[0]).toEqual(first.providers[0]);
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
