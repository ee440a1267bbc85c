import type { ChatRequest, JsonObject, JsonValue, ToolChoice, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { changedParameter, droppedParameter } from '../shared/parameter-warning.ts';
import type { ModelFacts } from './catalog.ts';
import { toTurns } from './messages.ts';
import { type Thinking, toThinking } from './thinking.ts';

export interface MessageRequest {
  readonly body: WireBody;
  readonly warnings: readonly WarningEvent[];
}

type Members = { readonly [name: string]: WireBody };

/** The vendor wants a limit with every request; a model's own is more than a chat needs and than slow readers wait for. */
const usualMaxTokens = 64_000;

export function toMessageRequest(request: ChatRequest, model: string, facts: ModelFacts): MessageRequest {
  const warnings: WarningEvent[] = [];
  if (request.seed !== undefined) warnings.push(droppedParameter('seed', 'Claude has no seed; it was left out'));
  const { system, turns } = toTurns(request.messages, warnings);
  const thinking = toThinking(request, facts, warnings);
  const stop = request.stop?.filter((text) => text.trim() !== '');
  const body = {
    model,
    max_tokens: toMaxTokens(request, thinking, facts),
    stream: true,
    system,
    messages: turns.map(({ role, content }) => ({ role, content })),
    thinking: thinking.config,
    output_config: toOutputConfig(request, thinking, facts, warnings),
    stop_sequences: stop?.length ? stop : undefined,
    ...toSampling(request, thinking, facts, warnings),
    ...toTools(request, facts, warnings),
  };
  return { body, warnings };
}

/** Thoughts are paid for out of the same limit: they come on top of what was asked for the answer. */
function toMaxTokens({ maxOutputTokens }: ChatRequest, { budgetTokens }: Thinking, facts: ModelFacts): number {
  const wanted = maxOutputTokens ?? Math.min(facts.maxOutputTokens, usualMaxTokens) - budgetTokens;
  return Math.min(wanted + budgetTokens, Math.max(facts.maxOutputTokens, budgetTokens + 1));
}

function toSampling(request: ChatRequest, thinking: Thinking, facts: ModelFacts, warnings: WarningEvent[]): Members {
  const { temperature, topP } = request;
  const drop = (why: string): Members => {
    if (temperature !== undefined) warnings.push(droppedParameter('temperature', why));
    if (topP !== undefined) warnings.push(droppedParameter('topP', why));
    return {};
  };
  if (!facts.hasSampling) return drop('This model takes neither temperature nor top-p; it was left out');
  if (thinking.config !== undefined && facts.thinking === 'budget') return drop('A thinking model takes no temperature; it was left out');
  if (temperature === undefined) return { top_p: topP };
  if (topP !== undefined) warnings.push(droppedParameter('topP', 'Claude takes temperature or top-p, not both; top-p was left out'));
  const clamped = Math.min(Math.max(temperature, 0), 1);
  if (clamped !== temperature) {
    const message = `Claude takes a temperature from 0 to 1; ${String(clamped)} was used instead of ${String(temperature)}`;
    warnings.push(changedParameter('temperature', message));
  }
  return { temperature: clamped };
}

function toOutputConfig(request: ChatRequest, { effort }: Thinking, facts: ModelFacts, warnings: WarningEvent[]): WireBody {
  const format = toFormat(request, facts, warnings);
  return effort === undefined && format === undefined ? undefined : { effort, format };
}

function toFormat({ responseFormat }: ChatRequest, facts: ModelFacts, warnings: WarningEvent[]): WireBody {
  if (responseFormat === undefined || responseFormat.type === 'text') return undefined;
  if (responseFormat.type === 'json-schema' && facts.hasJsonSchema) {
    return { type: 'json_schema', schema: closeObjects(responseFormat.schema) };
  }
  const what = responseFormat.type === 'json' ? 'JSON without a schema' : 'a JSON schema';
  warnings.push(droppedParameter('responseFormat', `This model cannot be held to ${what}; the format was left out`));
  return undefined;
}

/** Objects must say that they have no other members. */
function closeObjects(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (!isObject(schema)) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closeObjects(value)]));
  return schema['type'] === 'object' ? { ...closed, additionalProperties: false } : closed;
}

const isObject = (value: JsonValue): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function toTools(request: ChatRequest, facts: ModelFacts, warnings: WarningEvent[]): Members {
  const { tools = [], toolChoice, parallelToolCalls } = request;
  if (tools.length === 0) return {};
  const choice = toToolChoice(toolChoice, facts, warnings);
  const single = parallelToolCalls === false && choice['type'] !== 'none' ? { disable_parallel_tool_use: true } : {};
  return {
    tools: tools.map(({ name, description, parameters, strict }) => ({
      name,
      description,
      input_schema: { type: 'object', ...parameters },
      strict: strict === true ? true : undefined,
    })),
    tool_choice: toolChoice === undefined && parallelToolCalls !== false ? undefined : { ...choice, ...single },
  };
}

function toToolChoice(choice: ToolChoice | undefined, { canForceTools }: ModelFacts, warnings: WarningEvent[]): Members {
  if (choice === undefined || choice === 'auto') return { type: 'auto' };
  if (choice === 'none') return { type: 'none' };
  if (!canForceTools) {
    warnings.push(changedParameter('toolChoice', 'This model decides by itself whether it calls a tool'));
    return { type: 'auto' };
  }
  return choice === 'required' ? { type: 'any' } : { type: 'tool', name: choice.name };
}
