import type { ChatRequest, MessagePart, ProviderError, StreamEvent } from '@multimodel/core';
import { parseJson } from '../decode/parse-json.ts';
import { type ErrorAnswer, providerErrorFromStatus } from '../errors/error-from-status.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { vendorText } from '../errors/redact-secrets.ts';
import { BaseChatModel } from '../model/base-chat-model.ts';
import type { StreamDecoder } from '../model/stream-decoder.ts';
import type { WireBody, WireRequest } from '../model/wire-request.ts';
import { type RemoteEvent, remoteErrorSchema, remoteEventSchema } from './remote-protocol.ts';

const messageLimit = 300;

/** A model of a service that speaks the remote protocol: our own events, one a line. */
export class RemoteChatModel extends BaseChatModel<RemoteEvent> {
  protected override readonly framing = 'ndjson';
  protected override readonly chunkSchema = remoteEventSchema;

  protected override toWire({ messages, ...rest }: ChatRequest): WireRequest {
    const wireMessages = messages.map(({ role, parts }) => ({ role, parts: parts.map(toWirePart) }));
    return {
      path: '/stream',
      headers: { accept: 'application/x-ndjson' },
      body: { model: this.id, messages: wireMessages, ...toBody(rest) },
    };
  }

  protected override createDecoder(): StreamDecoder<RemoteEvent> {
    const { providerId, secrets } = this.deps;
    return {
      *decode(event) {
        if (event.type === 'error') throw toError(event.error, providerId, secrets);
        yield toStreamEvent(event);
      },
    };
  }

  protected override toError(answer: ErrorAnswer): ProviderError {
    return remoteError(answer);
  }
}

/** An answer that is not 2xx: the service's own code, where it gives one. */
export function remoteError(answer: ErrorAnswer): ProviderError {
  const body = parseJson(answer.body ?? '');
  const parsed = remoteErrorSchema.safeParse(typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined);
  return providerErrorFromStatus({ ...answer, code: parsed.data?.code, vendorMessage: parsed.data?.message || undefined });
}

function toError(
  { code = 'protocol', message, retryAfterMs }: Extract<RemoteEvent, { type: 'error' }>['error'],
  providerId: string,
  secrets: readonly string[] = [],
): ProviderError {
  const told = vendorText(message, secrets, messageLimit);
  const sentence = told === '' ? 'The service ended its answer with an error' : told;
  return createProviderError(code, sentence, { providerId, retryAfterMs, secrets, details: { vendorMessage: told } });
}

function toWirePart(part: MessagePart): WireBody {
  return part.type === 'file' ? { ...part, data: Buffer.from(part.data).toString('base64') } : { ...part };
}

function toBody({ tools, ...rest }: Omit<ChatRequest, 'messages'>): Readonly<Record<string, WireBody>> {
  const { responseFormat, toolChoice, ...plain } = rest;
  return {
    ...plain,
    responseFormat: responseFormat && { ...responseFormat },
    toolChoice: typeof toolChoice === 'object' ? { ...toolChoice } : toolChoice,
    tools: tools?.map((tool) => ({ ...tool })),
  };
}

function toStreamEvent(event: Exclude<RemoteEvent, { type: 'error' }>): StreamEvent {
  return event.type === 'file' ? { ...event, data: Buffer.from(event.data, 'base64') } : event;
}
