import type { FilePart, ModelMessage, ToolCallPart, ToolResultPart, WarningEvent } from '@multimodel/core';
import { parseJson } from '@multimodel/provider-sdk';
import { callsOf, filesOf, mergeSystemMessages, resultsOf, textOf } from '../shared/message-parts.ts';
import { droppedContent } from '../shared/parameter-warning.ts';

export interface AnsweredCall {
  readonly call: ToolCallPart;
  readonly result: ToolResultPart;
}

/** A message as both versions of the API have it: calls stand together with their results. */
export type Turn =
  | { readonly role: 'system' | 'user' | 'assistant'; readonly text: string; readonly files: readonly FilePart[] }
  | { readonly role: 'calls'; readonly text: string; readonly calls: readonly AnsweredCall[] };

/**
 * One instruction and it comes first; every call has its result and every result its call, else the vendor refuses the conversation.
 * Messages without a word are left out.
 */
export function toTurns(messages: readonly ModelMessage[], warnings: WarningEvent[]): readonly Turn[] {
  const merged = mergeSystemMessages(messages);
  return merged.flatMap((message, index) => {
    if (message.role === 'tool') return [];
    if (message.role !== 'assistant') return plainTurns(message);
    const results = resultsAfter(merged, index);
    return assistantTurns(message, results, warnings);
  });
}

function resultsAfter(messages: readonly ModelMessage[], index: number): readonly ToolResultPart[] {
  const rest = messages.slice(index + 1);
  const end = rest.findIndex(({ role }) => role !== 'tool');
  return rest.slice(0, end < 0 ? rest.length : end).flatMap(({ parts }) => resultsOf(parts));
}

function plainTurns({ role, parts }: ModelMessage): readonly Turn[] {
  if (role !== 'system' && role !== 'user') return [];
  const text = textOf(parts);
  const files = role === 'user' ? filesOf(parts) : [];
  return text.trim() === '' && files.length === 0 ? [] : [{ role, text, files }];
}

function assistantTurns({ parts }: ModelMessage, results: readonly ToolResultPart[], warnings: WarningEvent[]): readonly Turn[] {
  const text = textOf(parts);
  const all = callsOf(parts);
  const calls = all.flatMap((call) => {
    const result = results.find(({ callId }) => callId === call.callId);
    return result === undefined ? [] : [{ call, result }];
  });
  if (calls.length < all.length) warnings.push(droppedContent('A function call without a result was left out'));
  if (results.length > calls.length) warnings.push(droppedContent('A function result without a call was left out'));
  if (calls.length > 0) return [{ role: 'calls', text, calls }];
  // What the model drew is not sent again; that it answered with it is.
  const said = text.trim() === '' && filesOf(parts).length > 0 ? '[image]' : text;
  return said.trim() === '' ? [] : [{ role: 'assistant', text: said, files: [] }];
}

/** The vendor wants JSON, and likes an object: anything else is put into one. */
export function toResultText(content: string): string {
  const value = parseJson(content);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return content;
  return JSON.stringify({ result: value === undefined ? content : value });
}

/** Calls after the last question belong to the answer that is being made; the vendor's state ids help with those only. */
export function isPresent(turns: readonly Turn[], index: number): boolean {
  return turns.findLastIndex(({ role }) => role === 'user') < index;
}
