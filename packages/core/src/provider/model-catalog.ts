import type { Actor } from '../account/actor.ts';
import { AppError, ProviderError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { fieldFault } from '../errors/field-fault.ts';
import type { ModelInfo } from '../model/model-info.ts';
import { untilAborted } from '../shared/abortable.ts';
import type { Clock } from '../shared/clock.ts';
import type { Localized } from '../shared/localized.ts';
import type { Logger } from '../shared/logger.ts';
import type { Provider } from './provider.ts';
import type { OpenProvider, ProviderRegistry, ProviderState, ProviderView } from './provider-registry.ts';

/** A model as people and programs name it. */
export interface ModelView extends ModelInfo {
  /** `providerSlug/modelId`. */
  readonly publicId: string;
  readonly provider: string;
  readonly providerName: string;
  readonly state: ProviderState;
  readonly isDemo: boolean;
}

/** A model that a run can be sent to. */
export interface ModelTarget extends OpenProvider {
  readonly publicId: string;
  readonly modelId: string;
  /** What is known of it; a model that no list names may still be asked. */
  readonly info?: ModelInfo | undefined;
}

export interface ModelCatalogDeps {
  readonly registry: ProviderRegistry;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface CachedList {
  readonly models: readonly ModelInfo[];
  /** On the clock that never jumps. */
  readonly freshUntil: number;
}

const freshMs = 10 * 60_000;
const retryAfterFailureMs = 60_000;
const listTimeoutMs = 5_000;

/** The models of all providers: kept for ten minutes, refreshed behind the reader's back, from the plugin's dated list when a vendor is silent. */
export class ModelCatalog {
  readonly #deps: ModelCatalogDeps;
  #lists = new WeakMap<Provider, CachedList>();
  readonly #loading = new Map<Provider, Promise<readonly ModelInfo[]>>();

  constructor(deps: ModelCatalogDeps) {
    this.#deps = deps;
  }

  async list(_actor: Actor): Promise<readonly ModelView[]> {
    const views = this.#deps.registry.list().filter(({ state }) => state !== 'unconfigured');
    const lists = await Promise.all(views.map((view) => this.#viewsOf(view)));
    return lists.flat();
  }

  /** Throws `validation_failed` for a name that leads nowhere, `provider_not_configured` for a provider that cannot be asked. */
  resolve(publicId: string): ModelTarget {
    const slash = publicId.indexOf('/');
    const slug = publicId.slice(0, slash);
    const modelId = publicId.slice(slash + 1);
    if (slash < 1 || modelId === '') throw badModel(publicId, faultTexts.modelNameForm);
    const opened = this.#deps.registry.get(slug);
    const named = this.#known(opened).filter(({ id }) => id === modelId);
    const info = named.find(({ kind }) => kind === 'chat');
    if (!info && named.length > 0) throw badModel(publicId, faultTexts.modelEmbeds);
    return { ...opened, publicId, modelId, info };
  }

  /** As `resolve`, but waits for the provider's list where nothing is known of the model yet, as after a start. */
  async load(publicId: string): Promise<ModelTarget> {
    const target = this.resolve(publicId);
    if (target.info) return target;
    await this.#models(target);
    return this.resolve(publicId);
  }

  /** The first chat model that is not the demo, or else the demo. */
  async defaultModel(actor: Actor): Promise<string> {
    const models = (await this.list(actor)).filter(({ kind }) => kind === 'chat');
    const model = models.find(({ isDemo }) => !isDemo) ?? models[0];
    if (!model) throw new AppError('provider_not_configured', faultTexts.noProviders);
    return model.publicId;
  }

  async #viewsOf(view: ProviderView): Promise<readonly ModelView[]> {
    const models = await this.#models(this.#deps.registry.get(view.slug));
    const { slug: provider, displayName: providerName, isDemo } = view;
    const state = this.#deps.registry.view(provider)?.state ?? view.state;
    return models.map((model) => ({ ...model, publicId: `${provider}/${model.id}`, provider, providerName, state, isDemo }));
  }

  #known(opened: OpenProvider): readonly ModelInfo[] {
    return this.#lists.get(opened.provider)?.models ?? opened.provider.catalog ?? [];
  }

  async #models(opened: OpenProvider): Promise<readonly ModelInfo[]> {
    const cached = this.#lists.get(opened.provider);
    if (cached && this.#deps.clock.monotonic() < cached.freshUntil) return cached.models;
    const refreshed = this.#refresh(opened);
    return cached ? cached.models : refreshed;
  }

  #refresh(opened: OpenProvider): Promise<readonly ModelInfo[]> {
    const running = this.#loading.get(opened.provider);
    if (running) return running;
    const loading = this.#load(opened).finally(() => this.#loading.delete(opened.provider));
    this.#loading.set(opened.provider, loading);
    return loading;
  }

  async #load(opened: OpenProvider): Promise<readonly ModelInfo[]> {
    const { clock, logger, registry } = this.#deps;
    const slug = opened.record.slug;
    const timeout = new AbortController();
    const cancel = clock.schedule(listTimeoutMs, () => timeout.abort(new AppError('timeout', faultTexts.modelsTooLate)));
    try {
      const models = await untilAborted(opened.provider.listModels({ signal: timeout.signal }), timeout.signal);
      this.#lists.set(opened.provider, { models, freshUntil: clock.monotonic() + freshMs });
      registry.report(opened);
      return models;
    } catch (error) {
      logger.warn({ err: error, provider: slug }, 'list of models could not be loaded; the dated one is shown');
      if (error instanceof ProviderError) registry.report(opened, error);
      const models = this.#known(opened);
      this.#lists.set(opened.provider, { models, freshUntil: clock.monotonic() + retryAfterFailureMs });
      return models;
    } finally {
      cancel();
    }
  }
}

function badModel(publicId: string, why: Localized): AppError {
  return new AppError('validation_failed', faultTexts.badModel(publicId, why), { details: { fields: [fieldFault('model', why)] } });
}
