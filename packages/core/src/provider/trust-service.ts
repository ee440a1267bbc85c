import type { Actor } from '../account/actor.ts';
import { requireAdmin } from '../account/actor.ts';
import { AppError } from '../errors/app-error.ts';
import type { ProviderPlugin } from './provider.ts';
import type { ProviderRegistry } from './provider-registry.ts';
import type { ProviderService } from './provider-service.ts';

/** What a root certificate says of itself. */
export interface RootFacts {
  /** SHA-256. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly validTo: number;
}

/** Root certificates that people had fetched, one for each plugin that names one. */
export interface RootStore {
  /** PEM texts; empty while nobody had it fetched. */
  find(plugin: ProviderPlugin): readonly string[];
  /** Fetches, checks and keeps it. Throws `ProviderError`; what was kept before stays then. */
  fetch(plugin: ProviderPlugin, signal: AbortSignal): Promise<RootFacts>;
}

export interface TrustServiceDeps {
  readonly registry: Pick<ProviderRegistry, 'plugin'>;
  readonly providers: Pick<ProviderService, 'reopen'>;
  readonly roots: RootStore;
}

/** Lets a plugin's connections trust the root certificate that its vendor needs, when a person asks for it and no sooner. */
export class TrustService {
  readonly #deps: TrustServiceDeps;

  constructor(deps: TrustServiceDeps) {
    this.#deps = deps;
  }

  isTrusted(plugin: ProviderPlugin): boolean {
    return this.#deps.roots.find(plugin).length > 0;
  }

  /** Throws `not_found` for a plugin that is not there or needs no such root. Providers of the plugin are opened anew. */
  async trust(actor: Actor, pluginId: string, signal: AbortSignal): Promise<RootFacts> {
    requireAdmin(actor);
    const { registry, providers, roots } = this.#deps;
    const plugin = registry.plugin(pluginId);
    if (!plugin?.trustedRoot) throw noRoot(pluginId);
    const facts = await roots.fetch(plugin, signal);
    await providers.reopen();
    return facts;
  }
}

function noRoot(pluginId: string): AppError {
  const text = {
    ru: `Плагину «${pluginId}» не нужен свой корневой сертификат, или такого плагина нет`,
    en: `The plugin "${pluginId}" needs no root certificate of its own, or there is no such plugin`,
  };
  return new AppError('not_found', text, { details: { what: 'Root certificate', id: pluginId } });
}
