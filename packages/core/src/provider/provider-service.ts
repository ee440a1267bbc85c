import type { Actor } from '../account/actor.ts';
import { requireAdmin } from '../account/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { fieldFault, validationFault } from '../errors/field-fault.ts';
import type { JsonObject } from '../model/chat-request.ts';
import type { Clock } from '../shared/clock.ts';
import { type Idempotency, once } from '../shared/idempotent.ts';
import { type ProviderId, toProviderId } from '../shared/ids.ts';
import type { Localized } from '../shared/localized.ts';
import type { Storage, StorageWriter } from '../shared/storage.ts';
import type { ProviderPlugin } from './provider.ts';
import { assertChangeable, assertDeletable } from './provider-ownership.ts';
import type { ProviderRecord } from './provider-record.ts';
import type { ProviderProblem, ProviderRegistry, ProviderState } from './provider-registry.ts';
import { factsOfSecrets, noSecrets, type ProviderSecrets, type SecretFacts, type SecretSettings } from './provider-secrets.ts';
import { checkKeptSecrets, checkSettings, mergeSettings, splitSettings } from './provider-settings.ts';

/** What only the server knows about providers. */
export interface ProviderPolicy {
  /** Whether requests may go to an address that somebody gave over the API. */
  isAllowedAddress(url: string): boolean;
  /** Whether the present configuration names a provider so. */
  isConfigured(slug: string): boolean;
}

/** A stored provider as people see it: its secrets are only told about. */
export interface ProviderDetails extends Omit<ProviderRecord, 'sealedSecrets'> {
  readonly state: ProviderState | 'disabled';
  readonly problem?: ProviderProblem | undefined;
  readonly isDemo: boolean;
  readonly secrets: Readonly<Record<string, SecretFacts>>;
  /** What whoever runs the instance should not overlook. */
  readonly notices: readonly Localized[];
}

export interface NewProvider {
  readonly plugin: string;
  /** Made from the name of the plugin when absent. */
  readonly slug?: string | undefined;
  readonly displayName?: string | undefined;
  readonly settings: JsonObject;
}

/** An absent member stays. In `settings` an absent field stays, too, and null clears it. */
export interface ProviderPatch {
  readonly displayName?: string | undefined;
  readonly isEnabled?: boolean | undefined;
  /** The place to move to, counted from 0; others make room. */
  readonly position?: number | undefined;
  readonly settings?: JsonObject | undefined;
}

export interface ProviderServiceDeps {
  readonly storage: Storage;
  readonly registry: ProviderRegistry;
  readonly secrets: ProviderSecrets;
  readonly policy: ProviderPolicy;
  readonly clock: Clock;
  newId(): string;
}

/** Providers as people add, change and remove them. The stored rows are the truth; what is open follows them. */
export class ProviderService {
  readonly #deps: ProviderServiceDeps;
  /** Writes go one after the other: the registry must see them in the order in which they were stored. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: ProviderServiceDeps) {
    this.#deps = deps;
  }

  /** What can be added. */
  plugins(_actor: Actor): readonly ProviderPlugin[] {
    return this.#deps.registry.plugins;
  }

  /** All of them, the disabled ones too, in order. */
  async list(_actor: Actor): Promise<readonly ProviderDetails[]> {
    return (await this.#deps.storage.read.providers.list()).map((record) => this.#details(record));
  }

  async get(_actor: Actor, id: ProviderId): Promise<ProviderDetails> {
    return this.#details(found(await this.#deps.storage.read.providers.list(), id));
  }

  /** Throws `validation_failed` with the paths of the wrong fields, `conflict` when the name is taken. */
  async create(actor: Actor, input: NewProvider, idempotency?: Idempotency): Promise<ProviderDetails> {
    requireAdmin(actor);
    const { storage, clock } = this.#deps;
    const { receipt } = await this.#inTurn(async (settled) => {
      let after: readonly ProviderRecord[] | undefined;
      const work = async (tx: StorageWriter): Promise<{ id: string }> => {
        const record = this.#newRecord(input, await tx.providers.list());
        await tx.providers.save(record);
        after = await tx.providers.list();
        return { id: record.id };
      };
      const result = await once({ storage, clock, actor, idempotency, work });
      settled(after);
      return result;
    });
    return this.get(actor, toProviderId(receipt.id));
  }

  /** Runs at work on a changed provider go on as they began; the next ones see the change. */
  async update(actor: Actor, id: ProviderId, patch: ProviderPatch): Promise<ProviderDetails> {
    requireAdmin(actor);
    const after = await this.#write(async (tx) => {
      const stored = await tx.providers.list();
      const before = found(stored, id);
      assertChangeable(before, patch, this.#deps.policy.isConfigured(before.slug));
      await tx.providers.save(this.#changed(before, patch));
      if (patch.position !== undefined) await move(tx, { stored: await tx.providers.list(), id, to: patch.position });
    });
    return this.#details(found(after, id));
  }

  /** Answers keep the names of provider and model; runs at work go on to their end. */
  async delete(actor: Actor, id: ProviderId): Promise<void> {
    requireAdmin(actor);
    await this.#write(async (tx) => {
      const record = found(await tx.providers.list(), id);
      assertDeletable(record, this.#deps.policy.isConfigured(record.slug));
      await tx.providers.delete(id);
    });
  }

  /** Something outside of the stored rows has changed, such as a root certificate: what depends on it is opened anew. */
  async reopen(): Promise<void> {
    await this.#inTurn(() => Promise.resolve());
  }

  async #write(work: (tx: StorageWriter) => Promise<void>): Promise<readonly ProviderRecord[]> {
    return this.#inTurn(async (settled) => {
      const after = await this.#deps.storage.transact(async (tx) => {
        await work(tx);
        return tx.providers.list();
      });
      settled(after);
      return after;
    });
  }

  /** `work` hands over the rows that it left; without them they are read, so that a commit whose answer was lost is seen, too. */
  #inTurn<T>(work: (settled: (after: readonly ProviderRecord[] | undefined) => void) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      let isSettled = false;
      try {
        return await work((after) => {
          if (after) this.#deps.registry.load(after);
          isSettled = after !== undefined;
        });
      } finally {
        if (!isSettled) await this.#reload();
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** A database that does not answer leaves things as they are: the next write looks again. */
  async #reload(): Promise<void> {
    const { storage, registry } = this.#deps;
    const records = await storage.read.providers.list().catch(() => undefined);
    if (records) registry.load(records);
  }

  #newRecord({ plugin: pluginId, slug, displayName, settings }: NewProvider, stored: readonly ProviderRecord[]): ProviderRecord {
    const plugin = this.#plugin(pluginId);
    const taken = new Set(stored.map((record) => record.slug));
    if (slug !== undefined && taken.has(slug)) throw slugTaken(slug);
    const now = this.#deps.clock.now();
    const values = mergeSettings(plugin, {}, settings);
    checkSettings(plugin, values, (url) => this.#deps.policy.isAllowedAddress(url));
    const own = slug ?? freeName(pluginId, taken, '-');
    const { open, secret } = splitSettings(plugin, values);
    return {
      id: toProviderId(this.#deps.newId()),
      slug: own,
      plugin: pluginId,
      displayName: displayName ?? freeName(plugin.displayName, new Set(stored.map((record) => record.displayName)), ' '),
      settings: open,
      sealedSecrets: this.#seal({ values: secret, changedAt: timesOf(secret, now) }, own),
      source: 'user',
      isEnabled: true,
      position: Math.max(-1, ...stored.map(({ position }) => position)) + 1,
      createdAt: now,
      updatedAt: now,
    };
  }

  #changed(
    before: ProviderRecord,
    { displayName = before.displayName, isEnabled = before.isEnabled, settings }: ProviderPatch,
  ): ProviderRecord {
    const changes = settings === undefined ? {} : this.#changedSettings(before, settings);
    return { ...before, ...changes, displayName, isEnabled, updatedAt: this.#deps.clock.now() };
  }

  #changedSettings(before: ProviderRecord, patch: JsonObject): Pick<ProviderRecord, 'settings' | 'sealedSecrets'> {
    const plugin = this.#plugin(before.plugin);
    const kept = this.#secretsOf(before);
    const values = { ...before.settings, ...kept.values };
    const after = mergeSettings(plugin, values, patch);
    checkSettings(plugin, after, (url) => this.#deps.policy.isAllowedAddress(url));
    checkKeptSecrets(plugin, values, { after, patch });
    const { open, secret } = splitSettings(plugin, after);
    const sent = splitSettings(plugin, patch).secret;
    if (Object.keys(sent).length === 0) return { settings: open, sealedSecrets: before.sealedSecrets };
    const changedAt = { ...kept.changedAt, ...timesOf(sent, this.#deps.clock.now()) };
    return { settings: open, sealedSecrets: this.#seal({ values: secret, changedAt }, before.slug) };
  }

  #seal(secrets: SecretSettings, slug: string): string | undefined {
    return Object.keys(secrets.values).length === 0 ? undefined : this.#deps.secrets.seal(secrets, slug);
  }

  /** Secrets under a lost key count as not set: they can only be given again. */
  #secretsOf(record: ProviderRecord): SecretSettings {
    try {
      return this.#deps.secrets.unseal(record);
    } catch {
      return noSecrets;
    }
  }

  #plugin(id: string): ProviderPlugin {
    const plugin = this.#deps.registry.plugin(id);
    if (plugin) return plugin;
    throw unknownPlugin(id, this.#deps.registry.plugins);
  }

  #details(stored: ProviderRecord): ProviderDetails {
    const { registry } = this.#deps;
    const { sealedSecrets: _sealed, ...record } = stored;
    const plugin = registry.plugin(record.plugin);
    const view = registry.view(record.slug);
    return {
      ...record,
      // Fields that are secret now may lie open in an old row.
      settings: splitSettings(plugin, record.settings).open,
      state: record.isEnabled ? (view?.state ?? 'unconfigured') : 'disabled',
      problem: record.isEnabled ? view?.problem : undefined,
      isDemo: plugin?.isDemo ?? false,
      notices: record.isEnabled ? (view?.notices ?? []) : [],
      secrets: factsOfSecrets(plugin?.settings.fields ?? [], this.#secretsOf(stored)),
    };
  }
}

/** Throws `not_found`. */
export function found(records: readonly ProviderRecord[], id: ProviderId): ProviderRecord {
  const record = records.find((each) => each.id === id);
  if (!record) throw new AppError('not_found', faultTexts.notFound('Provider', id), { details: { what: 'Provider', id } });
  return record;
}

export function unknownPlugin(id: string, plugins: readonly ProviderPlugin[]): AppError {
  const allowed = plugins.map((plugin) => plugin.id);
  return validationFault([{ ...fieldFault('plugin', faultTexts.pluginUnknown(id, allowed.join(', '))), allowed }]);
}

function slugTaken(slug: string): AppError {
  const fields = [fieldFault('slug', faultTexts.slugTaken)];
  return new AppError('conflict', faultTexts.slugTakenBy(slug), { details: { field: 'slug', fields } });
}

/** `yandexgpt`, then `yandexgpt-2` and so on. */
function freeName(base: string, taken: ReadonlySet<string>, separator: string): string {
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}${separator}${number}`;
  return name;
}

const timesOf = (secrets: JsonObject, now: number): Record<string, number> =>
  Object.fromEntries(Object.entries(secrets).flatMap(([name, value]) => (value === null ? [] : [[name, now]])));

async function move(
  tx: StorageWriter,
  { stored, id, to }: { stored: readonly ProviderRecord[]; id: ProviderId; to: number },
): Promise<void> {
  const others = stored.filter((record) => record.id !== id);
  const order = [...others.slice(0, to), found(stored, id), ...others.slice(to)];
  for (const [position, record] of order.entries()) if (record.position !== position) await tx.providers.save({ ...record, position });
}
