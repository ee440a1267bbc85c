import type { ModelDto } from '@multimodel/contract';
import { createMatcher, directScore } from '../commands/match-text.ts';
import { groupByProvider } from './choose-model.ts';

/** One line of the list; a model that was used of late has two. */
export interface ListedModel {
  readonly key: string;
  readonly model: ModelDto;
}

export interface ListedGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly ListedModel[];
}

export interface ListRequest {
  readonly query: string;
  readonly recent?: { readonly title: string; readonly ids: readonly string[] } | undefined;
}

/** So many are seen at a glance: neither a search nor a group of recent ones would help. */
export const mostAtGlance = 7;

/** Models by provider; what answers to a query comes best first. */
export function listModels(models: readonly ModelDto[], { query, recent }: ListRequest): readonly ListedGroup[] {
  const groups = groupByProvider(models);
  if (query.trim() !== '')
    return findModels(
      groups.flatMap((group) => group.models),
      query,
    );
  const known = new Map(models.map((model) => [model.id, model]));
  const used = recent?.ids.flatMap((id) => known.get(id) ?? []) ?? [];
  const first = recent && used.length > 0 ? [toGroup('recent', recent.title, used)] : [];
  return [...first, ...groups.map(({ provider, name, models: own }) => toGroup(`of-${provider}`, name, own))];
}

interface Found {
  readonly model: ModelDto;
  readonly score: number;
  readonly isDirect: boolean;
}

function findModels(models: readonly ModelDto[], query: string): readonly ListedGroup[] {
  const match = createMatcher(query);
  const found = models.map((model): Found => {
    const name = match(model.name);
    const words = match(`${model.providerName} ${model.name} ${model.id}`);
    return { model, score: Math.max(name, words / 2), isDirect: Math.max(name, words) >= directScore };
  });
  // Among hundreds of names that differ by a digit, what only resembles the query hides what was asked for.
  const direct = found.filter(({ isDirect }) => isDirect);
  const best = (direct.length > 0 ? direct : found.filter(({ score }) => score > 0)).sort((a, b) => b.score - a.score);
  return groupByProvider(best.map(({ model }) => model)).map(({ provider, name, models: own }) => toGroup(`of-${provider}`, name, own));
}

function toGroup(id: string, title: string, models: readonly ModelDto[]): ListedGroup {
  return { id, title, items: models.map((model) => ({ key: `${id}:${model.id}`, model })) };
}
