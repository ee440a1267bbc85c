import { expect, test } from 'vitest';
import { createTestProviders } from '../testing/test-providers.ts';
import type { ProviderPlugin } from './provider.ts';
import { TrustService } from './trust-service.ts';

const admin = { kind: 'user', userId: 'ann', role: 'admin' } as never;
const member = { kind: 'user', userId: 'bob', role: 'member' } as never;
const signal = () => new AbortController().signal;
const facts = { fingerprint: 'D2:6D', subject: 'Root', validTo: 1 };

function openTrust(
  plugins: readonly Partial<ProviderPlugin>[] = [
    { id: 'giga', trustedRoot: { name: { ru: 'К', en: 'R' }, url: 'https://x', fingerprint: 'D2:6D' } },
  ],
) {
  const kept: string[] = [];
  const reopened: string[] = [];
  const service = new TrustService({
    registry: { plugin: (id) => plugins.find((plugin) => plugin.id === id) as ProviderPlugin | undefined },
    providers: { reopen: async () => void reopened.push([...kept].join()) },
    roots: {
      find: ({ id }) => kept.filter((each) => each === id),
      fetch: async ({ id }) => {
        kept.push(id);
        return facts;
      },
    },
  });
  return { service, kept, reopened, plugins };
}

test('a root that was fetched is kept before the providers are opened anew', async () => {
  const { service, reopened, plugins } = openTrust();
  expect(plugins.map((plugin) => service.isTrusted(plugin as ProviderPlugin))).toEqual([false]);
  expect(await service.trust(admin, 'giga', signal())).toEqual(facts);
  expect(plugins.map((plugin) => service.isTrusted(plugin as ProviderPlugin))).toEqual([true]);
  expect(reopened).toEqual(['giga']);
});

test('a plugin without such a root, and one that is not there, are told so', async () => {
  const { service, kept } = openTrust([{ id: 'acme' }]);
  for (const id of ['acme', 'nobody']) await expect(service.trust(admin, id, signal())).rejects.toMatchObject({ code: 'not_found' });
  expect(kept).toEqual([]);
});

test('only who runs the instance may widen its trust', async () => {
  const { service, kept } = openTrust();
  await expect(service.trust(member, 'giga', signal())).rejects.toMatchObject({ code: 'forbidden' });
  expect(kept).toEqual([]);
});

test('reopening sees what was stored meanwhile, and opens nothing anew that has not changed', async () => {
  const { service, registry, created } = createTestProviders();
  await service.create(admin, { plugin: 'acme', settings: { apiKey: 'key-1' } });
  await service.reopen();
  expect([created.length, registry.list().map(({ slug }) => slug)]).toEqual([1, ['acme']]);
});
