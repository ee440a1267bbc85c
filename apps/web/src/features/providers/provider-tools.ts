import { newIdempotencyKey } from '@multimodel/client';
import type { BrokenPluginDto, ProviderDto, ProviderPluginDto } from '@multimodel/contract';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Services } from '../../app/services.ts';
import { useServices } from '../../app/services-context.ts';
import { providerTitle } from '../models/demo-names.ts';
import { ProviderActions } from './provider-actions.ts';
import { ProviderForms } from './provider-forms.ts';
import { pluginsQuery, providersQuery } from './providers-query.ts';

export interface ProviderTools {
  readonly actions: ProviderActions;
  readonly forms: ProviderForms;
}

const toolsOfPage = new WeakMap<Services, ProviderTools>();

/** Made once per page, when first needed: the first load has no use for them. */
export function useProviderTools(): ProviderTools {
  const services = useServices();
  const known = toolsOfPage.get(services);
  if (known) return known;
  const { client, queries, notices } = services;
  const tools = {
    actions: new ProviderActions({ api: client.providers, queries, notices }),
    forms: new ProviderForms({ api: client.providers, newKey: newIdempotencyKey }),
  };
  toolsOfPage.set(services, tools);
  return tools;
}

/** The form of a provider goes by the object itself: only the demo's is another. */
function inOwnLanguage<Named extends { readonly displayName: string; readonly isDemo: boolean }>(item: Named): Named {
  return item.isDemo ? { ...item, displayName: providerTitle(item.displayName) } : item;
}

const noProviders: readonly ProviderDto[] = [];
const noPlugins: readonly ProviderPluginDto[] = [];
const noBroken: readonly BrokenPluginDto[] = [];

export function useProviders() {
  const { client } = useServices();
  const { actions } = useProviderTools();
  const hidden = useStore(actions.hidden, (state) => state.ids);
  // One comes here to see how they are, often from an answer that has just failed: what was known a while ago is not enough.
  const query = useQuery({ ...providersQuery(client), refetchOnMount: 'always' });
  const providers = (query.data ?? noProviders).filter(({ id }) => !hidden.has(id)).map(inOwnLanguage);
  return { providers, isPending: query.isPending, isFailed: !query.data && query.isError, retry: () => void query.refetch() };
}

export function usePlugins() {
  const query = useQuery(pluginsQuery(useServices().client));
  return {
    plugins: (query.data?.items ?? noPlugins).map(inOwnLanguage),
    /** Those that the configuration names in vain. */
    broken: query.data?.broken ?? noBroken,
    isPending: query.isPending,
    isFailed: !query.data && query.isError,
    retry: () => void query.refetch(),
  };
}
