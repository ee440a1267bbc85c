import type { ModelMessage } from '../model/chat-request.ts';
import type { Message } from './message.ts';

/** How tokens are guessed from characters: on the safe side for Russian and code. */
export interface TokenRule {
  readonly charactersPerToken: number;
  readonly tokensPerMessage: number;
}
export const tokenRule: TokenRule = { charactersPerToken: 2.5, tokensPerMessage: 8 };
/** Part of the window kept for the answer when no length was asked for. */
const answerShare = 0.25;

/** Newest messages of a branch that a model is ever sent, the question included. */
export const longestBranch = 1000;

/** A rough count that errs on the high side; vendors' own counters replace it where they exist. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / tokenRule.charactersPerToken);
}

export interface ContextInput {
  readonly systemPrompt?: string | undefined;
  /** Oldest first; the last one is the question. */
  readonly messages: readonly Pick<Message, 'role' | 'text'>[];
  /** How many of the last messages stay whatever they cost; absent = the question alone. */
  readonly kept?: number | undefined;
  /** Tokens of question and answer together; absent = unknown, nothing is left out. */
  readonly contextWindow?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
}

export interface BuiltContext {
  readonly messages: readonly ModelMessage[];
  /** Oldest messages that did not fit. */
  readonly leftOut: number;
  readonly inputTokens: number;
}

/** System prompt and newest turns, within the model's window. The question itself is never left out: the vendor judges it. */
export function buildContext(input: ContextInput): BuiltContext {
  const spoken = spokenOf(input.messages);
  const budget = inputBudget(input);
  const systemCost = costOfSystem(input);
  let total = systemCost;
  const mustKeep = Math.max(1, input.kept ?? 1);
  let first = spoken.length;
  while (first > 0) {
    const next = spoken[first - 1];
    if (!next) break;
    const withNext = total + cost(next.text);
    if (withNext > budget && spoken.length - first >= mustKeep) break;
    total = withNext;
    first -= 1;
  }
  // An answer without its question says nothing: begin with a question.
  while (first < spoken.length - 1 && spoken[first]?.role === 'assistant') first += 1;
  const kept = spoken.slice(first);
  const system: ModelMessage[] = input.systemPrompt ? [{ role: 'system', parts: [{ type: 'text', text: input.systemPrompt }] }] : [];
  const inputTokens = kept.reduce((sum, { text }) => sum + cost(text), systemCost);
  return { messages: [...system, ...inTurns(kept)], leftOut: first, inputTokens };
}

/** One way to shorten a conversation: without its `leftOut` oldest messages, the rest costs `inputTokens` before any question. */
export interface ContextCut {
  readonly leftOut: number;
  readonly inputTokens: number;
}

/**
 * What `buildContext` will do with a question that is not written yet: of these cuts the first that leaves room for it, else the last.
 * Begins with the one for an empty question, since a longer one never keeps more.
 */
export function listCuts(input: Omit<ContextInput, 'kept'>): readonly ContextCut[] {
  const question = { role: 'user', text: '' } as const;
  const spoken = spokenOf([...input.messages, question]).slice(0, -1);
  const fewest = buildContext({ ...input, messages: [...input.messages, question] }).leftOut;
  const cuts: ContextCut[] = [];
  let inputTokens = costOfSystem(input);
  for (let first = spoken.length; first >= fewest; first -= 1) {
    const message = spoken[first];
    if (message) inputTokens += cost(message.text);
    if (message?.role !== 'assistant') cuts.push({ leftOut: first, inputTokens });
  }
  return cuts.toReversed();
}

/** Tokens kept free for the answer; absent where the window is not known. */
export function reservedForAnswer(input: Pick<ContextInput, 'contextWindow' | 'maxOutputTokens'>): number | undefined {
  return input.contextWindow ? input.contextWindow - Math.floor(inputBudget(input)) : undefined;
}

/** Answers that failed before a word say nothing; the question goes even if it is blank. */
function spokenOf(messages: ContextInput['messages']): ContextInput['messages'] {
  return messages.filter((message, index) => message.text.trim() !== '' || index === messages.length - 1);
}

const cost = (text: string): number => estimateTokens(text) + tokenRule.tokensPerMessage;

const costOfSystem = ({ systemPrompt }: Pick<ContextInput, 'systemPrompt'>): number => (systemPrompt ? cost(systemPrompt) : 0);

function inputBudget({ contextWindow, maxOutputTokens }: Pick<ContextInput, 'contextWindow' | 'maxOutputTokens'>): number {
  if (!contextWindow) return Number.POSITIVE_INFINITY;
  const reserved = Math.min(maxOutputTokens ?? contextWindow * answerShare, contextWindow / 2);
  return contextWindow - reserved;
}

/** Models expect the speakers to alternate: what one said in a row becomes one message. */
function inTurns(messages: ContextInput['messages']): ModelMessage[] {
  const turns: { readonly role: Message['role']; text: string }[] = [];
  for (const { role, text } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) last.text += `\n\n${text}`;
    else turns.push({ role, text });
  }
  return turns.map(({ role, text }) => ({ role, parts: [{ type: 'text', text }] }));
}
