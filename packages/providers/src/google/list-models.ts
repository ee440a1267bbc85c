import type { ModelInfo } from '@multimodel/core';
import { z } from 'zod';
import { callJson } from '../shared/call-json.ts';
import { describeModel } from './catalog.ts';
import type { GoogleAccount } from './google-account.ts';

const count = z.number().nullish().catch(undefined);
const model = z.object({
  /** `models/gemini-2.5-pro`. */
  name: z.string(),
  displayName: z.string().nullish(),
  inputTokenLimit: count,
  outputTokenLimit: count,
  temperature: count,
  maxTemperature: count,
  thinking: z.boolean().nullish().catch(undefined),
  supportedGenerationMethods: z.array(z.string()).nullish(),
});
type WireModel = z.output<typeof model>;

const page = z.object({ models: z.array(model).nullish(), nextPageToken: z.string().nullish() });

/** They speak, act on screens or work for hours: nothing to chat with, though the vendor lists them as if they were. */
const otherUses = /-tts|audio|-live|computer-use|robotics|deep-research|embedding|^aqa$|^imagen|^veo|^lyria/u;
/** A list that never ends is a fault of the server. */
const mostPages = 20;

export async function listModels(account: GoogleAccount, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const models = await fetchModels(account, signal);
  return models
    .filter(({ supportedGenerationMethods: methods }) => methods?.includes('generateContent'))
    .map((each) => ({ ...each, id: each.name.replace(/^models\//u, '') }))
    .filter(({ id }) => !otherUses.test(id))
    .map((each) =>
      describeModel(
        each.id,
        {
          name: each.displayName ?? undefined,
          inputTokens: each.inputTokenLimit ?? undefined,
          outputTokens: each.outputTokenLimit ?? undefined,
          temperature: each.temperature ?? undefined,
          maxTemperature: each.maxTemperature ?? undefined,
          canThink: each.thinking ?? undefined,
        },
        'live',
      ),
    );
}

async function fetchModels(account: GoogleAccount, signal: AbortSignal): Promise<readonly WireModel[]> {
  const models: WireModel[] = [];
  let token = '';
  for (let pages = 0; pages < mostPages; pages += 1) {
    const path = `/models?pageSize=1000${token}`;
    const { models: listed, nextPageToken: next } = await callJson(account, { method: 'GET', path, schema: page, signal });
    models.push(...(listed ?? []));
    if (!next) break;
    token = `&pageToken=${encodeURIComponent(next)}`;
  }
  return models;
}

/** Cheap and unpaid. */
export async function checkAccess(account: GoogleAccount, signal: AbortSignal): Promise<void> {
  await callJson(account, { method: 'GET', path: '/models?pageSize=1', schema: page, signal });
}
