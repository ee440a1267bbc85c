import type { FilePart, MessagePart, ModelMessage, ToolCallPart, ToolResultPart } from '@multimodel/core';

export function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

export const filesOf = (parts: readonly MessagePart[]): readonly FilePart[] => parts.filter((part) => part.type === 'file');
export const callsOf = (parts: readonly MessagePart[]): readonly ToolCallPart[] => parts.filter((part) => part.type === 'tool-call');
export const resultsOf = (parts: readonly MessagePart[]): readonly ToolResultPart[] => parts.filter((part) => part.type === 'tool-result');

/** One system text in front of all: some vendors know no other place for it. */
export function mergeSystemMessages(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const texts = messages.filter(({ role }) => role === 'system').map(({ parts }) => textOf(parts));
  const text = texts.filter((each) => each.trim() !== '').join('\n\n');
  const rest = messages.filter(({ role }) => role !== 'system');
  return text === '' ? rest : [{ role: 'system', parts: [{ type: 'text', text }] }, ...rest];
}
