import { expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { createFakeClock, createMemoryLogger, createTestCore, providerFault, scriptedModel } from '../testing/index.ts';
import type { Provider, ProviderPlugin } from './provider.ts';
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
  await registry.load(parts.map(({ record }) => record));
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
  await registry.load([
    { ...record, isEnabled: false },
    { ...record, slug: 'odd', plugin: 'nothing' },
  ]);
  expect(registry.view('good')).toBeUndefined();
  expect(registry.view('odd')?.problem?.message).toContain('"nothing"');
});

test('the last word of an attempt is the state, unless it says nothing of the provider', async () => {
  const { registry } = await createTestCore();
  registry.report('scripted', providerFault('auth'));
  expect(registry.view('scripted')).toMatchObject({ state: 'failing', problem: { code: 'auth' } });
  registry.report('scripted', providerFault('content_filtered'));
  registry.report('nobody', providerFault('auth'));
  expect(registry.view('scripted')?.state).toBe('failing');
  registry.report('scripted');
  expect(registry.view('scripted')).toMatchObject({ state: 'ready', problem: undefined });
});

test('a reload and the end close what was open, whatever one of them does', async () => {
  const model = scriptedModel({ slug: 'good' });
  const throws = pluginWith('throws', {
    [Symbol.asyncDispose]: () => {
      throw new Error('cannot close');
    },
  });
  const registry = await load([throws, model]);
  await registry.load([model.record]);
  expect(model.isDisposed).toBe(true);
  await registry[Symbol.asyncDispose]();
  expect(registry.list()).toEqual([]);
});
