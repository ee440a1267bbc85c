import { describe, expect, test } from 'vitest';
import type { ProviderErrorCode } from '../errors/error-code.ts';
import { toProviderId } from '../shared/ids.ts';
import { createTestProviders, modelInfo, providerFault, settle, testActor } from '../testing/index.ts';
import type { Provider } from './provider.ts';
import type { ProviderTest } from './provider-test.ts';

const owner = { ...testActor(), role: 'owner' } as const;
const apiKey = 'sk-abcdefghijklmnop-1234';
const acme = { plugin: 'acme', settings: { apiKey } };
const never = new AbortController().signal;

const refusing = (code: ProviderErrorCode, details: Readonly<Record<string, unknown>> = {}): Partial<Provider> => ({
  probe: () => Promise.reject(providerFault(code, { details })),
});
const states = ({ checks }: ProviderTest) => checks.map(({ name, state }) => `${name} ${state}`);
const failed = ({ checks }: ProviderTest) => checks.find(({ state }) => state === 'failed');

describe('settings from a form', () => {
  test('that work pass every check; nothing is stored and nothing stays open', async () => {
    const listModels = async () => [modelInfo('one', { name: 'One' }), modelInfo('vectors', { kind: 'embedding' })];
    const { tester, storage, created, closed } = createTestProviders({ parts: { listModels } });
    const result = await tester.test(owner, acme, never);
    expect(result).toMatchObject({ ok: true, models: [{ id: 'one', name: 'One' }], discovered: {} });
    expect(states(result)).toEqual(['settings passed', 'reach passed', 'auth passed', 'access passed', 'models passed']);
    expect(result.checks.at(-1)?.message.en).toBe('Models: 1.');
    expect(await storage.read.providers.list()).toEqual([]);
    expect(closed).toEqual(created);
  });

  test('that are wrong send nothing, and name their fields', async () => {
    const { tester, created } = createTestProviders();
    const result = await tester.test(owner, { plugin: 'acme', settings: { baseUrl: 'http://127.0.0.1' } }, never);
    expect(states(result)).toEqual(['settings failed', 'reach skipped', 'auth skipped', 'access skipped', 'models skipped']);
    expect(failed(result)).toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'settings.baseUrl' }, { path: 'settings.apiKey', message: 'Required' }],
    });
    expect(created).toEqual([]);
  });

  test('an unknown plugin, an unknown id and the plugin of another are refused', async () => {
    const { tester, service } = createTestProviders();
    const { id } = await service.create(owner, acme);
    await expect(tester.test(owner, { ...acme, plugin: 'no' }, never)).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(tester.test(owner, { ...acme, id: toProviderId('no') }, never)).rejects.toMatchObject({ code: 'not_found' });
    await expect(tester.test(owner, { ...acme, plugin: 'demo', id }, never)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('what the vendor says', () => {
  test.for([
    ['network', { reason: 'dns' }, 'reach', /Имя сервера/],
    ['network', { reason: 'refused' }, 'reach', /соединение отклонено/],
    ['tls', { reason: 'expired' }, 'reach', /часы/],
    ['timeout', {}, 'reach', /вовремя/],
    ['protocol', {}, 'reach', /не провайдер/],
    ['overloaded', { status: 503 }, 'reach', /на его стороне/],
    ['invalid_request', { status: 404 }, 'reach', /не принял запрос/],
    ['invalid_request', { setting: 'package' }, 'settings', /не принял запрос/],
    ['auth', { status: 401 }, 'auth', /не принял ключ/],
    ['permission', { status: 403 }, 'access', /прав не хватает/],
    ['quota_exhausted', {}, 'access', /Пополните/],
    ['rate_limited', { status: 429 }, 'access', /Подождите/],
  ] as const)('%s %j stops at %s', async ([code, details, name, words]) => {
    const { tester } = createTestProviders({ parts: refusing(code, details) });
    const result = await tester.test(owner, acme, never);
    expect(result).toMatchObject({ ok: false, models: [] });
    const check = failed(result);
    expect(check).toMatchObject({ name, code });
    expect(check?.message.ru).toMatch(words);
    expect(check?.message.en).toMatch(/\w/);
    const rest = result.checks.slice(result.checks.findIndex((each) => each.name === name) + 1);
    expect(rest.every(({ state }) => state === 'skipped')).toBe(true);
  });

  test('what only a paid question could tell is not said to be well', async () => {
    const probe: Provider['probe'] = async () => ({ ok: true, latencyMs: 1, untried: ['reach', 'auth', 'access'] });
    const { tester } = createTestProviders({ parts: { probe } });
    const result = await tester.test(owner, acme, never);
    expect(result.ok).toBe(true);
    expect(states(result)).toEqual(['settings passed', 'reach skipped', 'auth skipped', 'access skipped', 'models passed']);
  });

  test('the plugin knows better than the code', async () => {
    const explain = () => ({ ru: 'Нет роли', en: 'No role' });
    const { tester } = createTestProviders({ parts: { ...refusing('permission'), explain } });
    expect(failed(await tester.test(owner, acme, never))?.message).toEqual(explain());
  });

  test('a list that cannot be had is the last check', async () => {
    const { tester } = createTestProviders({ parts: { listModels: () => Promise.reject(providerFault('overloaded')) } });
    const result = await tester.test(owner, acme, never);
    expect([result.ok, failed(result)?.name]).toEqual([false, 'models']);
  });

  test('what the vendor tells is handed on where it is news, after a refusal too', async () => {
    const discover = async () => ({ folder: 'b1g' });
    const well = createTestProviders({ parts: { discover } });
    expect((await well.tester.test(owner, acme, never)).discovered).toEqual({ folder: 'b1g' });
    expect((await well.tester.test(owner, { ...acme, settings: { apiKey, folder: 'b1g' } }, never)).discovered).toEqual({});
    const refused = createTestProviders({ parts: { discover, ...refusing('permission', { status: 400 }) } });
    expect((await refused.tester.test(owner, { ...acme, settings: { apiKey, folder: 'b1x' } }, never)).discovered).toEqual({
      folder: 'b1g',
    });
    const unknown = createTestProviders({ parts: { discover, ...refusing('auth') } });
    expect((await unknown.tester.test(owner, acme, never)).discovered).toEqual({});
  });

  test('an error that no plugin should throw is said without its words', async () => {
    const { tester, logger } = createTestProviders({ parts: { probe: () => Promise.reject(new Error(`boom ${apiKey}`)) } });
    const result = await tester.test(owner, acme, never);
    expect(failed(result)).toMatchObject({ code: 'internal', message: { en: expect.stringContaining('log') } });
    expect(JSON.stringify(result)).not.toContain(apiKey);
    expect(logger.lines.at(-1)?.level).toBe('error');
  });
});

describe('time', () => {
  const hangs: Partial<Provider> = { probe: () => new Promise(() => {}) };

  test('a vendor that hangs is given up after a while', async () => {
    const { tester, clock } = createTestProviders({ parts: hangs });
    const asked = tester.test(owner, acme, never);
    await clock.advance(15_000);
    expect(failed(await asked)).toMatchObject({ name: 'reach', code: 'timeout' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('a caller who leaves ends it at once', async () => {
    let seen: AbortSignal | undefined;
    const probe: Provider['probe'] = ({ signal }) => {
      seen = signal;
      return new Promise(() => {});
    };
    const { tester, clock } = createTestProviders({ parts: { probe } });
    const leaving = new AbortController();
    const asked = tester.test(owner, acme, leaving.signal);
    const ended = expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    leaving.abort();
    await ended;
    expect([seen?.aborted, clock.pendingTimers]).toEqual([true, 0]);
  });
});

describe('with a stored provider', () => {
  test('its secrets stand in for those that are not sent', async () => {
    const { tester, service, created } = createTestProviders();
    const { id } = await service.create(owner, acme);
    expect((await tester.test(owner, { plugin: 'acme', settings: { folder: 'b1g' }, id }, never)).ok).toBe(true);
    expect(created.at(-1)).toEqual({ apiKey, folder: 'b1g' });
  });

  test('they are not sent to another address', async () => {
    const { tester, service, created } = createTestProviders();
    const { id } = await service.create(owner, acme);
    const settings = { baseUrl: 'https://collector.example' };
    expect(failed(await tester.test(owner, { plugin: 'acme', settings, id }, never))).toMatchObject({
      name: 'settings',
      fields: [{ path: 'settings.apiKey' }],
    });
    expect(created).toHaveLength(1);
    expect((await tester.test(owner, { plugin: 'acme', settings: { ...settings, apiKey: 'sk-own' }, id }, never)).ok).toBe(true);
  });

  test('the stored one as it is: what is found becomes its state', async () => {
    const parts: { probe: Provider['probe'] } = { probe: () => Promise.reject(providerFault('auth')) };
    const { tester, service } = createTestProviders({ parts: { probe: (options) => parts.probe(options) } });
    const { id } = await service.create(owner, acme);
    expect((await tester.testStored(owner, id, never)).ok).toBe(false);
    expect(await service.get(owner, id)).toMatchObject({ state: 'failing', problem: { code: 'auth' } });
    parts.probe = async () => ({ ok: true, latencyMs: 1 });
    expect((await tester.testStored(owner, id, never)).ok).toBe(true);
    expect((await service.get(owner, id)).state).toBe('ready');
  });

  test('one whose key of the server is lost says so', async () => {
    const { tester, service, secrets } = createTestProviders();
    const { id } = await service.create(owner, acme);
    secrets.isLost = true;
    expect(failed(await tester.testStored(owner, id, never))).toMatchObject({
      name: 'settings',
      message: { ru: expect.stringContaining('заново') },
    });
  });
});
