import type { Actor } from '../account/actor.ts';
import { requireAdmin } from '../account/actor.ts';
import { AppError, ProviderError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { fieldFault, fieldFaultsOf, validationFault } from '../errors/field-fault.ts';
import type { JsonObject } from '../model/chat-request.ts';
import type { ModelInfo } from '../model/model-info.ts';
import { untilAborted } from '../shared/abortable.ts';
import type { Clock } from '../shared/clock.ts';
import type { ProviderId } from '../shared/ids.ts';
import type { Localized } from '../shared/localized.ts';
import type { Logger } from '../shared/logger.ts';
import type { Storage } from '../shared/storage.ts';
import type { Provider, ProviderPlugin } from './provider.ts';
import type { ProviderRecord } from './provider-record.ts';
import type { ProviderRegistry } from './provider-registry.ts';
import { noSecrets, type ProviderSecrets } from './provider-secrets.ts';
import { found, type ProviderPolicy, unknownPlugin } from './provider-service.ts';
import { checkKeptSecrets, checkSettings, connectionGuard, mergeSettings } from './provider-settings.ts';
import { type CheckFailure, type CheckName, checksUntil, type ProviderTest } from './provider-test.ts';
import {
  brokenPlugin,
  lostSecrets,
  modelsText,
  passedTexts,
  reachText,
  skippedText,
  stepOf,
  textOf,
  wrongSettings,
} from './provider-test-texts.ts';

export interface TestInput {
  readonly plugin: string;
  readonly settings: JsonObject;
  /** A stored provider whose secrets stand in for those that are not given. */
  readonly id?: ProviderId | undefined;
}

export interface ProviderTesterDeps {
  readonly storage: Storage;
  readonly registry: ProviderRegistry;
  readonly secrets: ProviderSecrets;
  readonly policy: ProviderPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Trial {
  readonly slug: string;
  readonly plugin: ProviderPlugin;
  readonly values: JsonObject;
  /** What people type may not lead into a private network; the configuration may. */
  readonly isGuarded: boolean;
  readonly signal: AbortSignal;
}

/** How far a trial came. */
interface Findings {
  readonly error?: unknown;
  readonly at?: CheckName | undefined;
  readonly discovered: Readonly<Record<string, string>>;
  readonly models: readonly ModelInfo[];
  /** What the probe told beside that it went well. */
  readonly notes?: readonly Localized[] | undefined;
  readonly untried?: readonly CheckName[] | undefined;
}

/** For all calls of one test together. */
const testLimitMs = 15_000;

/** Tries settings on the vendor: cheap calls that nobody pays for, never a generation. */
export class ProviderTester {
  readonly #deps: ProviderTesterDeps;

  constructor(deps: ProviderTesterDeps) {
    this.#deps = deps;
  }

  /** Settings from a form. Throws `validation_failed` for an unknown plugin, `not_found` for an unknown id; all else is in the answer. */
  async test(actor: Actor, { plugin: pluginId, settings, id }: TestInput, signal: AbortSignal): Promise<ProviderTest> {
    requireAdmin(actor);
    const { registry, storage } = this.#deps;
    const plugin = registry.plugin(pluginId);
    if (!plugin) throw unknownPlugin(pluginId, registry.plugins);
    const record = id === undefined ? undefined : found(await storage.read.providers.list(), id);
    if (record && record.plugin !== pluginId) throw otherPlugin(record.plugin);
    try {
      const values = this.#valuesOf(plugin, settings, record);
      return await this.#try({ slug: record?.slug ?? pluginId, plugin, values, isGuarded: true, signal });
    } catch (error) {
      if (error instanceof AppError && error.code === 'validation_failed') return refusal(error);
      throw error;
    }
  }

  /** A stored provider as it is, whatever its source; what is found becomes its state. */
  async testStored(actor: Actor, id: ProviderId, signal: AbortSignal): Promise<ProviderTest> {
    requireAdmin(actor);
    const { registry, storage, secrets, logger } = this.#deps;
    const record = found(await storage.read.providers.list(), id);
    const plugin = registry.plugin(record.plugin);
    if (!plugin) throw unknownPlugin(record.plugin, registry.plugins);
    let values: JsonObject;
    try {
      values = { ...record.settings, ...secrets.unseal(record).values };
    } catch (error) {
      logger.error({ err: error, provider: record.slug }, 'secrets of a provider could not be opened');
      return answer({ at: 'settings', code: 'provider_not_configured', message: lostSecrets });
    }
    try {
      // What was allowed when it was stored may not be allowed any more.
      if (record.source === 'user') checkSettings(plugin, values, (url) => this.#isAllowed(url));
    } catch (error) {
      if (error instanceof AppError && error.code === 'validation_failed') return refusal(error);
      throw error;
    }
    return this.#try({ slug: record.slug, plugin, values, isGuarded: record.source === 'user', signal }, record);
  }

  #valuesOf(plugin: ProviderPlugin, given: JsonObject, record: ProviderRecord | undefined): JsonObject {
    const kept = record === undefined ? {} : this.#secretsOf(record);
    // Open settings are those of the form: what it leaves out is left out.
    const values = mergeSettings(plugin, kept, given);
    checkSettings(plugin, values, (url) => this.#isAllowed(url));
    if (record) checkKeptSecrets(plugin, { ...record.settings, ...kept }, { after: values, patch: given });
    return values;
  }

  #isAllowed(address: string): boolean {
    return this.#deps.policy.isAllowedAddress(address);
  }

  #secretsOf(record: ProviderRecord): JsonObject {
    try {
      return this.#deps.secrets.unseal(record).values;
    } catch {
      return noSecrets.values;
    }
  }

  async #try(trial: Trial, record?: ProviderRecord): Promise<ProviderTest> {
    const { clock, logger } = this.#deps;
    const late = new AbortController();
    const tooLate = new AppError('timeout', faultTexts.testTooLong);
    const cancel = clock.schedule(testLimitMs, () => late.abort(tooLate));
    try {
      const settings = trial.plugin.settings.parse(trial.values);
      const log = logger.child({ provider: trial.slug });
      const trustedRoots = this.#deps.registry.trustedRoots(trial.plugin);
      const mayConnect = trial.isGuarded ? connectionGuard(trial.plugin, trial.values, (url) => this.#isAllowed(url)) : undefined;
      const provider = trial.plugin.create(settings, { slug: trial.slug, clock, logger: log, trustedRoots, mayConnect });
      const signal = AbortSignal.any([trial.signal, late.signal]);
      const answers = await ask(provider, signal).finally(() => this.#close(provider));
      trial.signal.throwIfAborted();
      const findings = late.signal.aborted && answers.error !== undefined ? { ...answers, error: tooLate } : answers;
      if (record) this.#report(record, findings);
      return this.#toTest(findings, { provider, values: trial.values });
    } catch (error) {
      if (trial.signal.aborted) throw new AppError('cancelled', faultTexts.testGivenUp, { cause: error });
      if (error instanceof AppError && error.code === 'validation_failed') return refusal(error);
      logger.error({ err: error, provider: trial.slug }, 'a test of a provider failed');
      return answer({ at: 'settings', code: 'internal', message: brokenPlugin });
    } finally {
      cancel();
    }
  }

  #toTest(
    { error, at, discovered, models, notes, untried }: Findings,
    { provider, values }: { provider: Provider; values: JsonObject },
  ): ProviderTest {
    const news = Object.entries(discovered).filter(([name, value]) => values[name] !== value);
    const failure = error === undefined ? undefined : this.#failureOf(error, at, provider);
    return { ...answer(failure, { models, notes, untried }), discovered: Object.fromEntries(news) };
  }

  #failureOf(error: unknown, at: CheckName | undefined, provider: Provider): CheckFailure {
    if (error instanceof AppError && error.code === 'timeout') return { at: at ?? 'reach', code: error.code, message: textOf(error) };
    if (error instanceof ProviderError) {
      return { at: at ?? stepOf(error), code: error.code, message: provider.explain?.(error) ?? textOf(error) };
    }
    this.#deps.logger.error({ err: error }, 'a test of a provider failed in its plugin');
    return { at: at ?? 'reach', code: 'internal', message: brokenPlugin };
  }

  #report(record: ProviderRecord, { error }: Findings): void {
    if (error === undefined) this.#deps.registry.reportRecord(record);
    else if (error instanceof ProviderError) this.#deps.registry.reportRecord(record, error);
  }

  /** Not awaited: a plugin that hangs must not hold up the answer. */
  #close(provider: Provider): void {
    Promise.try(() => provider[Symbol.asyncDispose]()).catch((error: unknown) => {
      this.#deps.logger.warn({ err: error }, 'a provider that was tested could not be closed');
    });
  }
}

async function ask(provider: Provider, signal: AbortSignal): Promise<Findings> {
  let notes: Findings['notes'];
  let untried: Findings['untried'];
  try {
    ({ notes, untried } = await untilAborted(provider.probe({ signal }), signal));
  } catch (error) {
    return { error, discovered: await discover(provider, signal, error), models: [] };
  }
  const discovered = await discover(provider, signal);
  try {
    return { discovered, notes, untried, models: await untilAborted(provider.listModels({ signal }), signal) };
  } catch (error) {
    return { error, at: 'models', discovered, notes, untried, models: [] };
  }
}

/** After a refusal, too: the vendor may tell what would be right. Not when it cannot be reached or does not know the key. */
async function discover(provider: Provider, signal: AbortSignal, refusal?: unknown): Promise<Findings['discovered']> {
  const isHopeless = refusal !== undefined && (!(refusal instanceof ProviderError) || stepOf(refusal) !== 'access');
  if (isHopeless || !provider.discover) return {};
  return untilAborted(provider.discover({ signal }), signal).catch(() => ({}));
}

function otherPlugin(plugin: string): AppError {
  return validationFault([fieldFault('plugin', faultTexts.otherPlugin(plugin))]);
}

/** The settings themselves were refused: nothing was sent. */
function refusal(error: AppError): ProviderTest {
  return answer({ at: 'settings', code: 'validation_failed', message: wrongSettings, fields: fieldFaultsOf(error) });
}

function answer(
  failure: CheckFailure | undefined,
  { models, notes = [], untried }: Pick<Findings, 'models' | 'notes' | 'untried'> = { models: [] },
): ProviderTest {
  const chats = models.filter(({ kind }) => kind === 'chat');
  const isLive = models.some(({ source }) => source === 'live');
  const passed = { ...passedTexts, reach: reachText(notes), models: modelsText(chats.length, isLive) };
  return {
    ok: failure === undefined,
    checks: checksUntil(failure, { passed, skipped: skippedText }, untried),
    discovered: {},
    models: chats.map(({ id, name }) => ({ id, name })),
  };
}
