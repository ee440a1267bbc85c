import type { ChatModel, Clock } from '@multimodel/core';
import { withTimeouts } from '@multimodel/provider-sdk';
import { OpenAiChatModel } from '../shared/openai-chat/openai-chat-model.ts';
import type { OpenAiAccount } from './openai-account.ts';
import { dialectOf } from './openai-dialect.ts';

const usual = { firstTokenMs: 120_000, idleMs: 120_000, totalMs: 900_000 } as const;

export function createChatModel(id: string, account: OpenAiAccount, clock: Clock): ChatModel {
  const { providerId, transport, auth, secrets, settings, preset } = account;
  const dialect = dialectOf(account, id);
  const model = new OpenAiChatModel({ id, wireModel: id, dialect, deps: { providerId, transport, auth, secrets } });
  const limits = {
    providerId,
    firstTokenMs: settings.firstTokenTimeoutMs ?? preset.firstTokenTimeoutMs ?? usual.firstTokenMs,
    idleMs: settings.idleTimeoutMs ?? usual.idleMs,
    totalMs: settings.totalTimeoutMs ?? preset.totalTimeoutMs ?? usual.totalMs,
  };
  return withTimeouts(model, limits, clock);
}
