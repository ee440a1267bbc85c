import type { ChatRequest, ProviderError } from '@multimodel/core';
import { BaseChatModel, type ErrorAnswer, type StreamDecoder, type WireRequest } from '@multimodel/provider-sdk';
import type { AnthropicAccount } from './anthropic-account.ts';
import { type MessageEvent, messageEvent } from './chunk.ts';
import { MessageDecoder } from './message-decoder.ts';
import { toMessageRequest } from './message-request.ts';
import { toAnthropicError } from './to-anthropic-error.ts';

/** A model behind the Messages API. */
export class AnthropicChatModel extends BaseChatModel<MessageEvent> {
  protected override readonly framing = 'sse';
  protected override readonly chunkSchema = messageEvent;
  readonly #account: AnthropicAccount;

  constructor(id: string, account: AnthropicAccount) {
    super(id, account);
    this.#account = account;
  }

  protected override toWire(request: ChatRequest): WireRequest {
    const { body, warnings } = toMessageRequest(request, this.id, this.#account.factsOf(this.id));
    return { path: '/v1/messages', headers: this.#account.headers, body, warnings };
  }

  protected override createDecoder(): StreamDecoder<MessageEvent> {
    const { providerId, secrets } = this.deps;
    const toStreamError = (event: MessageEvent): ProviderError =>
      toAnthropicError({ providerId, status: 200, headers: {}, body: JSON.stringify(event), secrets });
    return new MessageDecoder({ providerId, toStreamError });
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return toAnthropicError(answer);
  }
}
