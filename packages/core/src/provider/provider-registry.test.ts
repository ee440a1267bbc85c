import { expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { createFakeClock, createMemoryLogger, createTestCore, providerFault, scriptedModel } from '../testing/index.ts';
import type { Provider, ProviderContext, ProviderPlugin } from './provider.ts';
import { ProviderRegistry } from './provider-registry.ts';

function pluginWith(
  id: string,
  change: Partial<Provider> = {},
  create?: ProviderPlugin['create'],
): { plugin: ProviderPlugin; record: ReturnType<typeof scriptedModel>['record'] } {
  const { plugin, record } = scriptedModel({ slug: id });
  return { record, plugin: { ...plugin, create: create ?? ((settings, context) => ({ ...plugin.create(settings, context), ...change })) } };
}

async function load(
  parts: readonly { plugin: ProviderPlugin; record: ReturnType<typeof scriptedModel>['record'] }[],
): Promise<ProviderRegistry> {
  const registry = new ProviderRegistry({
    plugins: parts.map(({ plugin }) => plugin),
    clock: createFakeClock(),
    logger: createMemoryLogger(),
    unseal: () => ({}),
  });
  registry.load(parts.map(({ record }) => record));
  return registry;
}

test('one that cannot be opened is reported and touches nothing else', async () => {
  const broken = pluginWith('broken', {}, () => {
    throw new Error('secret=hunter2');
  });
  const wrong = pluginWith('wrong', {}, () => {
    throw new AppError('validation_failed', 'apiKey is missing');
  });
  const registry = await load([broken, wrong, pluginWith('good')]);
  expect(registry.list().map(({ slug, state, problem }) => [slug, state, problem?.message])).toEqual([
    ['broken', 'unconfigured', 'Its settings could not be read'],
    ['wrong', 'unconfigured', 'apiKey is missing'],
    ['good', 'ready', undefined],
  ]);
  expect(() => registry.get('wrong')).toThrow(expect.objectContaining({ code: 'provider_not_configured', message: 'apiKey is missing' }));
  expect(registry.get('good').record.slug).toBe('good');
});

test('disabled ones are not opened, unknown plugins are named', async () => {
  const registry = await load([pluginWith('good')]);
  const { record } = pluginWith('good');
  registry.load([
    { ...record, isEnabled: false },
    { ...record, slug: 'odd', plugin: 'nothing' },
  ]);
  expect(registry.view('good')).toBeUndefined();
  expect(registry.view('odd')?.problem?.message).toContain('"nothing"');
});

test('the last word of an attempt is the state, unless it says nothing of the provider', async () => {
  const { registry } = await createTestCore();
  const opened = registry.get('scripted');
  registry.report(opened, providerFault('auth'));
  expect(registry.view('scripted')).toMatchObject({ state: 'failing', problem: { code: 'auth' } });
  for (const code of ['content_filtered', 'context_too_long', 'model_not_found'] as const) registry.report(opened, providerFault(code));
  registry.report({ ...opened, record: { ...opened.record, slug: 'nobody' } });
  expect(registry.view('scripted')?.state).toBe('failing');
  registry.report(opened);
  expect(registry.view('scripted')).toMatchObject({ state: 'ready', problem: undefined });
});

test('a refused request speaks of the provider when it names one of its settings', async () => {
  const { registry } = await createTestCore();
  const opened = registry.get('scripted');
  registry.report(opened, providerFault('invalid_request'));
  expect(registry.view('scripted')?.state).toBe('ready');
  registry.report(opened, providerFault('invalid_request', { details: { setting: 'package' } }));
  expect(registry.view('scripted')).toMatchObject({ state: 'failing', problem: { code: 'invalid_request' } });
});

test('a load opens anew only what has changed, and keeps the state of the rest', async () => {
  const [one, two] = [scriptedModel({ slug: 'one' }), scriptedModel({ slug: 'two' })];
  const registry = await load([one, two]);
  const before = { one: registry.get('one'), two: registry.get('two') };
  registry.report(before.two, providerFault('auth'));
  registry.load([
    { ...two.record, displayName: 'Second', updatedAt: 5 },
    { ...one.record, settings: { folder: 'b1g' } },
  ]);
  expect(registry.list().map(({ slug, state }) => [slug, state])).toEqual([
    ['two', 'failing'],
    ['one', 'ready'],
  ]);
  expect(registry.view('two')?.displayName).toBe('Second');
  expect(registry.get('two').provider).toBe(before.two.provider);
  expect(registry.get('one').provider).not.toBe(before.one.provider);
  expect([one.isDisposed, two.isDisposed]).toEqual([true, false]);
});

test('what is said of a replaced provider is too late', async () => {
  const model = scriptedModel();
  const registry = await load([model]);
  const old = registry.get('scripted');
  registry.load([{ ...model.record, settings: { folder: 'b1g' }, updatedAt: 7 }]);
  registry.report(old, providerFault('auth'));
  expect(registry.view('scripted')?.state).toBe('ready');
  registry.reportRecord({ ...model.record, updatedAt: 6 }, providerFault('auth'));
  expect(registry.view('scripted')?.state).toBe('ready');
  registry.reportRecord({ ...model.record, updatedAt: 7 }, providerFault('auth'));
  expect(registry.view('scripted')?.state).toBe('failing');
});

test('a replaced provider is closed after the last of those who hold it', async () => {
  const model = scriptedModel();
  const registry = await load([model]);
  const old = registry.get('scripted');
  const [first, second] = [registry.hold(old), registry.hold(old)];
  registry.load([]);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  expect(model.isDisposed).toBe(false);
  second[Symbol.dispose]();
  expect(model.isDisposed).toBe(true);
});

test('requests of before and after a change count against one limit', async () => {
  const model = scriptedModel({ concurrency: 1 });
  const registry = await load([model]);
  const ticket = { userId: 'ann', priority: 'interactive', signal: new AbortController().signal } as const;
  const release = await registry.get('scripted').queue.acquire(ticket);
  registry.load([{ ...model.record, settings: { folder: 'b1g' } }]);
  const { queue } = registry.get('scripted');
  expect(queue.active).toBe(1);
  const waiting = queue.acquire(ticket);
  expect(queue.length).toBe(1);
  release();
  (await waiting)();
  expect(queue.active).toBe(0);
});

test('two providers with one credential share its slots', async () => {
  const [work, home] = [
    scriptedModel({ slug: 'work', concurrency: 1, account: 'key' }),
    scriptedModel({ slug: 'home', concurrency: 1, account: 'key' }),
  ];
  const registry = await load([work, home, scriptedModel({ slug: 'other', concurrency: 1 })]);
  const ticket = { userId: 'ann', priority: 'interactive', signal: new AbortController().signal } as const;
  const release = await registry.get('work').queue.acquire(ticket);
  const waiting = registry.get('home').queue.acquire(ticket);
  expect(registry.get('home').queue.length).toBe(1);
  expect(registry.get('other').queue.active).toBe(0);
  registry.load([home.record]);
  release();
  (await waiting)();
  expect(registry.get('home').queue.active).toBe(0);
});

test('the end closes what is open and what is still held, whatever one of them does', async () => {
  const [gone, held, open] = [scriptedModel({ slug: 'gone' }), scriptedModel({ slug: 'held' }), scriptedModel({ slug: 'open' })];
  const throws = pluginWith('throws', {
    [Symbol.asyncDispose]: () => {
      throw new Error('cannot close');
    },
  });
  const registry = await load([throws, gone, held, open]);
  const lease = registry.hold(registry.get('held'));
  registry.load([open.record]);
  expect([gone.isDisposed, held.isDisposed, open.isDisposed]).toEqual([true, false, false]);
  await registry[Symbol.asyncDispose]();
  expect([held.isDisposed, open.isDisposed]).toEqual([true, true]);
  expect(registry.list()).toEqual([]);
  lease[Symbol.dispose]();
});

test('a host that somebody typed may not lead into a private network; what ships with the plugin, or stands in the configuration, may', () => {
  const contexts: ProviderContext[] = [];
  const { plugin, record } = pluginWith('acme');
  const label = { ru: 'Адрес', en: 'Address' };
  const address = (name: string, isAddress: boolean) =>
    ({ name, kind: 'string', isRequired: false, isSecret: false, isAdvanced: false, isAddress, label }) as const;
  const guarded: ProviderPlugin = {
    ...plugin,
    settings: {
      ...plugin.settings,
      fields: [{ ...address('baseUrl', true), default: 'https://api.acme.example' }, address('proxy', false)],
    },
    create: (settings, context) => {
      contexts.push(context);
      return plugin.create(settings, context);
    },
  };
  const registry = new ProviderRegistry({
    plugins: [guarded],
    clock: createFakeClock(),
    logger: createMemoryLogger(),
    unseal: () => ({}),
    isAllowedAddress: (url) => !/10\.0\.0\.1|\[fd00/.test(url),
  });
  const settings = { baseUrl: 'https://My.Host.example/v1', proxy: 'http://proxy.example:3128' };
  registry.load([{ ...record, source: 'user', settings }]);
  const mayConnect = contexts[0]?.mayConnect;
  expect(mayConnect?.('my.host.example', '10.0.0.1')).toBe(false);
  expect(mayConnect?.('my.host.example', 'fd00::1')).toBe(false);
  expect(mayConnect?.('proxy.example', '10.0.0.1')).toBe(false);
  expect(mayConnect?.('my.host.example', '203.0.113.7')).toBe(true);
  expect(mayConnect?.('api.acme.example', '10.0.0.1')).toBe(true);
  registry.load([{ ...record, source: 'config', settings: { ...settings, note: 'changed' } }]);
  expect(contexts[1]?.mayConnect).toBeUndefined();
});
