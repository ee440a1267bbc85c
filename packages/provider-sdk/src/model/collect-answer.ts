import type { FileEvent, FinishReason, StreamEvent, ToolCallEvent, Usage, WarningEvent } from '@multimodel/core';

/** A whole answer. */
export interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly Omit<ToolCallEvent, 'type'>[];
  /** Images and the like that the model made, in order. */
  readonly files: readonly Omit<FileEvent, 'type'>[];
  /** The last that the vendor told. */
  readonly usage?: Usage | undefined;
  /** Absent only for a stream that ended without a finish, which no `ChatModel` may do. */
  readonly reason?: FinishReason | undefined;
  readonly modelVersion?: string | undefined;
  readonly warnings: readonly Omit<WarningEvent, 'type'>[];
}

/**
 * Folds the events of one answer. Throws what the stream throws.
 *
 * @example
 * const { text, usage } = await collectAnswer(model.stream(request, { signal }));
 */
export async function collectAnswer(stream: AsyncIterable<StreamEvent>): Promise<Answer> {
  const answer: Mutable = { text: '', reasoning: '', toolCalls: [], files: [], warnings: [] };
  for await (const event of stream) fold(answer, event);
  return answer;
}

type Mutable = { -readonly [Name in keyof Answer]: Answer[Name] } & {
  toolCalls: Omit<ToolCallEvent, 'type'>[];
  files: Omit<FileEvent, 'type'>[];
  warnings: Omit<WarningEvent, 'type'>[];
};

function fold(answer: Mutable, event: StreamEvent): void {
  switch (event.type) {
    case 'text-delta':
      answer.text += event.text;
      return;
    case 'text-replace':
      answer.text = answer.text.slice(0, event.from) + event.text;
      return;
    case 'reasoning-delta':
      answer.reasoning += event.text;
      return;
    case 'tool-call':
      answer.toolCalls.push({ callId: event.callId, name: event.name, arguments: event.arguments });
      return;
    case 'file':
      answer.files.push({ mediaType: event.mediaType, name: event.name, data: event.data });
      return;
    case 'warning':
      answer.warnings.push({ code: event.code, parameter: event.parameter, message: event.message });
      return;
    case 'usage':
      answer.usage = event.usage;
      return;
    case 'finish':
      answer.reason = event.reason;
      answer.usage = event.usage ?? answer.usage;
      answer.modelVersion = event.modelVersion;
      return;
    default:
      event satisfies never;
  }
}
