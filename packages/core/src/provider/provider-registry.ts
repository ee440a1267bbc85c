import { AppError, type ProviderError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import type { JsonObject } from '../model/chat-request.ts';
import { RequestQueue } from '../routing/request-queue.ts';
import type { Clock } from '../shared/clock.ts';
import type { ProviderId } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Provider, ProviderPlugin } from './provider.ts';
import type { ProviderRecord, ProviderSource } from './provider-record.ts';

export type ProviderState = 'ready' | 'failing' | 'unconfigured';

export interface ProviderProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A configured provider as people see it. */
export interface ProviderView {
  readonly id: ProviderId;
  readonly slug: string;
  readonly plugin: string;
  readonly displayName: string;
  readonly state: ProviderState;
  readonly problem?: ProviderProblem | undefined;
  readonly source: ProviderSource;
  /** As stored; its secrets stay sealed. */
  readonly record: ProviderRecord;
  /** Answers are samples of this product, not a model's. */
  readonly isDemo: boolean;
}

/** A provider that was opened and can be asked. */
export interface OpenProvider {
  readonly record: ProviderRecord;
  readonly provider: Provider;
  readonly queue: RequestQueue;
}

interface Entry {
  readonly record: ProviderRecord;
  readonly isDemo: boolean;
  readonly opened?: OpenProvider | undefined;
  problem?: ProviderProblem | undefined;
}

export interface ProviderRegistryDeps {
  readonly plugins: readonly ProviderPlugin[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens the sealed secrets of a record; throws when the key does not fit. */
  unseal(record: ProviderRecord): JsonObject;
}

/** All configured providers of this instance, opened once. One that cannot be opened is reported and touches nothing else. */
export class ProviderRegistry implements AsyncDisposable {
  readonly #deps: ProviderRegistryDeps;
  readonly #plugins: ReadonlyMap<string, ProviderPlugin>;
  #entries: ReadonlyMap<string, Entry> = new Map();

  constructor(deps: ProviderRegistryDeps) {
    this.#deps = deps;
    this.#plugins = new Map(deps.plugins.map((plugin) => [plugin.id, plugin]));
  }

  /** Opens what is enabled, in the order given. Providers of an earlier call are closed. */
  async load(records: readonly ProviderRecord[]): Promise<void> {
    const before = this.#entries;
    this.#entries = new Map(records.filter(({ isEnabled }) => isEnabled).map((record) => [record.slug, this.#open(record)]));
    await closeAll(before.values());
  }

  list(): readonly ProviderView[] {
    return Array.from(this.#entries.values(), toView);
  }

  view(slug: string): ProviderView | undefined {
    const entry = this.#entries.get(slug);
    return entry && toView(entry);
  }

  /** Throws `provider_not_configured` when there is no such provider or it could not be opened. */
  get(slug: string): OpenProvider {
    const entry = this.#entries.get(slug);
    if (entry?.opened) return entry.opened;
    const why = entry?.problem?.message ?? `No provider "${slug}" is configured`;
    throw new AppError('provider_not_configured', why, { details: { provider: slug, configured: [...this.#entries.keys()] } });
  }

  /** Every attempt tells how it went; the last word is shown as the provider's state. */
  report(slug: string, error?: ProviderError): void {
    const entry = this.#entries.get(slug);
    if (!entry?.opened) return;
    const saysNothingOfProvider =
      error && (error.code === 'cancelled' || error.code === 'invalid_request' || error.code === 'content_filtered');
    if (saysNothingOfProvider) return;
    entry.problem = error && { code: error.code, message: error.message };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const entries = this.#entries;
    this.#entries = new Map();
    await closeAll(entries.values());
  }

  #open(record: ProviderRecord): Entry {
    const { clock, logger } = this.#deps;
    try {
      const plugin = this.#plugins.get(record.plugin);
      if (!plugin) {
        const known = [...this.#plugins.keys()].join(', ');
        throw new AppError(
          'provider_not_configured',
          `Provider "${record.slug}" wants the plugin "${record.plugin}", which is not installed. Installed: ${known}`,
        );
      }
      const settings = plugin.settings.parse({ ...record.settings, ...this.#deps.unseal(record) });
      const provider = plugin.create(settings, { slug: record.slug, clock, logger: logger.child({ provider: record.slug }) });
      return {
        record,
        isDemo: plugin.isDemo ?? false,
        opened: { record, provider, queue: new RequestQueue(provider.limits.concurrency ?? Number.POSITIVE_INFINITY) },
      };
    } catch (error) {
      logger.error({ err: error, provider: record.slug }, 'provider could not be opened');
      const message = error instanceof AppError ? error.message : 'Its settings could not be read';
      return { record, isDemo: false, problem: { code: 'provider_not_configured', message } };
    }
  }
}

function toView({ record, opened, problem, isDemo }: Entry): ProviderView {
  const { id, slug, plugin, displayName, source } = record;
  const state = opened ? (problem ? 'failing' : 'ready') : 'unconfigured';
  return { id, slug, plugin, displayName, source, record, state, problem, isDemo };
}

async function closeAll(entries: Iterable<Entry>): Promise<void> {
  await Promise.allSettled(Array.from(entries, async ({ opened }) => opened?.provider[Symbol.asyncDispose]()));
}
