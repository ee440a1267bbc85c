import type { Json } from './json.ts';

export interface ToolUse {
  readonly name: string;
  readonly arguments: Json;
}

export interface Turn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly toolCalls: readonly ToolUse[];
  readonly toolResults: readonly { readonly name: string; readonly content: string }[];
}

/** A generation request, free of any vendor's spelling. */
export interface Question {
  readonly turns: readonly Turn[];
  readonly maxTokens?: number | undefined;
  readonly tools: readonly { readonly name: string; readonly parameters: Json }[];
  readonly toolChoice: 'auto' | 'none' | 'required' | { readonly name: string };
  readonly parallelToolCalls: boolean;
  readonly format: { readonly type: 'text' } | { readonly type: 'json' } | { readonly type: 'json-schema'; readonly schema: Json };
}

export function lastUserText(question: Question): string {
  return question.turns.findLast((turn) => turn.role === 'user' && turn.text !== '')?.text ?? '';
}
