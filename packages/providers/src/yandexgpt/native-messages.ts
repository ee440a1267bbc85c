import type { ModelMessage, ToolCallPart, ToolResultPart, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { callsOf, filesOf, mergeSystemMessages, resultsOf, textOf } from '../shared/message-parts.ts';
import { droppedContent } from '../shared/parameter-warning.ts';

/** The conversation in the native API's spelling. Each message holds exactly one of text, calls and results. */
export function toNativeMessages(messages: readonly ModelMessage[], warnings: WarningEvent[]): readonly WireBody[] {
  const wire: WireBody[] = [];
  let calls: readonly ToolCallPart[] = [];
  let results: ToolResultPart[] = [];
  const flushResults = (): void => {
    if (results.length > 0) wire.push(toResultMessage(results, calls));
    results = [];
  };
  for (const message of mergeSystemMessages(messages)) {
    if (message.role === 'tool') {
      results.push(...resultsOf(message.parts));
      continue;
    }
    flushResults();
    warnOfFiles(message, warnings);
    wire.push(...toTextMessages(message));
    const own = callsOf(message.parts);
    if (own.length === 0) continue;
    calls = own;
    wire.push(toCallMessage(own));
  }
  flushResults();
  return wire;
}

/** An empty text is refused by the vendor: a stopped answer without a word is left out. */
function toTextMessages({ role, parts }: ModelMessage): readonly WireBody[] {
  const text = textOf(parts);
  return text.trim() === '' ? [] : [{ role, text }];
}

function toCallMessage(calls: readonly ToolCallPart[]): WireBody {
  const toolCalls = calls.map(({ name, arguments: args }) => ({ functionCall: { name, arguments: args } }));
  return { role: 'assistant', toolCallList: { toolCalls } };
}

/** The vendor matches results to calls by name and order alone, so they go in the order of the calls and under their names. */
function toResultMessage(results: readonly ToolResultPart[], calls: readonly ToolCallPart[]): WireBody {
  const position = ({ callId }: ToolResultPart): number => {
    const index = calls.findIndex((call) => call.callId === callId);
    return index < 0 ? calls.length : index;
  };
  const ordered = [...results].sort((a, b) => position(a) - position(b));
  const toolResults = ordered.map((result) => ({
    functionResult: { name: calls[position(result)]?.name ?? result.name, content: result.content },
  }));
  return { role: 'user', toolResultList: { toolResults } };
}

function warnOfFiles({ parts }: ModelMessage, warnings: WarningEvent[]): void {
  for (const { name, mediaType } of filesOf(parts)) {
    warnings.push(droppedContent(`This model reads text only; ${name ?? mediaType} was left out`));
  }
}
