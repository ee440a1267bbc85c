import { randomBytes } from 'node:crypto';
import type { ToolUse } from '../host/question.ts';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import type { Ending, Fault, Tokens } from '../host/script.ts';
import { wholeCharacters } from '../host/whole-characters.ts';
import { errorBody } from './errors.ts';

const stopReasons: Readonly<Record<Ending['reason'], string>> = {
  final: 'end_turn',
  truncated: 'max_tokens',
  filter: 'refusal',
  tools: 'tool_use',
};

const event = (type: string, members: Readonly<Record<string, unknown>> = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`;

const makeId = (prefix: string): string => `${prefix}_01${randomBytes(11).toString('hex')}`;

type BlockType = 'text' | 'thinking';

/** Blocks one after the other, each with a start, deltas and a stop. */
class MessageEncoder implements AnswerEncoder {
  readonly #model: string;
  readonly #inputTokens: number;
  readonly #whole = wholeCharacters();
  #index = -1;
  #open: BlockType | undefined;

  constructor(model: string, inputTokens: number) {
    this.#model = model;
    this.#inputTokens = inputTokens;
  }

  begin(): string {
    const usage = { ...this.#inputUsage(), output_tokens: 1 };
    const message = { id: makeId('msg'), type: 'message', role: 'assistant', model: this.#model, content: [], stop_reason: null, usage };
    return event('message_start', { message }) + event('ping');
  }

  piece({ piece }: Progress): string {
    if (piece === '') return '';
    return this.#enter('text') + this.#delta({ type: 'text_delta', text: this.#whole(piece) });
  }

  reasoning(text: string): string {
    return this.#enter('thinking') + this.#delta({ type: 'thinking_delta', thinking: text });
  }

  finish(progress: Progress, ending: Ending): string {
    const last = this.piece(progress) + this.#leave();
    const calls = ending.reason === 'tools' ? ending.calls.map((call) => this.#call(call)).join('') : '';
    const details = ending.reason === 'filter' ? { stop_details: { type: 'refusal', category: 'general_harms', explanation: null } } : {};
    const delta = { stop_reason: stopReasons[ending.reason], stop_sequence: null, ...details };
    return last + calls + event('message_delta', { delta, usage: this.#usage(progress.tokens) }) + event('message_stop');
  }

  fault(fault: Fault): string {
    return `event: error\ndata: ${errorBody(fault.status, fault.message)}\n`;
  }

  #enter(type: BlockType): string {
    if (this.#open === type) return '';
    const closed = this.#leave();
    this.#index += 1;
    this.#open = type;
    const block = type === 'text' ? { type, text: '' } : { type, thinking: '', signature: '' };
    return closed + event('content_block_start', { index: this.#index, content_block: block });
  }

  #leave(): string {
    const type = this.#open;
    if (type === undefined) return '';
    this.#open = undefined;
    const signature = type === 'thinking' ? this.#delta({ type: 'signature_delta', signature: 'EqQBsimulated' }) : '';
    return signature + event('content_block_stop', { index: this.#index });
  }

  #delta(delta: Readonly<Record<string, unknown>>): string {
    return event('content_block_delta', { index: this.#index, delta });
  }

  /** Arguments come as pieces of JSON, the first of which is empty. */
  #call({ name, arguments: args }: ToolUse): string {
    this.#index += 1;
    const block = { type: 'tool_use', id: makeId('toolu'), name, input: {} };
    const text = JSON.stringify(args);
    const middle = Math.ceil(text.length / 2);
    const pieces = text === '{}' ? [''] : ['', text.slice(0, middle), text.slice(middle)];
    const deltas = pieces.map((piece) => this.#delta({ type: 'input_json_delta', partial_json: piece })).join('');
    return (
      event('content_block_start', { index: this.#index, content_block: block }) +
      deltas +
      event('content_block_stop', { index: this.#index })
    );
  }

  #usage({ outputTokens, reasoningTokens }: Tokens): Readonly<Record<string, unknown>> {
    const details = reasoningTokens === undefined ? {} : { output_tokens_details: { thinking_tokens: reasoningTokens } };
    return { ...this.#inputUsage(), output_tokens: outputTokens, ...details };
  }

  #inputUsage(): Readonly<Record<string, unknown>> {
    return { input_tokens: this.#inputTokens, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  }
}

export function messageEncoder(model: string, inputTokens: number): AnswerEncoder {
  return new MessageEncoder(model, inputTokens);
}
