import type { ModelDto } from '@multimodel/contract';

export interface ModelChoice {
  /** The name that a message goes with; absent = the server decides. */
  readonly id: string | undefined;
  readonly model: ModelDto | undefined;
}

/** The model that the next answer comes from: chosen for the chat, own default, or the first that works, the demo last. */
export function chooseModel(models: readonly ModelDto[], chosen: string | undefined, ownDefault: string | undefined): ModelChoice {
  const find = (id: string | undefined) => models.find((model) => model.id === id);
  if (chosen) return { id: chosen, model: find(chosen) };
  const model =
    find(ownDefault) ??
    models.find(({ state, isDemo }) => state === 'ready' && !isDemo) ??
    // A failure may be over by the next question; samples instead of a model's answer would be a surprise.
    models.find(({ state, isDemo }) => state === 'failing' && !isDemo) ??
    models.find(({ state }) => state === 'ready') ??
    models[0];
  return { id: model?.id, model };
}

/** What people call the model that wrote an answer. */
export function modelName(models: readonly ModelDto[], name: string | undefined, provider?: string): string | undefined {
  if (!name) return undefined;
  const found = models.find(({ id }) => id === name || id === `${provider}/${name}`);
  return found?.name ?? name.slice(name.indexOf('/') + 1);
}

export interface ProviderModels {
  readonly provider: string;
  readonly name: string;
  readonly models: readonly ModelDto[];
}

/** Chat models by provider, in the order of the list. */
export function groupByProvider(models: readonly ModelDto[]): readonly ProviderModels[] {
  const groups = new Map<string, { name: string; models: ModelDto[] }>();
  for (const model of models.filter(({ kind }) => kind === 'chat')) {
    const group = groups.get(model.provider) ?? { name: model.providerName, models: [] };
    group.models.push(model);
    groups.set(model.provider, group);
  }
  return [...groups].map(([provider, group]) => ({ provider, ...group }));
}
