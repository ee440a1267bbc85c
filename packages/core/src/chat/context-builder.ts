import { type AttachmentFacts, kindOf } from '../attachment/attachment.ts';
import type { MessagePart } from '../model/chat-request.ts';
import { type CarriedFile, isSpoken, type SpokenMessage } from './carried-files.ts';

/** How tokens are guessed from characters: on the safe side for Russian and code. */
export interface TokenRule {
  readonly charactersPerToken: number;
  readonly tokensPerMessage: number;
}
export const tokenRule: TokenRule = { charactersPerToken: 2.5, tokensPerMessage: 8 };
/** Files, between what vendors count: a picture of a megapixel, a page of about three kilobytes of PDF, sound at 128 kbit/s. */
const tokensPerImage = 1_000;
const bytesPerToken = { document: 50, audio: 500 } as const;
/** Part of the window kept for the answer when no length was asked for. */
const answerShare = 0.25;

/** Newest messages of a branch that a model is ever sent, the question included. */
export const longestBranch = 1000;

/** A rough count that errs on the high side; vendors' own counters replace it where they exist. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / tokenRule.charactersPerToken);
}

/** What a part of a request costs by the same rule. */
export function estimatePart(part: MessagePart): number {
  if (part.type === 'text') return estimateTokens(part.text);
  return part.type === 'file' ? estimateFile({ kind: kindOf(part.mediaType), size: part.data.length }) : 0;
}

function estimateFile({ kind, size }: Pick<AttachmentFacts, 'kind' | 'size'>): number {
  return kind === 'image' ? tokensPerImage : Math.ceil(size / bytesPerToken[kind]);
}

export interface ContextInput {
  readonly systemPrompt?: string | undefined;
  /** Oldest first; the last one is the question. */
  readonly messages: readonly SpokenMessage[];
  /** How many of the last messages stay whatever they cost; absent = the question alone. */
  readonly kept?: number | undefined;
  /** Tokens of question and answer together; absent = unknown, nothing is left out. */
  readonly contextWindow?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
}

export interface FittedContext {
  /** Oldest first; the last one is the question. */
  readonly messages: readonly SpokenMessage[];
  /** Oldest messages that did not fit. */
  readonly leftOut: number;
  readonly inputTokens: number;
}

/** The newest turns beside the system prompt, within the model's window. The question itself is never left out: the vendor judges it. */
export function fitMessages(input: ContextInput): FittedContext {
  const spoken = spokenOf(input.messages);
  const budget = inputBudget(input);
  const systemCost = costOfSystem(input);
  let total = systemCost;
  const mustKeep = Math.max(1, input.kept ?? 1);
  let first = spoken.length;
  while (first > 0) {
    const next = spoken[first - 1];
    if (!next) break;
    const withNext = total + cost(next);
    if (withNext > budget && spoken.length - first >= mustKeep) break;
    total = withNext;
    first -= 1;
  }
  // An answer without its question says nothing: begin with a question.
  while (first < spoken.length - 1 && spoken[first]?.role === 'assistant') first += 1;
  const messages = spoken.slice(first);
  return { messages, leftOut: first, inputTokens: messages.reduce((sum, message) => sum + cost(message), systemCost) };
}

/** One way to shorten a conversation: without its `leftOut` oldest messages, the rest costs `inputTokens` before the question's text. */
export interface ContextCut {
  readonly leftOut: number;
  readonly inputTokens: number;
}

/**
 * What `fitMessages` will do with a question whose text is not written yet, only its files are known: of these cuts the first that leaves
 * room for it, else the last. Begins with the one for an empty text, since a longer one never keeps more.
 */
export function listCuts(input: Omit<ContextInput, 'kept'>, files: readonly CarriedFile[] = []): readonly ContextCut[] {
  const question = { role: 'user', text: '', files } as const;
  const messages = [...input.messages, question];
  const spoken = spokenOf(messages).slice(0, -1);
  const fewest = fitMessages({ ...input, messages }).leftOut;
  const cuts: ContextCut[] = [];
  let inputTokens = costOfSystem(input) + costOfFiles(question);
  for (let first = spoken.length; first >= fewest; first -= 1) {
    const message = spoken[first];
    if (message) inputTokens += cost(message);
    if (message?.role !== 'assistant') cuts.push({ leftOut: first, inputTokens });
  }
  return cuts.toReversed();
}

/** Tokens kept free for the answer; absent where the window is not known. */
export function reservedForAnswer(input: Pick<ContextInput, 'contextWindow' | 'maxOutputTokens'>): number | undefined {
  return input.contextWindow ? input.contextWindow - Math.floor(inputBudget(input)) : undefined;
}

function spokenOf(messages: readonly SpokenMessage[]): readonly SpokenMessage[] {
  return messages.filter((message, index) => isSpoken(message, index === messages.length - 1));
}

const costOfText = (text: string): number => estimateTokens(text) + tokenRule.tokensPerMessage;

const cost = (message: SpokenMessage): number => costOfText(message.text) + costOfFiles(message);

/** Of a text that goes inside the message its bytes are known, and no text has more characters than bytes. What is left out leaves its name. */
function costOfFiles({ files = [], leftOut = [] }: SpokenMessage): number {
  const carried = files.reduce(
    (sum, { file, as }) =>
      sum + (as === 'text' ? Math.ceil(file.size / tokenRule.charactersPerToken) : estimateFile(file)) + costOfText(file.name),
    0,
  );
  return leftOut.reduce((sum, { name }) => sum + costOfText(name), carried);
}

const costOfSystem = ({ systemPrompt }: Pick<ContextInput, 'systemPrompt'>): number => (systemPrompt ? costOfText(systemPrompt) : 0);

function inputBudget({ contextWindow, maxOutputTokens }: Pick<ContextInput, 'contextWindow' | 'maxOutputTokens'>): number {
  if (!contextWindow) return Number.POSITIVE_INFINITY;
  const reserved = Math.min(maxOutputTokens ?? contextWindow * answerShare, contextWindow / 2);
  return contextWindow - reserved;
}
