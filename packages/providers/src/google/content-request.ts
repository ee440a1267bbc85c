import type { ChatRequest, ReasoningEffort, ToolChoice, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { changedParameter, droppedParameter } from '../shared/parameter-warning.ts';
import type { ModelFacts } from './catalog.ts';
import { toContents } from './contents.ts';

export interface ContentRequest {
  readonly body: WireBody;
  readonly warnings: readonly WarningEvent[];
}

type Members = { readonly [name: string]: WireBody };

const budgets = { low: 2048, medium: 8192, high: 24_576 } as const satisfies Record<Exclude<ReasoningEffort, 'off'>, number>;
const mostStops = 5;

export function toContentRequest(request: ChatRequest, modelId: string, facts: ModelFacts): ContentRequest {
  const warnings: WarningEvent[] = [];
  const { system, contents } = toContents(request.messages, { modelId, facts, warnings });
  const tools = toTools(request, facts, warnings);
  const body = {
    contents: contents.map(({ role, parts }) => ({ role, parts })),
    systemInstruction: system,
    generationConfig: {
      temperature: toTemperature(request.temperature, warnings),
      topP: request.topP,
      maxOutputTokens: request.maxOutputTokens,
      seed: request.seed,
      stopSequences: toStops(request.stop, warnings),
      thinkingConfig: toThinking(request.reasoningEffort, facts, warnings),
      ...toFormat(request, facts, warnings, tools['tools'] !== undefined),
    },
    ...tools,
  };
  return { body, warnings };
}

function toTemperature(value: number | undefined, warnings: WarningEvent[]): number | undefined {
  if (value === undefined) return undefined;
  const clamped = Math.min(Math.max(value, 0), 2);
  if (clamped !== value) {
    const message = `Gemini takes a temperature from 0 to 2; ${String(clamped)} was used instead of ${String(value)}`;
    warnings.push(changedParameter('temperature', message));
  }
  return clamped;
}

function toStops(stop: readonly string[] | undefined, warnings: WarningEvent[]): WireBody {
  const texts = stop?.filter((text) => text !== '') ?? [];
  if (texts.length > mostStops)
    warnings.push(changedParameter('stop', `Gemini stops at ${String(mostStops)} texts at most; the first were used`));
  return texts.length === 0 ? undefined : texts.slice(0, mostStops);
}

/** Thoughts are shown wherever a model has them. */
function toThinking(effort: ReasoningEffort | undefined, facts: ModelFacts, warnings: WarningEvent[]): WireBody {
  if (facts.thinking === 'none') {
    if (effort !== undefined && effort !== 'off') {
      warnings.push(droppedParameter('reasoningEffort', 'This model has no thinking mode; the setting was left out'));
    }
    return undefined;
  }
  if (effort === undefined) return { includeThoughts: true };
  if (effort === 'off') return leastThinking(facts, warnings);
  return { includeThoughts: true, ...(facts.thinking === 'level' ? { thinkingLevel: effort } : { thinkingBudget: budgets[effort] }) };
}

function leastThinking({ thinking, leastBudget, hasMinimalLevel }: ModelFacts, warnings: WarningEvent[]): WireBody {
  if (thinking === 'budget' && leastBudget === 0) return { thinkingBudget: 0 };
  warnings.push(changedParameter('reasoningEffort', 'This model cannot stop thinking; it was asked to think as little as it can'));
  return thinking === 'budget' ? { thinkingBudget: leastBudget } : { thinkingLevel: hasMinimalLevel ? 'minimal' : 'low' };
}

function toFormat({ responseFormat }: ChatRequest, facts: ModelFacts, warnings: WarningEvent[], hasTools: boolean): Members {
  if (responseFormat === undefined || responseFormat.type === 'text') return {};
  if (facts.isPlain || (hasTools && !facts.hasFormatWithTools)) {
    const why = facts.isPlain ? 'This model cannot be held to JSON' : 'This model cannot be held to JSON while it has tools';
    warnings.push(droppedParameter('responseFormat', `${why}; the format was left out`));
    return {};
  }
  const schema = responseFormat.type === 'json-schema' ? { responseJsonSchema: responseFormat.schema } : {};
  return { responseMimeType: 'application/json', ...schema };
}

function toTools({ tools = [], toolChoice, parallelToolCalls }: ChatRequest, facts: ModelFacts, warnings: WarningEvent[]): Members {
  if (tools.length === 0) return {};
  if (facts.isPlain) {
    warnings.push(droppedParameter('tools', 'This model has no tools; they were left out'));
    return {};
  }
  if (parallelToolCalls === false) {
    warnings.push(droppedParameter('parallelToolCalls', 'Gemini may call several tools at once; the setting was left out'));
  }
  const functionDeclarations = tools.map(({ name, description, parameters }) => ({ name, description, parametersJsonSchema: parameters }));
  return { tools: [{ functionDeclarations }], toolConfig: toToolConfig(toolChoice) };
}

function toToolConfig(choice: ToolChoice | undefined): WireBody {
  if (choice === undefined) return undefined;
  if (typeof choice === 'object') return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [choice.name] } };
  const modes = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const;
  return { functionCallingConfig: { mode: modes[choice] } };
}
