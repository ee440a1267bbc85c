import type { FilePart, MessagePart, ModelMessage, WarningEvent } from '@multimodel/core';
import type { WireBody } from '@multimodel/provider-sdk';
import { mergeSystemMessages, resultsOf, textOf } from '../shared/message-parts.ts';
import { droppedContent } from '../shared/parameter-warning.ts';

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: WireBody[];
}

const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];

/** The conversation in the vendor's spelling: instructions apart, turns of one role joined, results of tools with the user. */
export function toTurns(
  messages: readonly ModelMessage[],
  warnings: WarningEvent[],
): { readonly system: string | undefined; readonly turns: readonly Turn[] } {
  const turns: Turn[] = [];
  let system: string | undefined;
  for (const { role, parts } of mergeSystemMessages(messages)) {
    if (role === 'system') {
      system = textOf(parts);
      continue;
    }
    const content = role === 'tool' ? toResults(parts) : parts.flatMap((part) => toBlocks(part, role, warnings));
    const speaker = role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.content.push(...content);
    else if (content.length > 0) turns.push({ role: speaker, content: [...content] });
  }
  return { system, turns };
}

function toResults(parts: readonly MessagePart[]): readonly WireBody[] {
  return resultsOf(parts).map(({ callId, content }) => ({ type: 'tool_result', tool_use_id: toId(callId), content }));
}

/** A blank text is refused by the vendor, and so is a file among the words of the model. */
function toBlocks(part: MessagePart, role: 'user' | 'assistant', warnings: WarningEvent[]): readonly WireBody[] {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [{ type: 'text', text: role === 'assistant' ? part.text.trimEnd() : part.text }];
    case 'tool-call':
      return [{ type: 'tool_use', id: toId(part.callId), name: part.name, input: part.arguments }];
    case 'tool-result':
      return toResults([part]);
    case 'file': {
      const block = role === 'user' ? toFileBlock(part) : undefined;
      if (block) return [block];
      warnings.push(droppedContent(`Claude cannot take ${part.name ?? part.mediaType} here; it was left out`));
      return [];
    }
    default:
      return part satisfies never;
  }
}

function toFileBlock({ mediaType, name, data }: FilePart): WireBody | undefined {
  const base64 = (): WireBody => ({ type: 'base64', media_type: mediaType, data: Buffer.from(data).toString('base64') });
  if (imageTypes.includes(mediaType)) return { type: 'image', source: base64() };
  if (mediaType === 'application/pdf') return { type: 'document', source: base64(), title: name };
  if (!mediaType.startsWith('text/') && mediaType !== 'application/json') return undefined;
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data: new TextDecoder().decode(data) }, title: name };
}

/** The vendor takes ids of letters, digits, `_` and `-`; those of other vendors come along when a chat changes its model. */
function toId(callId: string): string {
  return callId.replaceAll(/[^\w-]/gu, '_');
}
