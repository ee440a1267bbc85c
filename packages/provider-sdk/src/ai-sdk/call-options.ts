import type {
  ChatRequest,
  FilePart,
  MessagePart,
  ModelMessage,
  ReasoningEffort,
  ResponseFormat,
  ToolChoice,
  WarningEvent,
} from '@multimodel/core';
import type { AiSdkSpecification } from './language-model.ts';

type Members = Readonly<Record<string, unknown>>;

export interface AiSdkCall {
  readonly options: Members;
  /** What the specification has no word for. What the provider lacks, it says itself. */
  readonly warnings: readonly WarningEvent[];
}

/** A request in the words of the AI SDK. */
export function toCallOptions(request: ChatRequest, version: AiSdkSpecification, abortSignal: AbortSignal): AiSdkCall {
  const { tools = [], reasoningEffort, parallelToolCalls } = request;
  const warnings: WarningEvent[] = [];
  const drop = (parameter: keyof ChatRequest, what: string): void => {
    const message = `AI SDK models of specification ${version} have no setting for ${what}; it was left out`;
    warnings.push({ type: 'warning', code: 'parameter_dropped', parameter, message });
  };
  if (reasoningEffort !== undefined && version !== 'v4') drop('reasoningEffort', 'the effort of reasoning');
  if (parallelToolCalls === false && tools.length > 0) drop('parallelToolCalls', 'calls of tools one at a time');
  const options = {
    prompt: request.messages.flatMap((message) => toMessage(message, version)),
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    topP: request.topP,
    stopSequences: request.stop,
    seed: request.seed,
    responseFormat: toFormat(request.responseFormat),
    ...(reasoningEffort !== undefined && version === 'v4' ? { reasoning: efforts[reasoningEffort] } : {}),
    ...(tools.length > 0 ? toTools(request, version) : {}),
    abortSignal,
  };
  return { options: withoutUndefined(options), warnings };
}

const efforts = { off: 'none', low: 'low', medium: 'medium', high: 'high' } as const satisfies Record<ReasoningEffort, string>;

/** Providers look whether a member is there at all. */
function withoutUndefined(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function toTools({ tools = [], toolChoice }: ChatRequest, version: AiSdkSpecification): Members {
  return {
    tools: tools.map(({ name, description, parameters, strict }) =>
      withoutUndefined({ type: 'function', name, description, inputSchema: parameters, strict: version === 'v2' ? undefined : strict }),
    ),
    ...(toolChoice === undefined ? {} : { toolChoice: toToolChoice(toolChoice) }),
  };
}

function toToolChoice(choice: ToolChoice): Members {
  return typeof choice === 'object' ? { type: 'tool', toolName: choice.name } : { type: choice };
}

function toFormat(format: ResponseFormat | undefined): Members | undefined {
  if (format === undefined || format.type === 'text') return undefined;
  return format.type === 'json' ? { type: 'json' } : withoutUndefined({ type: 'json', schema: format.schema, name: format.name });
}

/** A message of which nothing is left is none: providers refuse empty ones. */
function toMessage({ role, parts }: ModelMessage, version: AiSdkSpecification): readonly Members[] {
  if (role === 'system') {
    const content = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    return content === '' ? [] : [{ role, content }];
  }
  const content = parts.filter((part) => part.type !== 'text' || part.text !== '').map((part) => toPart(part, version));
  return content.length === 0 ? [] : [{ role, content }];
}

function toPart(part: MessagePart, version: AiSdkSpecification): Members {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'file':
      return toFile(part, version);
    case 'tool-call':
      return { type: 'tool-call', toolCallId: part.callId, toolName: part.name, input: part.arguments };
    case 'tool-result':
      return { type: 'tool-result', toolCallId: part.callId, toolName: part.name, output: { type: 'text', value: part.content } };
    default:
      return part satisfies never;
  }
}

function toFile({ mediaType, name, data }: FilePart, version: AiSdkSpecification): Members {
  return withoutUndefined({ type: 'file', mediaType, filename: name, data: version === 'v4' ? { type: 'data', data } : data });
}
