import type { CallOptions, ChatModel, ChatRequest, Clock, FileEvent, Localized, ModelMessage, StreamEvent, Usage } from '@multimodel/core';
import { cancelledError, createProviderError } from '@multimodel/provider-sdk';
import { textOf } from '../shared/message-parts.ts';
import { droppedParameter } from '../shared/parameter-warning.ts';
import { composeAnswer, wantsPicture } from './compose-answer.ts';
import { drawPicture } from './draw-picture.ts';

export interface DemoChatModelOptions {
  readonly id: string;
  readonly isKnown: boolean;
  readonly providerId: string;
  readonly clock: Clock;
  readonly pace: 'natural' | 'instant';
}

const pieceDelayMs = 25;
/** In turn: an even rhythm looks like a machine. */
const pieceLengths = [4, 7, 3, 8, 5, 6] as const;
const charactersPerToken = 4;
const unsupported = [
  'temperature',
  'topP',
  'stop',
  'seed',
  'reasoningEffort',
  'responseFormat',
  'tools',
] as const satisfies (keyof ChatRequest)[];

/** Answers with ready-made texts, offline, at the pace of a real model. */
export class DemoChatModel implements ChatModel {
  readonly id: string;
  readonly #options: DemoChatModelOptions;

  constructor(options: DemoChatModelOptions) {
    this.id = options.id;
    this.#options = options;
  }

  async *stream(request: ChatRequest, { signal }: CallOptions): AsyncGenerator<StreamEvent, void, undefined> {
    const { clock, pace, providerId, isKnown } = this.#options;
    if (signal.aborted) throw cancelledError(providerId);
    if (!isKnown) throw createProviderError('model_not_found', noModel(this.id), { providerId });
    for (const name of unsupported) {
      if (request[name] !== undefined) yield droppedParameter(name, `The demo has ready-made answers; ${name} was left out`);
    }
    const { text, isCut } = limit(composeAnswer(request.messages), request.maxOutputTokens);
    for (const piece of split(text)) {
      if (pace === 'natural') await pause(clock, pieceDelayMs, signal);
      if (signal.aborted) throw cancelledError(providerId);
      yield { type: 'text-delta', text: piece };
    }
    if (!isCut) yield* picturesFor(request.messages);
    yield { type: 'finish', reason: isCut ? 'length' : 'stop', usage: estimateUsage(request.messages, text) };
  }
}

function* picturesFor(messages: readonly ModelMessage[]): Generator<FileEvent, void, undefined> {
  if (wantsPicture(messages)) yield { type: 'file', mediaType: 'image/png', name: 'morning.png', data: drawPicture() };
}

function limit(text: string, maxOutputTokens: number | undefined): { readonly text: string; readonly isCut: boolean } {
  const characters = Array.from(text);
  const most = (maxOutputTokens ?? Number.POSITIVE_INFINITY) * charactersPerToken;
  return characters.length > most ? { text: characters.slice(0, most).join(''), isCut: true } : { text, isCut: false };
}

/** By whole characters, so that no pair is torn. */
function* split(text: string): Generator<string, void, undefined> {
  const characters = Array.from(text);
  for (let at = 0, turn = 0; at < characters.length; turn += 1) {
    const length = pieceLengths[turn % pieceLengths.length] ?? 1;
    yield characters.slice(at, at + length).join('');
    at += length;
  }
}

const noModel = (id: string): Localized => ({ ru: `В демо нет модели «${id}»`, en: `The demo has no model "${id}"` });

/** Ends early, without an error, when the signal is aborted. */
function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(delayMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}

function estimateUsage(messages: readonly ModelMessage[], answer: string): Usage {
  const question = messages.map(({ parts }) => textOf(parts)).join('');
  const count = (text: string): number => Math.ceil(text.length / charactersPerToken);
  return { inputTokens: count(question), outputTokens: count(answer), isEstimated: true };
}
