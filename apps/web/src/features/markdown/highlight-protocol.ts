import type { LanguageId } from './code-languages.ts';

/** Piece of a line and what kind of word it is; a bare text has no colour. */
export type Token = string | readonly [text: string, kind: string];
export type TokenLine = readonly Token[];

export type HighlightRequest =
  | { readonly type: 'append'; readonly id: number; readonly language: LanguageId; readonly text: string }
  | { readonly type: 'close'; readonly id: number };

export interface HighlightReply {
  readonly id: number;
  /** Lines that came to their end, each final. */
  readonly lines: readonly TokenLine[];
  /** The line that is still being written. */
  readonly tail: TokenLine;
}
