import type { ChatRequest, ResponseFormat, ToolChoice, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { changedParameter, droppedParameter } from '../shared/parameter-warning.ts';
import { toNativeMessages } from './native-messages.ts';

export interface NativeRequest {
  readonly body: WireBody;
  readonly warnings: readonly WarningEvent[];
}

const unsupported = ['topP', 'stop', 'seed'] as const;

/** A request in the native API's spelling. `hasReasoning` is `undefined` where nobody knows. */
export function toNativeRequest(
  request: ChatRequest,
  model: { readonly uri: string; readonly hasReasoning: boolean | undefined },
): NativeRequest {
  const warnings: WarningEvent[] = [];
  for (const name of unsupported) {
    if (request[name] !== undefined) warnings.push(droppedParameter(name, `YandexGPT has no ${name}; it was left out`));
  }
  const body = {
    modelUri: model.uri,
    completionOptions: {
      stream: true,
      temperature: toTemperature(request.temperature, warnings),
      maxTokens: request.maxOutputTokens === undefined ? undefined : String(request.maxOutputTokens),
      reasoningOptions: toReasoning(request.reasoningEffort, model.hasReasoning, warnings),
    },
    messages: toNativeMessages(request.messages, warnings),
    ...toTools(request),
    ...toFormat(request.responseFormat),
  };
  return { body, warnings };
}

function toTemperature(value: number | undefined, warnings: WarningEvent[]): number | undefined {
  if (value === undefined) return undefined;
  const clamped = Math.min(Math.max(value, 0), 1);
  if (clamped !== value) {
    warnings.push(
      changedParameter('temperature', `YandexGPT takes a temperature from 0 to 1; ${String(clamped)} was used instead of ${String(value)}`),
    );
  }
  return clamped;
}

/** Hidden reasoning is on or off; how hard to think cannot be said. */
function toReasoning(effort: ChatRequest['reasoningEffort'], hasReasoning: boolean | undefined, warnings: WarningEvent[]): WireBody {
  if (effort === undefined) return undefined;
  if (effort === 'off') return { mode: 'DISABLED' };
  if (hasReasoning !== false) return { mode: 'ENABLED_HIDDEN' };
  warnings.push(droppedParameter('reasoningEffort', 'This model has no reasoning mode; the setting was left out'));
  return undefined;
}

/** With `NONE` the model may print calls as text, so the tools themselves are left out instead. */
function toTools({ tools = [], toolChoice, parallelToolCalls }: ChatRequest): { readonly [name: string]: WireBody } {
  if (tools.length === 0 || toolChoice === 'none') return {};
  return {
    tools: tools.map(({ name, description, parameters, strict }) => ({ function: { name, description, parameters, strict } })),
    toolChoice: toToolChoice(toolChoice),
    parallelToolCalls,
  };
}

function toToolChoice(choice: ToolChoice | undefined): WireBody {
  if (choice === undefined) return undefined;
  return typeof choice === 'object' ? { functionName: choice.name } : { mode: choice.toUpperCase() };
}

function toFormat(format: ResponseFormat | undefined): { readonly [name: string]: WireBody } {
  if (format?.type === 'json') return { jsonObject: true };
  return format?.type === 'json-schema' ? { jsonSchema: { schema: format.schema } } : {};
}
