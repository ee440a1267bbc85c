import type { GrammarState, HighlighterCore } from 'shiki/core';
import type { HighlightReply, Token, TokenLine } from './highlight-protocol.ts';

const limits = { tokenizeMaxLineLength: 2_000, tokenizeTimeLimit: 200 } as const;

/** Colours one code block as it grows: each line once, from where the grammar stood at the end of the line before. */
export class IncrementalHighlighter {
  readonly #shiki: Pick<HighlighterCore, 'codeToTokens'>;
  readonly #language: string;
  #state: GrammarState | undefined;
  #rest = '';

  constructor(shiki: Pick<HighlighterCore, 'codeToTokens'>, language: string) {
    this.#shiki = shiki;
    this.#language = language;
  }

  append(text: string): Omit<HighlightReply, 'id'> {
    const code = this.#rest + text;
    const end = code.lastIndexOf('\n');
    this.#rest = code.slice(end + 1);
    const lines = end < 0 ? [] : this.#tokens(code.slice(0, end), true);
    return { lines, tail: this.#rest === '' ? [] : (this.#tokens(this.#rest, false)[0] ?? []) };
  }

  #tokens(code: string, isFinal: boolean): readonly TokenLine[] {
    const options = { lang: this.#language, theme: 'css-variables', ...limits, ...(this.#state && { grammarState: this.#state }) };
    const result = this.#shiki.codeToTokens(code, options);
    if (isFinal) this.#state = result.grammarState;
    return result.tokens.map((line) => mergeTokens(line));
  }
}

function mergeTokens(line: readonly { readonly content: string; readonly color?: string | undefined }[]): TokenLine {
  const merged: Token[] = [];
  for (const { content, color } of line) {
    const kind = /--code-token-([a-z-]+)/.exec(color ?? '')?.[1];
    const last = merged.at(-1);
    if (kind === undefined) {
      if (typeof last === 'string') merged[merged.length - 1] = last + content;
      else merged.push(content);
    } else if (Array.isArray(last) && last[1] === kind) merged[merged.length - 1] = [`${last[0]}${content}`, kind];
    else merged.push([content, kind]);
  }
  return merged;
}
