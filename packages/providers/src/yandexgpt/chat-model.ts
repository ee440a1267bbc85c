import type { ChatModel, Clock } from '@multimodel/core';
import { type ChatModelDeps, cancelledError, withTimeouts } from '@multimodel/provider-sdk';
import type { JsonCaller } from '../shared/call-json.ts';
import { OpenAiChatModel } from '../shared/openai-chat/openai-chat-model.ts';
import { isNativeModel, toModelUri } from './model-uri.ts';
import { NativeChatModel } from './native-chat-model.ts';
import { yandexDialect } from './openai-dialect.ts';
import type { YandexAccount } from './yandex-account.ts';

/** The model on the host that serves it, with the account's limits of time. */
export function createChatModel(id: string, account: YandexAccount, clock: Clock): ChatModel {
  const { settings, providerId } = account;
  const model = settings.folderId === undefined ? inDiscoveredFolder(id, account) : inFolder(id, settings.folderId, account);
  const { firstTokenTimeoutMs: firstTokenMs, idleTimeoutMs: idleMs, totalTimeoutMs: totalMs } = settings;
  return withTimeouts(model, { providerId, firstTokenMs, idleMs, totalMs }, clock);
}

function inFolder(id: string, folderId: string, account: YandexAccount): ChatModel {
  const uri = toModelUri('gpt', folderId, id);
  const hooks = { headers: () => account.headers(folderId), toError: account.toError };
  if (isNativeModel(id)) return new NativeChatModel({ id, uri, deps: depsOf(account.native), ...hooks });
  return new OpenAiChatModel({ id, wireModel: uri, dialect: yandexDialect(id, hooks), deps: depsOf(account.openai) });
}

const depsOf = ({ providerId, transport, auth, secrets }: JsonCaller): ChatModelDeps => ({ providerId, transport, auth, secrets });

/** The URI of a model holds the folder, so nothing can be sent before the folder is known. */
function inDiscoveredFolder(id: string, account: YandexAccount): ChatModel {
  return {
    id,
    async *stream(request, options) {
      if (options.signal.aborted) throw cancelledError(account.providerId);
      const folderId = await account.folder.get(options.signal);
      yield* inFolder(id, folderId, account).stream(request, options);
    },
  };
}
