import type { JsonObject } from '@multimodel/core';
import { parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { OpenAiToolCall } from './openai-chunk.ts';

interface Pieces {
  readonly order: number;
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
  readonly #calls: Pieces[] = [];

  /** Some back ends repeat `""` for what they told before: never let that overwrite it. */
  add(pieces: readonly OpenAiToolCall[]): void {
    for (const piece of pieces) {
      const call = this.#callOf(piece);
      if (piece.id) call.id = piece.id;
      if (piece.function?.name) call.name = piece.function.name;
      call.text += piece.function?.arguments ?? '';
    }
  }

  /** In the vendor's order. */
  assemble(): readonly AssembledCall[] {
    const ordered = [...this.#calls].sort((a, b) => a.order - b.order);
    return ordered.map(({ id, name, text }) => ({ id, name, arguments: toArguments(text) }));
  }

  #callOf(piece: OpenAiToolCall): Pieces {
    const begun = typeof piece.index === 'number' ? this.#calls.findLast(({ order }) => order === piece.index) : this.#unnumbered(piece);
    // Several calls under one number: another id with a name is another call.
    const isAnother = begun && piece.id && begun.id && piece.id !== begun.id && piece.function?.name;
    return begun && !isAnother ? begun : this.#begin(piece.index ?? this.#calls.length);
  }

  /** Without a number a name begins a call, unless its id is known; what has no name goes on with the last one. */
  #unnumbered({ id, function: part }: OpenAiToolCall): Pieces | undefined {
    const same = id ? this.#calls.find((call) => call.id === id) : undefined;
    return same ?? (part?.name ? undefined : this.#calls.at(-1));
  }

  #begin(order: number): Pieces {
    const call = { order, id: '', name: '', text: '' };
    this.#calls.push(call);
    return call;
  }
}

function toArguments(text: string): JsonObject | undefined {
  // A function without parameters is called with nothing at all by some models.
  if (text.trim() === '') return {};
  const parsed = jsonObject.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}
