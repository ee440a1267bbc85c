import type { Client } from '@multimodel/client';
import { queryOptions } from '@tanstack/react-query';

export const providersKey = ['providers'] as const;
export const modelsKey = ['models'] as const;

export function providersQuery(client: Client) {
  return queryOptions({
    queryKey: providersKey,
    queryFn: async ({ signal }) => (await client.providers.list({ limit: 200, signal })).items,
    refetchInterval: 60_000,
  });
}

/** What can be connected changes only with the server. */
export function pluginsQuery(client: Client) {
  return queryOptions({
    queryKey: ['provider-plugins'],
    queryFn: ({ signal }) => client.providers.plugins({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
