import type { ModelInfo } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import type { AnthropicAccount } from './anthropic-account.ts';
import { describeModel, factsOf, type ModelFacts } from './catalog.ts';

const support = z.object({ supported: z.boolean().nullish() }).nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);

const model = z.object({
  id: z.string(),
  display_name: z.string().nullish(),
  lifecycle: z.string().nullish().catch(undefined),
  max_input_tokens: count,
  max_tokens: count,
  capabilities: z
    .object({
      image_input: support,
      structured_outputs: support,
      thinking: z
        .object({ types: z.object({ adaptive: support, enabled: support, disabled: support, between_tools: support }).nullish() })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
type WireModel = z.output<typeof model>;

const page = z.object({ data: z.array(model), has_more: z.boolean().nullish(), last_id: z.string().nullish() });

const pageSize = 1000;
/** A list that never ends is a fault of the server. */
const mostPages = 10;

/** What the vendor lists now, newest first; retired models answer nobody. */
export async function listModels(account: AnthropicAccount, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const models = await fetchModels(account, signal);
  return models
    .filter(({ lifecycle }) => lifecycle !== 'retired')
    .map((each) => {
      const facts = toFacts(each);
      account.learn(each.id, facts);
      return describeModel(each.id, facts, 'live');
    });
}

async function fetchModels(account: AnthropicAccount, signal: AbortSignal): Promise<readonly WireModel[]> {
  const models: WireModel[] = [];
  let after = '';
  for (let count = 0; count < mostPages; count += 1) {
    const path = `/v1/models?limit=${String(pageSize)}${after}`;
    const {
      data,
      has_more: hasMore,
      last_id: last,
    } = await callJson(account, { method: 'GET', path, headers: account.headers, schema: page, signal });
    models.push(...data);
    if (hasMore !== true || !last) break;
    after = `&after_id=${encodeURIComponent(last)}`;
  }
  return models;
}

/** Cheap and unpaid. */
export async function checkAccess(account: AnthropicAccount, signal: AbortSignal): Promise<void> {
  await callJson(account, { method: 'GET', path: '/v1/models?limit=1', headers: account.headers, schema: page, signal });
}

/** The list tells more than the catalogue knows, but says nothing of temperature, tools and prices. */
function toFacts({ id, display_name: name, max_input_tokens: window, max_tokens: answer, capabilities }: WireModel): ModelFacts {
  const known = factsOf(id);
  const types = capabilities?.thinking?.types;
  return {
    ...known,
    name: name ?? known.name,
    contextWindow: window ?? known.contextWindow,
    maxOutputTokens: answer ?? known.maxOutputTokens,
    hasVision: capabilities?.image_input?.supported ?? known.hasVision,
    hasJsonSchema: capabilities?.structured_outputs?.supported ?? known.hasJsonSchema,
    ...(types ? thinkingOf(types) : {}),
  };
}

type ThinkingTypes = NonNullable<NonNullable<NonNullable<WireModel['capabilities']>['thinking']>['types']>;

function thinkingOf({ adaptive, enabled, disabled, between_tools: betweenTools }: ThinkingTypes): Pick<ModelFacts, 'thinking' | 'off'> {
  const budgetOrNone = enabled?.supported === true ? 'budget' : 'none';
  const lessOrNever = betweenTools?.supported === true ? 'between_tools' : undefined;
  return {
    thinking: adaptive?.supported === true ? 'adaptive' : budgetOrNone,
    off: disabled?.supported === true ? 'disabled' : lessOrNever,
  };
}
