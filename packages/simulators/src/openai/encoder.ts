import { randomUUID } from 'node:crypto';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import type { Ending, Fault, Tokens } from '../host/script.ts';
import { wholeCharacters } from '../host/whole-characters.ts';
import { errorValue } from './errors.ts';
import type { OpenAiQuirks } from './quirks.ts';
import { callDeltas, wholeCalls } from './tool-calls.ts';

export interface Envelope {
  readonly model: string;
  readonly createdAt: number;
  readonly quirks: OpenAiQuirks;
  readonly asksForUsage: boolean;
}

type Members = Readonly<Record<string, unknown>>;

const finishReasons: Readonly<Record<Ending['reason'], string>> = {
  final: 'stop',
  truncated: 'length',
  filter: 'content_filter',
  tools: 'tool_calls',
};

function usageOf({ inputTokens, outputTokens, reasoningTokens }: Tokens): Members {
  const details = reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } };
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens, ...details };
}

const head = ({ model, createdAt }: Envelope, object: string): Members => ({
  id: `chatcmpl-${randomUUID()}`,
  object,
  created: Math.floor(createdAt / 1000),
  model,
});

export function wholeEncoder(envelope: Envelope): AnswerEncoder {
  const { quirks } = envelope;
  return {
    begin: () => '',
    piece: () => '',
    reasoning: () => '',
    finish({ text, reasoning, tokens }, ending) {
      const content = ending.reason === 'tools' ? null : ending.reason === 'filter' ? ending.text : text;
      const calls = ending.reason === 'tools' ? { tool_calls: wholeCalls(ending.calls, quirks) } : {};
      const message = { role: 'assistant', content, ...(reasoning === '' ? {} : thoughtIn(reasoning, quirks)), ...calls };
      const choices = [{ index: 0, message, finish_reason: finishReasons[ending.reason] }];
      return `${JSON.stringify({ ...head(envelope, 'chat.completion'), choices, usage: usageOf(tokens) })}\n`;
    },
    fault: (fault) => `${JSON.stringify(errorValue(fault, quirks.errors))}\n`,
  };
}

function thoughtIn(text: string, { reasoning }: OpenAiQuirks): Members {
  switch (reasoning) {
    case 'reasoning_content':
    case 'reasoning':
      return { [reasoning]: text };
    case 'both':
      return { reasoning: text, reasoning_content: text };
    case 'parts':
      return { content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] };
    case 'think-tags':
      return { content: text };
    default:
      return reasoning satisfies never;
  }
}

export const streamEncoder = (envelope: Envelope): AnswerEncoder => new StreamEncoder(envelope);

/** The chunks of one streamed answer. */
class StreamEncoder implements AnswerEncoder {
  readonly #envelope: Envelope;
  readonly #head: Members;
  readonly #whole = wholeCharacters();
  #isThinking = false;
  #pieces = 0;

  constructor(envelope: Envelope) {
    this.#envelope = envelope;
    this.#head = head(envelope, 'chat.completion.chunk');
  }

  begin(): string {
    return this.#comment() + this.#chunk({ role: 'assistant', content: '' });
  }

  piece({ piece, tokens }: Progress): string {
    if (piece === '') return '';
    this.#pieces += 1;
    const comment = this.#pieces === 1 ? this.#comment() : '';
    return comment + this.#chunk({ content: this.#tagged(this.#whole(piece)) }, undefined, tokens);
  }

  reasoning(text: string): string {
    const { quirks } = this.#envelope;
    if (quirks.reasoning !== 'think-tags') return this.#chunk(thoughtIn(text, quirks));
    const opening = this.#isThinking ? '' : '<think>\n';
    this.#isThinking = true;
    return this.#chunk({ content: opening + text });
  }

  finish(progress: Progress, ending: Ending): string {
    const { quirks } = this.#envelope;
    const reason = finishReasons[ending.reason];
    const calls = ending.reason === 'tools' ? callDeltas(ending.calls, quirks).map((delta) => this.#chunk(delta)) : [];
    const filtered = ending.reason === 'filter' ? this.#chunk({ content: ending.text }) : '';
    const last = this.#chunk({}, reason, progress.tokens);
    return this.piece(progress) + calls.join('') + filtered + last + this.#usageChunk(progress.tokens) + this.#marker();
  }

  fault(fault: Fault): string {
    return this.#data(errorValue(fault, this.#envelope.quirks.errors));
  }

  /** The tag closes when the answer itself begins. */
  #tagged(text: string): string {
    if (!this.#isThinking) return text;
    this.#isThinking = false;
    return `\n</think>\n\n${text}`;
  }

  #chunk(delta: Members, reason?: string, tokens?: Tokens): string {
    const place = this.#envelope.quirks.usage;
    const isLast = reason !== undefined;
    const usage = tokens === undefined ? {} : { usage: usageOf(tokens) };
    const choice = { index: 0, delta, finish_reason: reason ?? null, ...(place === 'choice' && isLast ? usage : {}) };
    const counted = place === 'every-chunk' || (place === 'finishing-chunk' && isLast) ? usage : {};
    const groq = place === 'x-groq' && isLast ? { x_groq: { id: 'req_simulated', ...usage } } : {};
    return this.#data({ ...this.#head, choices: [choice], ...counted, ...groq });
  }

  #usageChunk(tokens: Tokens): string {
    const { quirks, asksForUsage } = this.#envelope;
    const isSent = quirks.usage === 'last-chunk' || (quirks.usage === 'asked' && asksForUsage);
    return isSent ? this.#data({ ...this.#head, choices: [], usage: usageOf(tokens) }) : '';
  }

  #comment(): string {
    return this.#envelope.quirks.hasComments ? ': OPENROUTER PROCESSING\n\n' : '';
  }

  #marker(): string {
    return this.#envelope.quirks.hasNoMarker ? '' : 'data: [DONE]\n\n';
  }

  #data(members: Members): string {
    return `data: ${JSON.stringify(members)}\n\n`;
  }
}
