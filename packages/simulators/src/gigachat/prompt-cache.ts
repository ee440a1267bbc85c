import type { Turn } from '../host/question.ts';
import { countTokens } from '../host/tokens.ts';

/** Remembers what a session began with: a prompt that begins the same costs less. */
export class PromptCache {
  readonly #turnsBySession = new Map<string, readonly string[]>();

  /** Tokens of the common beginning; the prompt is remembered for the next time. */
  look(sessionId: string | undefined, turns: readonly Turn[]): number {
    if (sessionId === undefined) return 0;
    const texts = turns.map(({ role, text }) => `${role}:${text}`);
    const before = this.#turnsBySession.get(sessionId) ?? [];
    this.#turnsBySession.set(sessionId, texts);
    const firstOther = texts.findIndex((text, index) => text !== before[index]);
    const common = turns.slice(0, firstOther < 0 ? turns.length : firstOther);
    return common.reduce((sum, { text }) => sum + countTokens(text) + 3, 0);
  }
}
