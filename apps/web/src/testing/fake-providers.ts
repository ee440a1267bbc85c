import { ApiError, type Client } from '@multimodel/client';
import type { NewProvider, NewProviderTest, ProviderDto, ProviderPatch, ProviderPluginDto, ProviderTestDto } from '@multimodel/contract';

const text = (en: string) => ({ ru: en, en });

/** A plugin with one field of each kind. */
export const fakePlugin: ProviderPluginDto = {
  id: 'fake',
  displayName: 'Fake',
  isDemo: false,
  fields: [
    { name: 'apiKey', kind: 'string', isRequired: true, isSecret: true, isAdvanced: false, label: text('Key') },
    { name: 'folderId', kind: 'string', isRequired: false, isSecret: false, isAdvanced: false, label: text('Folder') },
    { name: 'keyFile', kind: 'json', isRequired: false, isSecret: true, isAdvanced: false, label: text('Key file') },
    { name: 'concurrency', kind: 'number', isRequired: false, isSecret: false, isAdvanced: true, label: text('At a time'), default: 8 },
    { name: 'isLogged', kind: 'boolean', isRequired: false, isSecret: false, isAdvanced: true, label: text('Logged'), default: false },
  ],
};

/** Providers in memory. Secrets go in and never come out. */
export class FakeProviders {
  readonly items: ProviderDto[] = [];
  readonly calls: string[] = [];
  readonly tested: NewProviderTest[] = [];
  /** What the next tests find. */
  testResult: ProviderTestDto = { ok: true, checks: [], discovered: {}, models: [] };
  /** A test waits for this. */
  testGate: Promise<void> = Promise.resolve();
  readonly #failures: unknown[] = [];
  readonly #made = new Map<string, ProviderDto>();
  #now = 1;

  readonly client: Client['providers'] = {
    list: async () => ({ items: [...this.items] }),
    plugins: async () => ({ items: [fakePlugin], broken: [] }),
    get: async (id) => this.#find(id),
    create: async (provider, { idempotencyKey = '' } = {}) =>
      this.#act(`create ${idempotencyKey}`, () => this.#once(idempotencyKey, provider)),
    update: async (id, changes) => this.#act(`update ${JSON.stringify(changes)}`, () => this.#update(id, changes)),
    delete: async (id) => this.#act(`delete ${id}`, () => void this.items.splice(this.items.indexOf(this.#find(id)), 1)),
    test: async (settings, { signal } = {}) => {
      this.tested.push(settings);
      return this.#test(signal);
    },
    trust: async (id) => this.#act(`trust ${id}`, () => ({ fingerprint: 'D2:6D', subject: 'Root', validTo: 1 })),
    testStored: async (id, { signal } = {}) => {
      this.calls.push(`test ${id}`);
      return this.#test(signal);
    },
  };

  failNext(error: unknown): void {
    this.#failures.push(error);
  }

  add(provider: Partial<ProviderDto> = {}): ProviderDto {
    this.#now += 1;
    const id = `provider-${this.#now}`;
    const added: ProviderDto = {
      id,
      slug: id,
      plugin: fakePlugin.id,
      displayName: 'Fake',
      state: 'ready',
      source: 'user',
      isDemo: false,
      isEnabled: true,
      position: this.items.length,
      settings: {},
      secrets: { apiKey: { isSet: false }, keyFile: { isSet: false } },
      notices: [],
      createdAt: this.#now,
      updatedAt: this.#now,
      ...provider,
    };
    this.items.push(added);
    return added;
  }

  async #test(signal: AbortSignal | undefined): Promise<ProviderTestDto> {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await Promise.race([this.testGate, aborted]);
    return this.#act('tested', () => this.testResult);
  }

  #once(key: string, provider: NewProvider): ProviderDto {
    const made = this.#made.get(key) ?? this.add({ displayName: provider.displayName ?? 'Fake', ...split(provider.settings) });
    this.#made.set(key, made);
    return made;
  }

  #update(id: string, { settings = {}, position, ...rest }: ProviderPatch): ProviderDto {
    const provider = this.#find(id);
    this.#now += 1;
    const { settings: open, secrets } = split(settings);
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const next: ProviderDto = {
      ...provider,
      ...given,
      settings: { ...provider.settings, ...open },
      secrets: { ...provider.secrets, ...secrets },
      updatedAt: this.#now,
    };
    this.items.splice(this.items.indexOf(provider), 1);
    this.items.splice(position ?? provider.position, 0, next);
    return next;
  }

  #find(id: string): ProviderDto {
    const provider = this.items.find((item) => item.id === id);
    if (!provider) throw new ApiError({ status: 404, code: 'not_found' });
    return provider;
  }

  #act<Result>(call: string, act: () => Result): Result {
    this.calls.push(call);
    const failure = this.#failures.shift();
    if (failure !== undefined) throw failure;
    return act();
  }
}

function split(settings: NewProvider['settings']): Pick<ProviderDto, 'settings' | 'secrets'> {
  const isSecret = (name: string) => fakePlugin.fields.some((field) => field.name === name && field.isSecret);
  const entries = Object.entries(settings);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !isSecret(name))),
    secrets: Object.fromEntries(entries.filter(([name]) => isSecret(name)).map(([name, value]) => [name, { isSet: value !== null }])),
  };
}
