import type { ChatRequest, JsonObject, ResponseFormat, ToolDefinition, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { changedParameter, droppedParameter } from '../shared/parameter-warning.ts';
import type { FunctionNames } from './function-names.ts';
import { reduceSchema } from './function-schema.ts';

const unsupported = ['stop', 'seed'] as const;
const highestTemperature = 2;

export interface Sampling {
  readonly temperature?: number | undefined;
  readonly top_p?: number | undefined;
  readonly max_tokens?: number | undefined;
}

/** Numbers that both versions have. A temperature of 0 is outside the vendor's range: `top_p: 0` means the same. */
export function toSampling(request: ChatRequest, warnings: WarningEvent[]): Sampling {
  for (const name of unsupported) {
    if (request[name] !== undefined) warnings.push(droppedParameter(name, `GigaChat has no ${name}; it was left out`));
  }
  const topP = within(request.topP, { min: 0, max: 1, name: 'topP' }, warnings);
  const temperature = within(request.temperature, { min: 0, max: highestTemperature, name: 'temperature' }, warnings);
  const isExact = temperature === 0;
  return { temperature: isExact ? undefined : temperature, top_p: isExact ? 0 : topP, max_tokens: request.maxOutputTokens };
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly name: 'temperature' | 'topP';
}

function within(value: number | undefined, { min, max, name }: Range, warnings: WarningEvent[]): number | undefined {
  if (value === undefined) return undefined;
  const fitting = Math.min(Math.max(value, min), max);
  if (fitting !== value) {
    const range = `${String(min)} to ${String(max)}`;
    warnings.push(
      changedParameter(name, `GigaChat takes a ${name} from ${range}; ${String(fitting)} was used instead of ${String(value)}`),
    );
  }
  return fitting;
}

/** `undefined` in `hasReasoning` where nobody knows. */
export function toEffort(
  { reasoningEffort: effort }: ChatRequest,
  hasReasoning: boolean | undefined,
  warnings: WarningEvent[],
): ChatRequest['reasoningEffort'] {
  if (effort === undefined || hasReasoning !== false) return effort;
  if (effort !== 'off') warnings.push(droppedParameter('reasoningEffort', 'This model has no reasoning mode; the setting was left out'));
  return undefined;
}

/** There is no plain JSON mode; a schema that requires nothing gives any object. */
export function toFormat(format: ResponseFormat | undefined): WireBody {
  if (format?.type === 'json') return { type: 'json_schema', schema: { type: 'object', properties: {} } };
  if (format?.type !== 'json-schema') return undefined;
  const schema = reduceSchema(format.schema);
  const required = schema['required'];
  return { type: 'json_schema', schema, ...(Array.isArray(required) && required.length > 0 ? { strict: true } : {}) };
}

export function toDefinition({ name, description, parameters }: ToolDefinition, names: FunctionNames): JsonObject {
  const schema = reduceSchema(parameters);
  const whole = schema['type'] === 'object' ? schema : { type: 'object', properties: {} };
  // Some models pass over a function that nobody described.
  return { name: names.toWire(name), description: description ?? name, parameters: whole };
}

export type Choice = 'auto' | 'none' | { readonly name: string };

/** "Any of them" cannot be said: with one function it is that one, with more the model decides. */
export function toChoice({ toolChoice, tools = [] }: ChatRequest, warnings: WarningEvent[]): Choice {
  if (toolChoice !== 'required') return toolChoice ?? 'auto';
  const [only, another] = tools;
  if (only && !another) return { name: only.name };
  warnings.push(changedParameter('toolChoice', 'GigaChat cannot be made to call any one of several functions; it decides by itself'));
  return 'auto';
}
