import { AppError } from '../errors/app-error.ts';
import type { Provider, ProviderPlugin, SettingField } from '../provider/provider.ts';
import { ProviderRegistry } from '../provider/provider-registry.ts';
import type { ProviderSecrets, SecretSettings } from '../provider/provider-secrets.ts';
import { ProviderService } from '../provider/provider-service.ts';
import { ProviderTester } from '../provider/provider-tester.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryLogger, type MemoryLogger } from './memory-logger.ts';
import { createMemoryStorage, type MemoryStorage } from './memory-storage.ts';
import { scriptedModel } from './scripted-model.ts';
import { createTestIds } from './test-core.ts';

/** Providers as people manage them, over fakes. */
export interface TestProviders {
  readonly storage: MemoryStorage;
  readonly registry: ProviderRegistry;
  readonly secrets: FakeSecrets;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  readonly service: ProviderService;
  readonly tester: ProviderTester;
  /** Settings that providers were created with, in order. */
  readonly created: Readonly<Record<string, unknown>>[];
  /** Providers that were closed. */
  readonly closed: Readonly<Record<string, unknown>>[];
}

export interface TestProvidersOptions {
  readonly storage?: MemoryStorage | undefined;
  /** Parts of the providers that are made, in place of those that always go well. */
  readonly parts?: Partial<Provider> | undefined;
  readonly isConfigured?: ((slug: string) => boolean) | undefined;
}

/** Reversible and readable: what is sealed must only not stand there as it is. */
export class FakeSecrets implements ProviderSecrets {
  isLost = false;

  seal(secrets: SecretSettings, slug: string): string {
    return `${slug}:${JSON.stringify(secrets).split('').toReversed().join('')}`;
  }

  unseal({ slug, sealedSecrets }: Parameters<ProviderSecrets['unseal']>[0]): SecretSettings {
    if (this.isLost) throw new AppError('internal', 'sealed with another key');
    if (sealedSecrets === undefined) return { values: {}, changedAt: {} };
    if (!sealedSecrets.startsWith(`${slug}:`)) throw new AppError('internal', 'sealed for another provider');
    return JSON.parse(
      sealedSecrets
        .slice(slug.length + 1)
        .split('')
        .toReversed()
        .join(''),
    );
  }
}

const field = (name: string, more: Partial<SettingField> = {}): SettingField => ({
  name,
  kind: 'string',
  isRequired: false,
  isSecret: false,
  isAdvanced: false,
  isAddress: false,
  label: { ru: name, en: name },
  ...more,
});

const fields = [
  field('apiKey', { isSecret: true, isRequired: true }),
  field('folder'),
  field('baseUrl', { isAddress: true, default: 'https://api.acme.example' }),
  field('extra', { kind: 'json' }),
];

/** Speaks of the wrong value, as no plugin should. */
function parse(input: unknown): unknown {
  const values = typeof input === 'object' && input !== null ? new Map<string, unknown>(Object.entries(input)) : new Map<string, unknown>();
  const faults = [...values.keys()]
    .filter((name) => !fields.some((each) => each.name === name))
    .map((name) => ({ path: name, message: 'There is no such setting' }));
  const key = values.get('apiKey');
  if (typeof key !== 'string') faults.push({ path: 'apiKey', message: 'Required' });
  else if (key.includes('wrong')) faults.push({ path: 'apiKey', message: `${key} is no key` });
  if (faults.length > 0) throw new AppError('validation_failed', 'Wrong settings of acme', { details: { fields: faults } });
  return input;
}

export function createTestProviders(options: TestProvidersOptions = {}): TestProviders {
  const { storage = createMemoryStorage(), parts = {}, isConfigured = () => true } = options;
  const [clock, logger, secrets] = [createFakeClock(), createMemoryLogger(), new FakeSecrets()];
  const created: Record<string, unknown>[] = [];
  const closed: Record<string, unknown>[] = [];
  const base = scriptedModel({ slug: 'acme' }).plugin;
  const acme: ProviderPlugin = {
    ...base,
    displayName: 'Acme',
    settings: { fields, parse },
    create: (settings, context) => {
      const values = { ...(typeof settings === 'object' ? settings : {}) };
      created.push(values);
      return { ...base.create(settings, context), [Symbol.asyncDispose]: async () => void closed.push(values), ...parts };
    },
  };
  const plugins = [acme, scriptedModel({ slug: 'demo', isDemo: true }).plugin];
  const registry = new ProviderRegistry({ plugins, clock, logger, unseal: (record) => secrets.unseal(record).values });
  const policy = { isAllowedAddress: (url: string) => !url.includes('127.0.0.1'), isConfigured };
  const service = new ProviderService({ storage, registry, secrets, policy, clock, newId: createTestIds('provider') });
  const tester = new ProviderTester({ storage, registry, secrets, policy, clock, logger });
  return { storage, registry, secrets, clock, logger, service, tester, created, closed };
}
