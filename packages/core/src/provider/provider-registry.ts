import { AppError, type ProviderError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { JsonObject } from '../model/chat-request.ts';
import { RequestQueue } from '../routing/request-queue.ts';
import type { Clock } from '../shared/clock.ts';
import type { ProviderId } from '../shared/ids.ts';
import type { Localized, Told } from '../shared/localized.ts';
import type { Logger } from '../shared/logger.ts';
import type { Provider, ProviderPlugin } from './provider.ts';
import type { ProviderRecord, ProviderSource } from './provider-record.ts';
import { checkSettings, connectionGuard } from './provider-settings.ts';
import { type Blame, blamedSetting, type SettingPlace, withPlace } from './setting-place.ts';

export type ProviderState = 'ready' | 'failing' | 'unconfigured';

export interface ProviderProblem extends Told {
  readonly code: ErrorCode;
  /** The setting that it lies in, where that is known. */
  readonly blame?: Blame | undefined;
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
  /** Answers are samples of this product, not a model's. */
  readonly isDemo: boolean;
  readonly notices: readonly Localized[];
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
  /** Roots that it was opened with. */
  readonly trust: string;
  readonly opened?: OpenProvider | undefined;
  problem?: ProviderProblem | undefined;
}

export interface ProviderRegistryDeps {
  readonly plugins: readonly ProviderPlugin[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens the sealed secrets of a record; throws when the key does not fit. */
  unseal(record: ProviderRecord): JsonObject;
  /** Of providers that people added; the configuration may name any address. Absent: all are allowed. */
  isAllowedAddress?(url: string): boolean;
  /** Root certificates that people had fetched for a plugin. Absent: none. */
  trustedRoots?(plugin: ProviderPlugin): readonly string[];
  /** Where a setting of a record comes from. */
  placeOf?(record: ProviderRecord, setting: string): SettingPlace | undefined;
}

/** Faults of a question or of one model: nothing to hold against the provider's other models. */
const aboutOneRequest: ReadonlySet<ErrorCode> = new Set([
  'cancelled',
  'invalid_request',
  'content_filtered',
  'context_too_long',
  'model_not_found',
]);

/** A request that was refused because of a setting, such as a wrong address: the next one will be, too. */
const isAboutSettings = ({ code, details }: ProviderError): boolean => code === 'invalid_request' && typeof details['setting'] === 'string';

/**
 * All configured providers of this instance, each opened once. One that cannot be opened is reported and touches nothing else.
 * What was replaced serves those who hold it to their end, and is closed after the last of them.
 */
export class ProviderRegistry implements AsyncDisposable {
  readonly #deps: ProviderRegistryDeps;
  readonly #plugins: ReadonlyMap<string, ProviderPlugin>;
  #entries: ReadonlyMap<string, Entry> = new Map();
  /** By account, not by opening: the limit is the vendor's, so requests of before and after a change count together. */
  readonly #queues = new Map<string, RequestQueue>();
  /** Of each provider the key of its queue. */
  readonly #accounts = new Map<ProviderId, string>();
  readonly #holders = new Map<Provider, number>();
  readonly #retired = new Set<Provider>();
  readonly #closing = new Set<Promise<void>>();

  constructor(deps: ProviderRegistryDeps) {
    this.#deps = deps;
    this.#plugins = new Map(deps.plugins.map((plugin) => [plugin.id, plugin]));
  }

  get plugins(): readonly ProviderPlugin[] {
    return this.#deps.plugins;
  }

  plugin(id: string): ProviderPlugin | undefined {
    return this.#plugins.get(id);
  }

  /** PEM texts that connections of this plugin's providers trust beside the usual ones. */
  trustedRoots(plugin: ProviderPlugin): readonly string[] {
    return plugin.trustedRoot === undefined ? [] : (this.#deps.trustedRoots?.(plugin) ?? []);
  }

  /** Brings what is open in line with the stored records, in their order. Only what has changed is opened anew. */
  load(records: readonly ProviderRecord[]): void {
    const before = this.#entries;
    const enabled = records.filter(({ isEnabled }) => isEnabled);
    this.#entries = new Map(enabled.map((record) => [record.slug, this.#entryOf(record, before.get(record.slug))]));
    const kept = new Set(Array.from(this.#entries.values(), ({ opened }) => opened?.provider));
    for (const { opened } of before.values()) if (opened && !kept.has(opened.provider)) this.#retire(opened.provider);
    const ids = new Set(records.map(({ id }) => id));
    for (const id of this.#accounts.keys()) if (!ids.has(id)) this.#accounts.delete(id);
    const accounts = new Set(this.#accounts.values());
    for (const account of this.#queues.keys()) if (!accounts.has(account)) this.#queues.delete(account);
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
    const { problem } = entry ?? {};
    const why = problem ? (problem.text ?? problem.message) : faultTexts.noSuchProvider(slug);
    throw new AppError('provider_not_configured', why, { details: { provider: slug, configured: [...this.#entries.keys()] } });
  }

  /** Keeps an opened provider from being closed until the answer is disposed of. */
  hold({ provider }: Pick<OpenProvider, 'provider'>): Disposable {
    this.#holders.set(provider, (this.#holders.get(provider) ?? 0) + 1);
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#release(provider);
      },
    };
  }

  /** Every attempt tells how it went; the last word is shown as the provider's state. What is said of a replaced one is too late. */
  report(about: Pick<OpenProvider, 'record' | 'provider'>, error?: ProviderError): void {
    const entry = this.#entries.get(about.record.slug);
    if (entry?.opened?.provider === about.provider) this.#note(entry, error);
  }

  /** As `report`, by somebody who tried the stored settings apart from what is open. */
  reportRecord({ slug, updatedAt }: ProviderRecord, error?: ProviderError): void {
    const entry = this.#entries.get(slug);
    if (entry?.opened && entry.record.updatedAt === updatedAt) this.#note(entry, error);
  }

  /** The setting of `record` that an error lies in. */
  blame(record: ProviderRecord, error: AppError): Blame | undefined {
    const setting = blamedSetting(error, () => Object.keys(this.#deps.unseal(record)));
    return setting === undefined ? undefined : { setting, place: this.#deps.placeOf?.(record, setting) };
  }

  #note(entry: Entry, error: ProviderError | undefined): void {
    if (error && aboutOneRequest.has(error.code) && !isAboutSettings(error)) return;
    const blame = error && this.blame(entry.record, error);
    entry.problem = error && { code: error.code, ...withPlace(error, blame), blame };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = new Set(this.#retired);
    for (const { opened } of this.#entries.values()) if (opened) open.add(opened.provider);
    this.#entries = new Map();
    this.#retired.clear();
    for (const provider of open) this.#close(provider);
    await Promise.all(this.#closing);
  }

  #entryOf(record: ProviderRecord, before: Entry | undefined): Entry {
    const isSame = before && accountOf(before.record) === accountOf(record) && before.trust === this.#trustOf(record);
    if (!isSame) return this.#open(record);
    return { ...before, record, opened: before.opened && { ...before.opened, record } };
  }

  #trustOf({ plugin: id }: ProviderRecord): string {
    const plugin = this.#plugins.get(id);
    return plugin === undefined ? '' : this.trustedRoots(plugin).join('');
  }

  #open(record: ProviderRecord): Entry {
    const { clock, logger } = this.#deps;
    const trust = this.#trustOf(record);
    try {
      const plugin = this.#plugins.get(record.plugin);
      if (!plugin) {
        const known = [...this.#plugins.keys()].join(', ');
        throw new AppError('provider_not_configured', faultTexts.pluginMissing(record.slug, record.plugin, known));
      }
      const values = { ...record.settings, ...this.#deps.unseal(record) };
      const isAllowed = (url: string): boolean => this.#deps.isAllowedAddress?.(url) ?? true;
      if (record.source === 'user') checkSettings(plugin, values, isAllowed);
      const mayConnect = record.source === 'user' ? connectionGuard(plugin, values, isAllowed) : undefined;
      const settings = plugin.settings.parse(values);
      const context = {
        slug: record.slug,
        clock,
        logger: logger.child({ provider: record.slug }),
        trustedRoots: this.trustedRoots(plugin),
        mayConnect,
      };
      const provider = plugin.create(settings, context);
      return { record, isDemo: plugin.isDemo ?? false, trust, opened: { record, provider, queue: this.#queueFor(record, provider) } };
    } catch (error) {
      logger.error({ err: error, provider: record.slug }, 'provider could not be opened');
      const text = error instanceof AppError ? error.text : faultTexts.unreadableSettings;
      const message = error instanceof AppError ? error.message : faultTexts.unreadableSettings.en;
      return { record, isDemo: false, trust, problem: { code: 'provider_not_configured', message, text } };
    }
  }

  #queueFor({ id }: ProviderRecord, { limits }: Provider): RequestQueue {
    const limit = limits.concurrency ?? Number.POSITIVE_INFINITY;
    const account = limits.account ?? id;
    const queue = this.#queues.get(account) ?? new RequestQueue(limit);
    queue.resize(limit);
    this.#queues.set(account, queue);
    this.#accounts.set(id, account);
    return queue;
  }

  #release(provider: Provider): void {
    const left = (this.#holders.get(provider) ?? 1) - 1;
    if (left > 0) {
      this.#holders.set(provider, left);
      return;
    }
    this.#holders.delete(provider);
    if (this.#retired.delete(provider)) this.#close(provider);
  }

  #retire(provider: Provider): void {
    if (this.#holders.has(provider)) this.#retired.add(provider);
    else this.#close(provider);
  }

  #close(provider: Provider): void {
    const closing = Promise.try(() => provider[Symbol.asyncDispose]())
      .catch((error: unknown) => this.#deps.logger.warn({ err: error }, 'a provider could not be closed'))
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

/** Two records of one text are one account, opened the same. Secrets that were sealed anew have another text. */
function accountOf({ id, plugin, settings, sealedSecrets }: ProviderRecord): string {
  return JSON.stringify([id, plugin, settings, sealedSecrets]);
}

function toView({ record, opened, problem, isDemo }: Entry): ProviderView {
  const { id, slug, plugin, displayName, source } = record;
  const state = opened ? (problem ? 'failing' : 'ready') : 'unconfigured';
  const notices = opened?.provider.notices ?? [];
  return { id, slug, plugin, displayName, source, state, problem, isDemo, notices };
}
