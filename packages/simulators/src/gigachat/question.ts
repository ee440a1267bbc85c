import type { Question, ToolUse, Turn } from '../host/question.ts';
import { invalidParams, Refusal } from './errors.ts';
import type { StoredFile } from './file-store.ts';
import type { BuiltInFunction, FunctionDefinition } from './function-definitions.ts';
import type { GigaChatModel } from './models.ts';

/** A request of either version, once it is read. */
export interface GigaChatQuestion extends Question {
  readonly isStream: boolean;
  readonly functions: readonly FunctionDefinition[];
  /** Of the vendor's own functions, those that the model may call. */
  readonly builtIn: readonly BuiltInFunction[];
  readonly files: readonly StoredFile[];
  readonly partialArguments: ToolUse['arguments'];
  readonly wantsReasoning: boolean;
}

/** With the files of every message, for the checks that come after. */
export interface ReadQuestion extends GigaChatQuestion {
  readonly filesByMessage: readonly (readonly StoredFile[])[];
}

export interface NumberOptions {
  readonly temperature: unknown;
  readonly topP: unknown;
  readonly maxTokens: unknown;
  readonly repetitionPenalty: unknown;
}

/** `null` and absence stand for the model's own value. */
export function admitNumbers({ temperature, topP, maxTokens, repetitionPenalty }: NumberOptions): void {
  admitNumber(temperature, 'temperature must be in range (0, +inf)', (value) => value > 0);
  admitNumber(topP, 'top_p must be in range [0, 1]', (value) => value >= 0 && value <= 1);
  admitNumber(maxTokens, 'max_tokens must be in range (0, +inf)', (value) => value > 0);
  admitNumber(repetitionPenalty, 'repetition_penalty must be in range (0, +inf)', (value) => value > 0);
}

function admitNumber(value: unknown, complaint: string, isFine: (value: number) => boolean): void {
  if (typeof value === 'number' && !isFine(value)) throw invalidParams(complaint);
}

/** One instruction at most, and it comes first. */
export function admitSystem(turns: readonly Turn[]): void {
  if (turns.some(({ role }, index) => role === 'system' && index > 0)) throw invalidParams('system message must be the first message');
}

/** As the service does before the model sees it: a lone instruction is a question, and neighbours of one role become one. */
export function normalize(turns: readonly Turn[]): readonly Turn[] {
  const [first] = turns;
  if (turns.length === 1 && first?.role === 'system') return [{ ...first, role: 'user' }];
  const merged: Turn[] = [];
  for (const turn of turns) {
    const previous = merged.at(-1);
    if (previous === undefined || !isContinued(previous, turn)) merged.push(turn);
    else merged.splice(-1, 1, { ...previous, text: `${previous.text}\n${turn.text}` });
  }
  return merged;
}

function isContinued(previous: Turn, { role, toolCalls }: Turn): boolean {
  return previous.role === role && (role === 'user' || role === 'assistant') && previous.toolCalls.length + toolCalls.length === 0;
}

/** Files of a conversation, a list for each message. */
export function admitFiles(filesByMessage: readonly (readonly StoredFile[])[], model: GigaChatModel, imagesPerMessage: number): void {
  const images = filesByMessage.map((files) => files.filter(({ kind }) => kind === 'image').length);
  if (images.some((count) => count > imagesPerMessage))
    throw invalidParams(`only ${String(imagesPerMessage)} image per message is allowed`);
  if (images.reduce((sum, count) => sum + count, 0) > 10) throw invalidParams('only 10 images per request are allowed');
  if (images.some((count) => count > 0) && model.seesImages !== true) throw new Refusal(422, 'Requested model does not support images');
}
