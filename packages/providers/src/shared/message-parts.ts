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

/** Neighbouring messages of one role as one, their texts as paragraphs: some templates refuse two questions in a row. */
export function mergeNeighbours(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const merged: ModelMessage[] = [];
  for (const message of messages.filter(({ parts }) => parts.some(hasContent))) {
    const before = merged.at(-1);
    const isSame = before !== undefined && before.role === message.role && message.role !== 'tool';
    if (isSame) merged[merged.length - 1] = { role: message.role, parts: joinParts(before.parts, message.parts) };
    else merged.push(message);
  }
  return merged;
}

const hasContent = (part: MessagePart): boolean => part.type !== 'text' || part.text !== '';

function joinParts(before: readonly MessagePart[], after: readonly MessagePart[]): readonly MessagePart[] {
  const text = [textOf(before), textOf(after)].filter((each) => each !== '').join('\n\n');
  const rest = [...before, ...after].filter(({ type }) => type !== 'text');
  return text === '' ? rest : [{ type: 'text', text }, ...rest];
}
