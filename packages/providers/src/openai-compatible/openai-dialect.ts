import { createHash, randomUUID } from 'node:crypto';
import type { OpenAiDialect } from '../shared/openai-chat/openai-dialect.ts';
import type { OpenAiAccount } from './openai-account.ts';

const anyCallId = /^.{1,64}$/u;

/** How this account's server is spoken to, as the preset says and as far as the list of models knows the model. */
export function dialectOf(account: OpenAiAccount, modelId: string): OpenAiDialect {
  const { preset, known } = account;
  const callIds = preset.callIds ?? anyCallId;
  return {
    path: '/chat/completions',
    maxTokensField: preset.maxTokensField ?? 'max_tokens',
    seedField: preset.seedField,
    maxTemperature: preset.maxTemperature ?? 2,
    supports: {
      topP: true,
      stop: true,
      seed: true,
      streamUsage: true,
      ...preset.supports,
      images: known.get(modelId)?.capabilities.vision ?? seesByDefault(account),
    },
    reasoning: preset.reasoning ?? {},
    mergesSystemMessages: true,
    alternates: preset.alternates,
    hasThinkTags: preset.hasThinkTags,
    namesModel: preset.namesModel,
    filterReplacesText: false,
    toCallId: (wireId) => (wireId === '' ? `call_${randomUUID()}` : wireId),
    toWireCallId: (callId) => (callIds.test(callId) ? callId : shortId(callId)),
    headers: () => ({}),
    toError: (answer) => account.toError(answer, modelId),
  };
}

/** Where the list of models does not tell. */
export function seesByDefault({ settings, preset }: Pick<OpenAiAccount, 'settings' | 'preset'>): boolean {
  return settings.vision === 'auto' ? (preset.assumesVision ?? false) : settings.vision === 'yes';
}

/** Nine letters and digits, the same ones for the same id: the strictest server takes them. */
const shortId = (callId: string): string => createHash('sha256').update(callId).digest('hex').slice(0, 9);
