import type { ChatRequest, FilePart, ModelMessage, ResponseFormat, ToolChoice, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { callsOf, filesOf, mergeSystemMessages, resultsOf, textOf } from '../message-parts.ts';
import { changedParameter, droppedContent, droppedParameter } from '../parameter-warning.ts';
import type { OpenAiDialect } from './openai-dialect.ts';

export interface EncodedRequest {
  readonly body: { readonly [name: string]: WireBody };
  readonly warnings: readonly WarningEvent[];
}

/** A request in Chat Completions' spelling. `wireModel` is the model as the vendor names it. */
export function toOpenAiRequest(request: ChatRequest, wireModel: string, dialect: OpenAiDialect): EncodedRequest {
  const warnings: WarningEvent[] = [];
  const messages = dialect.mergesSystemMessages ? mergeSystemMessages(request.messages) : request.messages;
  const tools = request.toolChoice === 'none' ? [] : (request.tools ?? []);
  const body = {
    model: wireModel,
    messages: messages.flatMap((message) => toWireMessages(message, dialect, warnings)),
    stream: true,
    stream_options: dialect.supports.streamUsage ? { include_usage: true } : undefined,
    ...parameters(request, dialect, warnings),
    response_format: responseFormat(request.responseFormat),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters: schema, strict }) => ({
            type: 'function',
            function: { name, description, parameters: schema, strict },
          })),
          tool_choice: toolChoice(request.toolChoice),
          parallel_tool_calls: request.parallelToolCalls,
        }),
  };
  return { body, warnings };
}

function parameters(request: ChatRequest, dialect: OpenAiDialect, warnings: WarningEvent[]): { readonly [name: string]: WireBody } {
  const { supports } = dialect;
  const supported = <T>(value: T | undefined, name: 'topP' | 'stop' | 'seed', isSupported: boolean): T | undefined => {
    if (value === undefined || isSupported) return value;
    warnings.push(droppedParameter(name, `${name} is not supported by this model and was left out`));
    return undefined;
  };
  return {
    temperature: temperature(request.temperature, dialect.maxTemperature, warnings),
    [dialect.maxTokensField]: request.maxOutputTokens,
    top_p: supported(request.topP, 'topP', supports.topP),
    stop: supported(request.stop, 'stop', supports.stop),
    seed: supported(request.seed, 'seed', supports.seed),
    reasoning_effort: reasoningEffort(request, supports.reasoningEffort, warnings),
  };
}

function temperature(value: number | undefined, max: number, warnings: WarningEvent[]): number | undefined {
  if (value === undefined || value <= max) return value;
  warnings.push(
    changedParameter('temperature', `The highest temperature of this model is ${String(max)}; it was used instead of ${String(value)}`),
  );
  return max;
}

function reasoningEffort({ reasoningEffort: effort }: ChatRequest, isSupported: boolean, warnings: WarningEvent[]): string | undefined {
  if (effort === undefined) return undefined;
  if (isSupported && effort !== 'off') return effort;
  // A model that never reasons is off already.
  if (isSupported || effort !== 'off')
    warnings.push(droppedParameter('reasoningEffort', `Reasoning effort '${effort}' is not supported by this model`));
  return undefined;
}

function responseFormat(format: ResponseFormat | undefined): WireBody {
  if (format?.type === 'json') return { type: 'json_object' };
  if (format?.type === 'json-schema') return { type: 'json_schema', json_schema: { name: format.name ?? 'answer', schema: format.schema } };
  return undefined;
}

function toolChoice(choice: ToolChoice | undefined): WireBody {
  return typeof choice === 'object' ? { type: 'function', function: { name: choice.name } } : choice;
}

function toWireMessages(message: ModelMessage, dialect: OpenAiDialect, warnings: WarningEvent[]): readonly WireBody[] {
  const { role, parts } = message;
  switch (role) {
    case 'system':
      return textOf(parts) === '' ? [] : [{ role, content: textOf(parts) }];
    case 'user':
      return toUserMessages(message, dialect, warnings);
    case 'assistant':
      return toAssistantMessages(message, dialect);
    case 'tool':
      return resultsOf(parts).map(({ callId, name, content }) => ({
        role,
        tool_call_id: dialect.toWireCallId(callId, name),
        content,
      }));
    default:
      return role satisfies never;
  }
}

function toAssistantMessages({ parts }: ModelMessage, dialect: OpenAiDialect): readonly WireBody[] {
  const text = textOf(parts);
  const calls = callsOf(parts);
  // An empty turn is a stopped or failed answer; vendors refuse it.
  if (text === '' && calls.length === 0) return [];
  const toolCalls = calls.map(({ callId, name, arguments: args }) => ({
    id: dialect.toWireCallId(callId, name),
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
  return [{ role: 'assistant', content: text === '' ? undefined : text, tool_calls: calls.length === 0 ? undefined : toolCalls }];
}

function toUserMessages({ parts }: ModelMessage, dialect: OpenAiDialect, warnings: WarningEvent[]): readonly WireBody[] {
  const files = filesOf(parts);
  const images = dialect.supports.images ? files.filter(isImage) : [];
  for (const file of files) {
    if (!images.includes(file)) warnings.push(droppedContent(`The model cannot read ${file.name ?? file.mediaType}; it was left out`));
  }
  const text = textOf(parts);
  if (images.length === 0) return text === '' ? [] : [{ role: 'user', content: text }];
  const textPart = text === '' ? [] : [{ type: 'text', text }];
  return [{ role: 'user', content: [...textPart, ...images.map((file) => ({ type: 'image_url', image_url: { url: dataUrl(file) } }))] }];
}

const isImage = ({ mediaType }: FilePart): boolean => mediaType.startsWith('image/');

function dataUrl({ mediaType, data }: FilePart): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}
