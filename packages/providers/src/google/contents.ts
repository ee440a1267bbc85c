import type { FilePart, JsonObject, MessagePart, ModelMessage, ToolResultPart, WarningEvent } from '@multimodel/core';
import { parseJson, type WireBody } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { mergeSystemMessages, resultsOf, textOf } from '../shared/message-parts.ts';
import { droppedContent } from '../shared/parameter-warning.ts';
import { type ModelFacts, takesFile } from './catalog.ts';

interface Content {
  readonly role: 'user' | 'model';
  readonly parts: WireBody[];
}

export interface ContentsOptions {
  readonly modelId: string;
  readonly facts: ModelFacts;
  readonly warnings: WarningEvent[];
}

/** The vendor's own word for a signature that is not there: https://ai.google.dev/gemini-api/docs/thought-signatures */
const noSignature = 'skip_thought_signature_validator';
const jsonObject = z.record(z.string(), z.json());

/** The conversation in the vendor's spelling: instructions apart, turns of one role joined, results of functions with the user. */
export function toContents(
  messages: readonly ModelMessage[],
  options: ContentsOptions,
): { readonly system: WireBody; readonly contents: readonly Content[] } {
  const contents: Content[] = [];
  let instruction = '';
  for (const { role, parts } of mergeSystemMessages(messages)) {
    if (role === 'system') {
      instruction = textOf(parts);
      continue;
    }
    const speaker = role === 'assistant' ? 'model' : 'user';
    const wire = role === 'tool' ? resultsOf(parts).map(toResponse) : toParts(parts, role, options);
    const last = contents.at(-1);
    if (last?.role === speaker) last.parts.push(...wire);
    else if (wire.length > 0) contents.push({ role: speaker, parts: wire });
  }
  return instruct(contents, instruction, options.facts);
}

function instruct(contents: readonly Content[], text: string, { isPlain }: ModelFacts): ReturnType<typeof toContents> {
  if (text === '') return { system: undefined, contents };
  return isPlain ? { system: undefined, contents: withInstruction(contents, text) } : { system: { parts: [{ text }] }, contents };
}

/** A model without instructions reads them in front of the first question. */
function withInstruction(contents: readonly Content[], instruction: string): readonly Content[] {
  const [first, ...rest] = contents;
  if (first?.role !== 'user') return [{ role: 'user', parts: [{ text: instruction }] }, ...contents];
  return [{ role: 'user', parts: [{ text: `${instruction}\n\n` }, ...first.parts] }, ...rest];
}

/** One signature stands for all calls of a turn. */
function toParts(parts: readonly MessagePart[], role: 'user' | 'assistant', options: ContentsOptions): WireBody[] {
  const firstCall = parts.find(({ type }) => type === 'tool-call');
  return parts.flatMap((part): readonly WireBody[] => {
    switch (part.type) {
      case 'text':
        return part.text === '' ? [] : [{ text: part.text }];
      case 'file':
        return toFile(part, role, options);
      case 'tool-call': {
        const functionCall = { id: part.callId, name: part.name, args: part.arguments };
        return [{ functionCall, thoughtSignature: part === firstCall && options.facts.wantsSignatures ? noSignature : undefined }];
      }
      case 'tool-result':
        return [toResponse(part)];
      default:
        return part satisfies never;
    }
  });
}

function toFile(
  { mediaType, name, data }: FilePart,
  role: 'user' | 'assistant',
  { modelId, warnings }: ContentsOptions,
): readonly WireBody[] {
  // A picture that the model made goes back to it, so that it can be changed.
  const isOwn = role === 'assistant' && mediaType.startsWith('image/');
  if (isOwn || (role === 'user' && takesFile(modelId, mediaType))) {
    return [{ inlineData: { mimeType: mediaType, data: Buffer.from(data).toString('base64') } }];
  }
  warnings.push(droppedContent(`This model cannot take ${name ?? mediaType}; it was left out`));
  return [];
}

/** The vendor wants an object. */
function toResponse({ callId, name, content }: ToolResultPart): WireBody {
  const parsed = jsonObject.safeParse(parseJson(content));
  const response: JsonObject = parsed.success ? parsed.data : { output: content };
  return { functionResponse: { id: callId, name, response } };
}
