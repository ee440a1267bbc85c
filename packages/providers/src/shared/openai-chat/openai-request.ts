import type { ChatRequest, FilePart, JsonObject, ModelMessage, ToolChoice, ToolDefinition, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { callsOf, filesOf, mergeNeighbours, mergeSystemMessages, resultsOf, textOf } from '../message-parts.ts';
import { changedParameter, droppedContent, droppedParameter } from '../parameter-warning.ts';
import type { OpenAiDialect } from './openai-dialect.ts';

export interface EncodedRequest {
  readonly body: { readonly [name: string]: WireBody };
  readonly warnings: readonly WarningEvent[];
}

/** A request in Chat Completions' spelling. `wireModel` is the model as the vendor names it. */
export function toOpenAiRequest(request: ChatRequest, wireModel: string, dialect: OpenAiDialect): EncodedRequest {
  const warnings: WarningEvent[] = [];
  const body = {
    model: wireModel,
    messages: orderedMessages(request, dialect).flatMap((message) => toWireMessages(message, dialect, warnings)),
    stream: true,
    stream_options: dialect.supports.streamUsage ? { include_usage: true } : undefined,
    ...parameters(request, dialect, warnings),
    response_format: responseFormat(request, dialect, warnings),
    ...toolMembers(request, dialect, warnings),
  };
  return { body, warnings };
}

function orderedMessages({ messages }: ChatRequest, { mergesSystemMessages, alternates }: OpenAiDialect): readonly ModelMessage[] {
  const merged = mergesSystemMessages ? mergeSystemMessages(messages) : messages;
  return alternates ? mergeNeighbours(merged) : merged;
}

function toolMembers(request: ChatRequest, { supports }: OpenAiDialect, warnings: WarningEvent[]): { readonly [name: string]: WireBody } {
  const tools = request.toolChoice === 'none' ? [] : (request.tools ?? []);
  if (tools.length === 0) return {};
  if (supports.tools === false) {
    warnings.push(droppedParameter('tools', 'This provider has no tools; they were left out'));
    return {};
  }
  const tellsParallel = supports.parallelToolCalls !== false || request.parallelToolCalls === undefined;
  if (!tellsParallel) warnings.push(droppedParameter('parallelToolCalls', 'This provider cannot be told how many tools to call at once'));
  return {
    tools: tools.map(toWireTool),
    tool_choice: toolChoice(request.toolChoice),
    parallel_tool_calls: tellsParallel ? request.parallelToolCalls : undefined,
  };
}

function toWireTool({ name, description, parameters: schema, strict }: ToolDefinition): WireBody {
  return { type: 'function', function: { name, description, parameters: schema, strict } };
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
    [dialect.seedField ?? 'seed']: supported(request.seed, 'seed', supports.seed),
    ...reasoningMembers(request, dialect, warnings),
  };
}

function temperature(value: number | undefined, max: number, warnings: WarningEvent[]): number | undefined {
  if (value === undefined || value <= max) return value;
  warnings.push(
    changedParameter('temperature', `The highest temperature of this model is ${String(max)}; it was used instead of ${String(value)}`),
  );
  return max;
}

function reasoningMembers({ reasoningEffort: effort }: ChatRequest, { reasoning }: OpenAiDialect, warnings: WarningEvent[]): JsonObject {
  if (effort === undefined) return {};
  const members = reasoning[effort];
  if (members) return members;
  // A model that never reasons is off already.
  if (effort !== 'off' || Object.keys(reasoning).length > 0)
    warnings.push(droppedParameter('reasoningEffort', `Reasoning effort '${effort}' is not supported by this model`));
  return {};
}

function responseFormat({ responseFormat: format }: ChatRequest, { supports }: OpenAiDialect, warnings: WarningEvent[]): WireBody {
  if (format?.type === 'json') return { type: 'json_object' };
  if (format?.type !== 'json-schema') return undefined;
  if (supports.jsonSchema !== false) return { type: 'json_schema', json_schema: { name: format.name ?? 'answer', schema: format.schema } };
  warnings.push(changedParameter('responseFormat', 'This provider takes no JSON schema; it was only asked for JSON'));
  return { type: 'json_object' };
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
