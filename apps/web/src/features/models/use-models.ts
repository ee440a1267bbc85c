import type { Client } from '@multimodel/client';
import type { ModelDto } from '@multimodel/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useUserSettings } from '../preferences/use-user-settings.ts';
import { chooseModel, type ModelChoice } from './choose-model.ts';
import { inOwnLanguage } from './demo-names.ts';

const refreshMs = 60_000;
const noModels: readonly ModelDto[] = [];

export function modelsQuery(client: Client) {
  return queryOptions({
    queryKey: ['models'],
    queryFn: async ({ signal }) => (await client.models.list({ limit: 200, signal })).items.filter(({ kind }) => kind === 'chat'),
    refetchInterval: refreshMs,
  });
}

export function useModels() {
  const query = useQuery(modelsQuery(useServices().client));
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow the language
  const models = useMemo(() => query.data?.map(inOwnLanguage) ?? noModels, [query.data, language]);
  return { models, isFailed: query.isError, isLoading: query.isPending, retry: () => void query.refetch() };
}

/** The model that the next answer of this conversation comes from. */
export function useModelChoice(conversation: Conversation): ModelChoice {
  const { models } = useModels();
  const chosen = useStore(conversation.store, (state) => state.model);
  return chooseModel(models, chosen, useUserSettings().data?.defaultModel);
}
