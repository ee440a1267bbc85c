import { ApiError } from '@multimodel/client';
import type { ModelDto, ProviderDto } from '@multimodel/contract';
import type { QueryClient } from '@tanstack/react-query';
import { createStore } from 'zustand/vanilla';
import { m as s } from '../../paraglide/settings/messages.js';
import type { Notices } from '../../state/notices.ts';
import type { ProvidersApi } from './provider-test.ts';
import { modelsKey, providersKey } from './providers-query.ts';

export interface ProviderActionsDeps {
  readonly api: ProvidersApi;
  readonly queries: QueryClient;
  readonly notices: Pick<Notices, 'failure' | 'undoable'>;
}

/** What a person does to whole providers, from the list and from their pages. */
export class ProviderActions {
  /** Deleted on the screen, not yet at the server: a deleted secret cannot be brought back. */
  readonly hidden = createStore<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
  readonly #deps: ProviderActionsDeps;

  constructor(deps: ProviderActionsDeps) {
    this.#deps = deps;
  }

  async setEnabled(provider: ProviderDto, isEnabled: boolean): Promise<void> {
    this.#patch((providers) => providers.map((item) => (item.id === provider.id ? { ...item, isEnabled } : item)));
    await this.#write(() => this.#deps.api.update(provider.id, { isEnabled }), s.providers_save_failed());
  }

  /** One place up or down among those shown. */
  async move(providers: readonly ProviderDto[], provider: ProviderDto, step: 1 | -1): Promise<void> {
    const index = providers.findIndex(({ id }) => id === provider.id);
    const other = providers[index + step];
    if (index < 0 || !other) return;
    this.#patch((items) => moved(items, provider.id, other.id));
    const position = this.#listed().findIndex(({ id }) => id === provider.id);
    await this.#write(() => this.#deps.api.update(provider.id, { position }), s.providers_save_failed());
  }

  delete(provider: ProviderDto, onUndo: () => void = () => undefined): void {
    const { notices, queries } = this.#deps;
    this.#setHidden(provider.id, true);
    queries.setQueryData<readonly ModelDto[]>(modelsKey, (models) => models?.filter((model) => model.provider !== provider.slug));
    notices.undoable(s.providers_deleted({ name: provider.displayName }), {
      undo: () => {
        this.#setHidden(provider.id, false);
        void queries.invalidateQueries({ queryKey: modelsKey });
        onUndo();
      },
      commit: () => void this.#commitDelete(provider.id),
    });
  }

  /** A provider was made, changed or tested: lists and models follow. */
  async refresh(): Promise<void> {
    const { queries } = this.#deps;
    await Promise.all([queries.invalidateQueries({ queryKey: providersKey }), queries.invalidateQueries({ queryKey: modelsKey })]);
  }

  async #commitDelete(id: string): Promise<void> {
    const { api, notices } = this.#deps;
    try {
      await api.delete(id);
    } catch (error) {
      const isGone = error instanceof ApiError && error.status === 404;
      if (!isGone) notices.failure(s.providers_delete_failed());
    }
    await this.refresh();
    this.#setHidden(id, false);
  }

  async #write(act: () => Promise<unknown>, failure: string): Promise<void> {
    await this.#deps.queries.cancelQueries({ queryKey: providersKey });
    try {
      await act();
    } catch {
      this.#deps.notices.failure(failure);
    }
    await this.refresh();
  }

  #listed(): readonly ProviderDto[] {
    return this.#deps.queries.getQueryData<readonly ProviderDto[]>(providersKey) ?? [];
  }

  #patch(change: (providers: readonly ProviderDto[]) => readonly ProviderDto[]): void {
    this.#deps.queries.setQueryData<readonly ProviderDto[]>(providersKey, (providers) => providers && change(providers));
  }

  #setHidden(id: string, isHidden: boolean): void {
    this.hidden.setState(({ ids }) => {
      const next = new Set(ids);
      if (isHidden) next.add(id);
      else next.delete(id);
      return { ids: next };
    });
  }
}

/** Takes the place of the other one. */
function moved(providers: readonly ProviderDto[], id: string, otherId: string): readonly ProviderDto[] {
  const provider = providers.find((item) => item.id === id);
  const place = providers.findIndex((item) => item.id === otherId);
  return provider ? providers.filter((item) => item.id !== id).toSpliced(place, 0, provider) : providers;
}
