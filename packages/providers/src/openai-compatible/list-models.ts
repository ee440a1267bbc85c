import { type Clock, type ModelInfo, ProviderError } from '@multimodel/core';
import { z } from 'zod';
import { type ListedModel, listedModel, toModelInfo } from './listed-model.ts';
import type { OpenAiAccount } from './openai-account.ts';

/** Entries that are not understood are left out rather than the whole list. */
const entries = z.array(z.unknown()).transform((list) => list.flatMap((each) => listedModel.safeParse(each).data ?? []));
const modelList = z.union([
  entries,
  z.object({ data: entries }).transform(({ data }) => data),
  z.object({ models: entries }).transform(({ models }) => models),
]);

const ollamaTags = z.object({ models: z.array(z.object({ name: z.string() })) });
const ollamaFacts = z.object({ capabilities: z.unknown(), model_info: z.record(z.string(), z.unknown()).nullish().catch(undefined) });

/** The vendor's list, with what is named in the settings; the catalogue where there is no list. Credentials that are refused are an error. */
export async function listModels(account: OpenAiAccount, clock: Clock, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const listed = await fetchList(account, signal);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const models = listed.flatMap((entry) => toModelInfo(entry, account, today) ?? []);
  const all = withNamed(models.length === 0 ? catalogOf(account) : models, account);
  account.known.clear();
  for (const model of all) account.known.set(model.id, model);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ kind }: ModelInfo): number => (kind === 'chat' ? 0 : 1);

/** What is known beforehand: shown until the vendor has answered. */
export function catalogOf(account: OpenAiAccount): readonly ModelInfo[] {
  const known = account.preset.catalog ?? [];
  const models = known.flatMap(({ id, contextWindow }) => fromName(id, account, contextWindow));
  return withNamed(models, account);
}

/** Those of the settings, in front of the others. */
function withNamed(models: readonly ModelInfo[], account: OpenAiAccount): readonly ModelInfo[] {
  const ids = (account.settings.models ?? '').split(/[,\n]/u).map((id) => id.trim());
  const named = ids.filter((id) => id !== '' && models.every((model) => model.id !== id));
  return [...named.flatMap((id) => fromName(id, account)), ...models];
}

function fromName(id: string, account: OpenAiAccount, contextWindow?: number): readonly ModelInfo[] {
  const entry = listedModel.parse({ id, context_window: contextWindow });
  // Whoever names it knows that it chats, whatever it is called.
  const info = toModelInfo(entry, account, '') ?? toModelInfo({ ...entry, type: 'chat' }, account, '');
  return info ? [{ ...info, source: 'catalog' }] : [];
}

async function fetchList(account: OpenAiAccount, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const { list = 'models', isNewestFirst = false } = account.preset;
  if (list === 'none') return [];
  try {
    const listed = await richList(account, signal);
    return isNewestFirst ? listed.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0)) : listed;
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** There is an API, and it has no list: what is known must do. */
function isMissing(error: unknown): boolean {
  return error instanceof ProviderError && error.details['status'] === 404 && error.code !== 'auth';
}

/** A list that says more than names, where this server has one; the usual one when it has not, as behind a proxy. */
async function richList(account: OpenAiAccount, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const usual = (): Promise<readonly ListedModel[]> => account.call({ method: 'GET', path: '/models', schema: modelList, signal });
  switch (account.preset.list) {
    case 'ollama':
      return fetchOllama(account, signal).catch(orElse(usual));
    case 'lm-studio':
      return account.call({ method: 'GET', path: '/api/v0/models', schema: modelList, signal, at: 'root' }).catch(orElse(usual));
    case 'xai':
      return merge(
        await usual(),
        await account.call({ method: 'GET', path: '/language-models', schema: modelList, signal }).catch(orElse(() => [])),
      );
    default:
      return usual();
  }
}

const orElse =
  <T>(otherwise: () => T | Promise<T>) =>
  (error: unknown): T | Promise<T> => {
    if (error instanceof ProviderError && (isMissing(error) || error.code === 'protocol' || error.code === 'invalid_request'))
      return otherwise();
    throw error;
  };

/** What one list says of a model over what the other says of it. */
function merge(all: readonly ListedModel[], richer: readonly ListedModel[]): readonly ListedModel[] {
  return all.map((entry) => ({ ...entry, ...richer.find(({ id }) => id === entry.id) }));
}

/** Names from one call, and of each model a page of facts; many models are asked about at once, since they are on this machine. */
async function fetchOllama(account: OpenAiAccount, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const { models } = await account.call({ method: 'GET', path: '/api/tags', schema: ollamaTags, signal, at: 'root' });
  return Promise.all(models.map(({ name }) => fetchOllamaFacts(name, account, signal)));
}

async function fetchOllamaFacts(name: string, account: OpenAiAccount, signal: AbortSignal): Promise<ListedModel> {
  const call = { method: 'POST', path: '/api/show', body: { model: name }, schema: ollamaFacts, signal, at: 'root' } as const;
  const facts = await account.call(call).catch(orElse(() => undefined));
  const window = Object.entries(facts?.model_info ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
  return listedModel.parse({ id: name, capabilities: facts?.capabilities, max_context_length: window });
}
