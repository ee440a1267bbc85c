import type { ContextForecastDto } from './context.ts';

/** What the rule makes of a text; `isMessage` adds what each message costs beside its text. */
export function countTokens(
  text: string,
  { charactersPerToken, tokensPerMessage }: ContextForecastDto['rule'],
  { isMessage = true }: { readonly isMessage?: boolean } = {},
): number {
  return Math.ceil(text.length / charactersPerToken) + (isMessage ? tokensPerMessage : 0);
}

/** Tokens of a message in the making, against the room that there is. */
export interface ContextFit {
  /** Conversation, system prompt and text, as they would go. */
  readonly inputTokens: number;
  readonly leftOut: number;
  readonly contextWindow: number;
  readonly reservedForAnswer: number;
  /** Share of the window, from 0; above 1 the text alone is too long, and the vendor will judge it. */
  readonly share: number;
}

/**
 * Reads a forecast that was asked for without a text: what happens to the message with this one.
 * Sending decides by the same rule. Nothing where the window is not known.
 *
 * @example
 * const forecast = await client.chats.forecast(chat.id, {});
 * if ((fitContext(forecast, draft)?.leftOut ?? 0) > 0) warn();
 */
export function fitContext({ contextWindow, reservedForAnswer = 0, cuts, rule }: ContextForecastDto, text: string): ContextFit | undefined {
  if (!contextWindow) return undefined;
  const question = countTokens(text, rule);
  const room = contextWindow - reservedForAnswer;
  const cut = cuts.find(({ inputTokens }) => inputTokens + question <= room) ?? cuts.at(-1) ?? { leftOut: 0, inputTokens: 0 };
  const inputTokens = cut.inputTokens + question;
  return { inputTokens, leftOut: cut.leftOut, contextWindow, reservedForAnswer, share: (inputTokens + reservedForAnswer) / contextWindow };
}
