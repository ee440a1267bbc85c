import { describe, expect, test } from 'vitest';
import { toProviderId } from '../shared/ids.ts';
import { createTestCore, createTestProviders, scriptedModel, testActor } from '../testing/index.ts';
import type { ProviderRecord } from './provider-record.ts';

const owner = { ...testActor(), role: 'owner' } as const;
const apiKey = 'sk-abcdefghijklmnop-1234';
const acme = { plugin: 'acme', settings: { apiKey } };

const configured = (more: Partial<ProviderRecord> = {}): ProviderRecord => ({
  ...scriptedModel({ slug: 'demo', isDemo: true }).record,
  ...more,
});

/** As a start leaves them: stored, and open. */
async function started(records: readonly ProviderRecord[], options: Parameters<typeof createTestProviders>[0] = {}) {
  const core = createTestProviders(options);
  await core.storage.transact(async (tx) => {
    for (const record of records) await tx.providers.save(record);
  });
  core.registry.load(records);
  return core;
}

describe('create', () => {
  test('stores the provider with its secret sealed, and opens it', async () => {
    const { service, storage, registry, created, clock } = createTestProviders();
    const provider = await service.create(owner, { plugin: 'acme', settings: { apiKey: ` ${apiKey}`, folder: 'b1g', baseUrl: '' } });
    expect(provider).toMatchObject({
      slug: 'acme',
      displayName: 'Acme',
      source: 'user',
      state: 'ready',
      isEnabled: true,
      position: 0,
      settings: { folder: 'b1g' },
      secrets: { apiKey: { isSet: true, lastFour: '1234', changedAt: clock.now() } },
    });
    expect(JSON.stringify(provider)).not.toContain(apiKey);
    expect(JSON.stringify(await storage.read.providers.list())).not.toContain(apiKey);
    expect(created).toEqual([{ apiKey: ` ${apiKey}`, folder: 'b1g' }]);
    expect(registry.get('acme').record.id).toBe(provider.id);
  });

  test('names the next ones by number', async () => {
    const { service } = createTestProviders();
    await service.create(owner, acme);
    await service.create(owner, { ...acme, slug: 'acme-2' });
    expect(await service.create(owner, acme)).toMatchObject({ slug: 'acme-3', displayName: 'Acme 3', position: 2 });
  });

  test('a short secret and a document show no end', async () => {
    const { service } = createTestProviders();
    const short = await service.create(owner, { plugin: 'acme', settings: { apiKey: 'short-key' } });
    const file = await service.create(owner, { plugin: 'acme', settings: { apiKey: '{"private_key": "abcdefghijkl"}' } });
    expect([short.secrets, file.secrets].map((secrets) => secrets['apiKey']?.lastFour)).toEqual([undefined, undefined]);
  });

  test('a name that is taken is a conflict', async () => {
    const { service } = createTestProviders();
    await service.create(owner, { ...acme, slug: 'work' });
    await expect(service.create(owner, { ...acme, slug: 'work' })).rejects.toMatchObject({ code: 'conflict', details: { field: 'slug' } });
  });

  test.for([
    ['a missing secret', {}, ['settings.apiKey']],
    ['an unknown field', { apiKey, region: 'eu' }, ['settings.region']],
    ['an address of a private network', { apiKey, baseUrl: 'http://127.0.0.1:8080' }, ['settings.baseUrl']],
    ['the bare name of such a host', { apiKey, baseUrl: '127.0.0.1:8080' }, ['settings.baseUrl']],
    ['an address deep in a document', { apiKey, extra: { urls: ['http://127.0.0.1'] } }, ['settings.extra']],
    ['another scheme', { apiKey, baseUrl: 'file:///etc/passwd' }, ['settings.baseUrl']],
  ] as const)('%s is refused by its path', async ([_name, settings, paths]) => {
    const { service, storage } = createTestProviders();
    const refused = service.create(owner, { plugin: 'acme', settings });
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed', details: { fields: paths.map((path) => ({ path })) } });
    expect(await storage.read.providers.list()).toEqual([]);
  });

  test('a plugin that quotes a secret is not repeated', async () => {
    const { service } = createTestProviders();
    const error = await service
      .create(owner, { plugin: 'acme', settings: { apiKey: 'sk-wrong-secret' } })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ details: { fields: [{ path: 'settings.apiKey', message: '[redacted] is no key' }] } });
    expect(String(error)).not.toContain('sk-wrong-secret');
  });

  test('an unknown plugin is named', async () => {
    const { service } = createTestProviders();
    await expect(service.create(owner, { ...acme, plugin: 'nothing' })).rejects.toMatchObject({
      details: { fields: [{ path: 'plugin' }] },
    });
  });

  test('the same key makes one provider; another request under it is refused', async () => {
    const { service, storage } = createTestProviders();
    const idempotency = { key: 'k', fingerprint: 'f' };
    const [first, again] = [await service.create(owner, acme, idempotency), await service.create(owner, acme, idempotency)];
    expect(again).toEqual(first);
    expect(JSON.stringify(await storage.read.idempotency.find(owner.userId, 'k'))).not.toContain(apiKey);
    const other = service.create(owner, acme, { key: 'k', fingerprint: 'g' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  test('is for administrators', async () => {
    const { service, tester } = createTestProviders();
    const { signal } = new AbortController();
    const id = toProviderId('p');
    for (const refused of [
      service.create(testActor(), acme),
      service.update(testActor(), id, {}),
      service.delete(testActor(), id),
      tester.test(testActor(), acme, signal),
      tester.testStored(testActor(), id, signal),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('update', () => {
  test('what is not sent stays, null clears', async () => {
    const { service, created, clock } = createTestProviders();
    const before = await service.create(owner, { plugin: 'acme', settings: { apiKey, folder: 'b1g', extra: [1] } });
    await clock.advance(1_000);
    const after = await service.update(owner, before.id, { settings: { folder: null, extra: [2] } });
    expect(after).toMatchObject({ settings: { extra: [2] }, secrets: before.secrets, createdAt: before.createdAt, updatedAt: clock.now() });
    expect(after.settings).not.toHaveProperty('folder');
    expect(created.at(-1)).toEqual({ apiKey, extra: [2] });
  });

  test('a new secret takes the place of the old one', async () => {
    const { service, created, closed, clock } = createTestProviders();
    const { id } = await service.create(owner, acme);
    await clock.advance(5);
    const after = await service.update(owner, id, { settings: { apiKey: 'sk-zyxwvutsrqponmlk-9876' } });
    expect(after.secrets['apiKey']).toEqual({ isSet: true, lastFour: '9876', changedAt: clock.now() });
    expect([created.at(-1), closed]).toEqual([{ apiKey: 'sk-zyxwvutsrqponmlk-9876' }, [{ apiKey }]]);
  });

  test('a secret cannot be cleared while the plugin needs it, and a refused edit changes nothing', async () => {
    const { service } = createTestProviders();
    const before = await service.create(owner, acme);
    await expect(service.update(owner, before.id, { displayName: 'New', settings: { apiKey: null } })).rejects.toMatchObject({
      details: { fields: [{ path: 'settings.apiKey', message: 'Required' }] },
    });
    expect(await service.get(owner, before.id)).toEqual(before);
  });

  test('a stored secret does not follow to another address', async () => {
    const { service } = createTestProviders();
    const { id } = await service.create(owner, acme);
    const baseUrl = 'https://collector.example';
    await expect(service.update(owner, id, { settings: { baseUrl } })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'settings.apiKey' }] },
    });
    await expect(service.update(owner, id, { settings: { extra: { proxy: baseUrl } } })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect((await service.update(owner, id, { settings: { baseUrl: 'https://api.acme.example/' } })).state).toBe('ready');
    expect((await service.update(owner, id, { settings: { baseUrl, apiKey } })).settings['baseUrl']).toBe(baseUrl);
  });

  test('a name or a place does not open the provider anew', async () => {
    const { service, created } = createTestProviders();
    const [one, two] = [await service.create(owner, acme), await service.create(owner, acme)];
    await service.update(owner, two.id, { displayName: 'Second', position: 0 });
    const [first, second] = await service.list(owner);
    expect([first, second]).toMatchObject([
      { id: two.id, displayName: 'Second', position: 0 },
      { id: one.id, position: 1, updatedAt: one.updatedAt },
    ]);
    expect(created).toHaveLength(2);
  });

  test.for([
    [0, ['c', 'a', 'b']],
    [1, ['a', 'c', 'b']],
    [99, ['a', 'b', 'c']],
  ] as const)('moving to %i', async ([position, order]) => {
    const { service } = createTestProviders();
    for (const slug of ['a', 'b', 'c']) await service.create(owner, { ...acme, slug });
    const last = (await service.list(owner))[2];
    await service.update(owner, last?.id ?? toProviderId(''), { position });
    expect((await service.list(owner)).map(({ slug }) => slug)).toEqual(order);
    expect((await service.list(owner)).map((each) => each.position)).toEqual([0, 1, 2]);
  });

  test('disabled is closed and still listed; enabled is opened again', async () => {
    const { service, registry, closed } = createTestProviders();
    const { id } = await service.create(owner, acme);
    expect(await service.update(owner, id, { isEnabled: false })).toMatchObject({ state: 'disabled', isEnabled: false });
    expect(() => registry.get('acme')).toThrow();
    expect(closed).toHaveLength(1);
    expect((await service.list(owner)).map(({ state }) => state)).toEqual(['disabled']);
    expect(await service.update(owner, id, { isEnabled: true })).toMatchObject({ state: 'ready' });
  });

  test('two edits at once do not lose one another', async () => {
    const { service, created } = createTestProviders();
    const { id } = await service.create(owner, acme);
    await Promise.all([
      service.update(owner, id, { settings: { folder: 'b1g' } }),
      service.update(owner, id, { settings: { extra: 1 } }),
      service.update(owner, id, { displayName: 'Both' }),
    ]);
    expect(await service.get(owner, id)).toMatchObject({ settings: { folder: 'b1g', extra: 1 }, displayName: 'Both' });
    expect(created.at(-1)).toEqual({ apiKey, folder: 'b1g', extra: 1 });
  });

  test('a lost key of the server leaves the secret to be entered again, and nothing else to be lost', async () => {
    const { service, secrets, storage } = createTestProviders();
    const { id } = await service.create(owner, acme);
    const [before] = await storage.read.providers.list();
    secrets.isLost = true;
    expect((await service.get(owner, id)).secrets).toEqual({ apiKey: { isSet: false } });
    await service.update(owner, id, { displayName: 'Renamed' });
    expect((await storage.read.providers.list())[0]?.sealedSecrets).toBe(before?.sealedSecrets);
    await expect(service.update(owner, id, { settings: { folder: 'x' } })).rejects.toMatchObject({ code: 'validation_failed' });
    await service.update(owner, id, { settings: { apiKey: 'sk-another-key-of-2026' } });
    secrets.isLost = false;
    expect((await service.get(owner, id)).secrets['apiKey']?.lastFour).toBe('2026');
  });

  test('one that is not there is not found', async () => {
    const { service } = createTestProviders();
    await expect(service.update(owner, toProviderId('gone'), {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.get(owner, toProviderId('gone'))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what the configuration made', () => {
  test.for([
    ['config', /configuration file/],
    ['environment', /environment variables/],
    ['built-in', /part of the product/],
  ] as const)('%s is neither edited nor deleted here', async ([source, where]) => {
    const { service } = await started([configured({ source })]);
    const [{ id } = { id: toProviderId('') }] = await service.list(owner);
    const refused = { code: 'conflict', message: expect.stringMatching(where), details: { source } };
    await expect(service.update(owner, id, { displayName: 'Mine' })).rejects.toMatchObject(refused);
    await expect(service.update(owner, id, { position: 1 })).rejects.toMatchObject(refused);
    await expect(service.delete(owner, id)).rejects.toMatchObject(refused);
  });

  test('a built-in one can be switched off and on', async () => {
    const { service } = await started([configured({ source: 'built-in' })]);
    const [{ id } = { id: toProviderId('') }] = await service.list(owner);
    expect((await service.update(owner, id, { isEnabled: false })).state).toBe('disabled');
    expect((await service.update(owner, id, { isEnabled: true })).state).toBe('ready');
  });

  test('what left the configuration can be deleted, but not edited', async () => {
    const { service } = await started([configured({ source: 'config', isEnabled: false })], { isConfigured: () => false });
    const [{ id } = { id: toProviderId('') }] = await service.list(owner);
    await expect(service.update(owner, id, { isEnabled: true })).rejects.toMatchObject({ code: 'conflict' });
    await service.delete(owner, id);
    expect(await service.list(owner)).toEqual([]);
  });
});

describe('the rows are the truth', () => {
  test('a write that the database did not confirm but kept is seen all the same', async () => {
    const { service, storage, registry } = createTestProviders();
    const { id } = await service.create(owner, acme);
    storage.loseNextAnswer();
    await expect(service.update(owner, id, { isEnabled: false })).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(registry.view('acme')).toBeUndefined();
  });

  test('a database that is away leaves what is open, and the next write goes on', async () => {
    const { service, storage, registry } = createTestProviders();
    const { id } = await service.create(owner, acme);
    storage.failReads('unavailable');
    storage.failCommits('unavailable');
    await expect(service.delete(owner, id)).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(registry.view('acme')?.state).toBe('ready');
    storage.failReads(undefined);
    storage.failCommits(undefined);
    await service.delete(owner, id);
    expect(registry.view('acme')).toBeUndefined();
  });
});

describe('runs at work', () => {
  test('go on to their end on the provider that they began with; the next one takes the new one', async () => {
    const model = scriptedModel();
    const core = await createTestCore({ providers: [model] });
    const first = await core.ask('one');
    const call = await model.call(0);
    core.registry.load([{ ...model.record, settings: { folder: 'new' } }]);
    await core.ask('two');
    expect(model.isDisposed).toBe(false);
    call.text('still here');
    call.finish();
    await core.clock.advance(1_000);
    expect((await core.storage.read.messages.findById(first.assistantMessage.id))?.text).toBe('still here');
    expect(model.isDisposed).toBe(true);
    expect((await model.call(1)).isLeft).toBe(false);
  });
});
