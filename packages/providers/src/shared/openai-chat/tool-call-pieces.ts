import type { JsonObject } from '@multimodel/core';
import { parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { OpenAiToolCall } from './openai-chunk.ts';

interface Pieces {
  id: string;
  name: string;
  text: string;
}

export interface AssembledCall {
  readonly id: string;
  readonly name: string;
  /** `undefined`: the text is no JSON object, because it was cut or because the model wrote it wrong. */
  readonly arguments: JsonObject | undefined;
}

const jsonObject = z.record(z.string(), z.json());

/** Puts calls together whose parts come in many chunks. */
export class ToolCallPieces {
  readonly #calls = new Map<number, Pieces>();

  add(pieces: readonly OpenAiToolCall[]): void {
    for (const [position, piece] of pieces.entries()) this.#addOne(piece.index ?? position, piece);
  }

  /** Some back ends repeat `""` for what they told before: never let that overwrite it. */
  #addOne(index: number, { id, function: part }: OpenAiToolCall): void {
    const call = this.#calls.get(index) ?? { id: '', name: '', text: '' };
    this.#calls.set(index, call);
    if (id) call.id = id;
    if (part?.name) call.name = part.name;
    call.text += part?.arguments ?? '';
  }

  /** In the vendor's order. */
  assemble(): readonly AssembledCall[] {
    const ordered = [...this.#calls].sort(([a], [b]) => a - b);
    return ordered.map(([, { id, name, text }]) => ({ id, name, arguments: toArguments(text) }));
  }
}

function toArguments(text: string): JsonObject | undefined {
  // A function without parameters is called with nothing at all by some models.
  if (text.trim() === '') return {};
  const parsed = jsonObject.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}
