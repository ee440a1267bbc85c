import type { ToolUse } from '../host/question.ts';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import type { Ending, Fault, Tokens } from '../host/script.ts';
import { wrappedError } from './errors.ts';

const modelVersion = '09.02.2025';

const statusByReason: Readonly<Record<Ending['reason'], string>> = {
  final: 'FINAL',
  truncated: 'TRUNCATED_FINAL',
  filter: 'CONTENT_FILTER',
  tools: 'TOOL_CALLS',
};

interface FrameParts {
  readonly text?: string | undefined;
  readonly status: string;
  readonly calls?: readonly ToolUse[] | undefined;
  readonly tokens?: Tokens | undefined;
}

/** `CompletionResponse` without the wrapper, as operations carry it. int64 travels as a string. */
export function completionOf({
  text,
  status,
  calls,
  tokens = { inputTokens: 21, outputTokens: 4 },
}: FrameParts): Readonly<Record<string, unknown>> {
  const message =
    calls === undefined
      ? { role: 'assistant', text }
      : {
          role: 'assistant',
          toolCallList: { toolCalls: calls.map((call) => ({ functionCall: { name: call.name, arguments: call.arguments } })) },
        };
  return {
    alternatives: [{ message, status: `ALTERNATIVE_STATUS_${status}` }],
    usage: {
      inputTextTokens: String(tokens.inputTokens),
      completionTokens: String(tokens.outputTokens),
      totalTokens: String(tokens.inputTokens + tokens.outputTokens),
      completionTokensDetails: { reasoningTokens: String(tokens.reasoningTokens ?? 0) },
    },
    modelVersion,
  };
}

/** The call is a server stream, so the gateway wraps even a single answer in `result`. */
export function nativeFrame(parts: FrameParts): string {
  return `${JSON.stringify({ result: completionOf(parts) })}\n`;
}

/** A character cut at the end of a partial answer shows as U+FFFD and is mended by the next frame. */
export function withCutCharacter(text: string): string {
  return /[\ud800-\udbff]$/u.test(text) ? `${text.slice(0, -1)}\ufffd` : text;
}

function endingParts({ text, tokens, reasoning }: Progress, ending: Ending): FrameParts {
  const counted = reasoning === '' ? tokens : { reasoningTokens: Math.ceil(reasoning.length / 4), ...tokens };
  const status = statusByReason[ending.reason];
  if (ending.reason === 'tools') return { status, tokens: counted, calls: ending.calls };
  return { status, tokens: counted, text: ending.reason === 'filter' ? ending.text : text };
}

/** Each frame repeats the whole text so far. Reasoning is hidden: it shows in the counts only. */
export const nativeStreamEncoder: AnswerEncoder = {
  begin: () => '',
  piece: ({ text, tokens }) => nativeFrame({ text: withCutCharacter(text), status: 'PARTIAL', tokens }),
  reasoning: () => '',
  finish: (progress, ending) => nativeFrame(endingParts(progress, ending)),
  fault: (fault: Fault) => wrappedError(fault),
};

export const nativeWholeEncoder: AnswerEncoder = { ...nativeStreamEncoder, piece: () => '' };

/** The answer of a finished operation: flat, without `result`. */
export function operationResponse(progress: Progress, ending: Ending): unknown {
  const type = 'type.googleapis.com/yandex.cloud.ai.foundation_models.v1.CompletionResponse';
  return { '@type': type, ...completionOf(endingParts(progress, ending)) };
}
