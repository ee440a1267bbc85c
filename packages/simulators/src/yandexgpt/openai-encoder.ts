import { randomBytes, randomUUID } from 'node:crypto';
import type { ToolUse } from '../host/question.ts';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import { spacedJson } from '../host/schema-sample.ts';
import type { Ending, Fault, Tokens } from '../host/script.ts';
import { wholeCharacters } from '../host/whole-characters.ts';
import { openaiError } from './errors.ts';

/** Two back ends answer behind one URL, each in its own dialect: A serves the vendor's own models, B the open-weight ones. */
export type Family = 'a' | 'b';

export interface Envelope {
  readonly family: Family;
  /** As the request named it. */
  readonly requestedModel: string;
  readonly modelId: string;
  readonly createdAt: number;
}

const finishReasons: Readonly<Record<Ending['reason'], string>> = {
  final: 'stop',
  truncated: 'length',
  filter: 'content_filter',
  tools: 'tool_calls',
};

function head({ family, requestedModel, modelId, createdAt }: Envelope, object: string): Readonly<Record<string, unknown>> {
  const uuid = randomUUID();
  return {
    id: family === 'a' ? uuid : `chatcmpl-${uuid}`,
    object,
    created: Math.floor(createdAt / 1000),
    // Family B drops the folder from the model it echoes.
    model: family === 'a' ? requestedModel : `gpt://${modelId}/latest`,
  };
}

function usageOf({ inputTokens, outputTokens, reasoningTokens }: Tokens): Readonly<Record<string, unknown>> {
  const details = reasoningTokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoningTokens } };
  return { prompt_tokens: inputTokens, total_tokens: inputTokens + outputTokens, completion_tokens: outputTokens, ...details };
}

/** Family A has no ids of its own: the id of a call is the name of the function. */
function toolCalls(calls: readonly ToolUse[], family: Family): readonly unknown[] {
  return calls.map((call, index) => ({
    index,
    id: family === 'a' ? call.name : `chatcmpl-tool-${randomBytes(16).toString('hex')}`,
    type: 'function',
    function: { name: call.name, arguments: family === 'a' ? JSON.stringify(call.arguments) : spacedJson(call.arguments) },
  }));
}

export function openaiWholeEncoder(envelope: Envelope): AnswerEncoder {
  const { family } = envelope;
  return {
    begin: () => '',
    piece: () => '',
    reasoning: () => '',
    finish({ text, reasoning, tokens }, ending) {
      const content = ending.reason === 'filter' ? ending.text : text;
      const thoughts = reasoning === '' || family === 'a' ? {} : { reasoning_content: reasoning };
      const message =
        ending.reason === 'tools'
          ? { role: 'assistant', content: '', tool_calls: toolCalls(ending.calls, family) }
          : { role: 'assistant', content, ...thoughts };
      const choices = [{ index: 0, message, finish_reason: finishReasons[ending.reason] }];
      return `${JSON.stringify({ ...head(envelope, 'chat.completion'), choices, usage: usageOf(tokens) })}\n`;
    },
    fault: (fault: Fault) => openaiError(fault),
  };
}

export function openaiStreamEncoder(envelope: Envelope): AnswerEncoder {
  const common = head(envelope, 'chat.completion.chunk');
  const data = (members: Readonly<Record<string, unknown>>): string => `data: ${JSON.stringify({ ...common, ...members })}\n\n`;
  const chunk = (delta: unknown, reason?: string): string =>
    data({ choices: [{ index: 0, delta, ...(reason === undefined ? {} : { finish_reason: reason }) }] });
  return envelope.family === 'a' ? familyA(chunk) : familyB(chunk, data);
}

type Chunk = (delta: unknown, reason?: string) => string;
const done = 'data: [DONE]\n\n';
const faultData = (fault: Fault): string => `data: ${JSON.stringify({ error: { message: fault.message } })}\n\n`;

/** Role in the first delta, the end in the last content chunk, and no usage at all. */
function familyA(chunk: Chunk): AnswerEncoder {
  let isFirst = true;
  const whole = wholeCharacters();
  const delta = (members: Readonly<Record<string, unknown>>, reason?: string): string => {
    const role = isFirst ? { role: 'assistant' } : {};
    isFirst = false;
    return chunk({ ...role, ...members }, reason);
  };
  return {
    begin: () => '',
    piece: ({ piece }) => delta({ content: whole(piece) }),
    reasoning: () => '',
    finish({ piece }, ending) {
      const reason = finishReasons[ending.reason];
      if (ending.reason === 'tools') return delta({ content: '', tool_calls: toolCalls(ending.calls, 'a') }, reason) + done;
      return delta({ content: ending.reason === 'filter' ? ending.text : whole(piece) }, reason) + done;
    },
    fault: faultData,
  };
}

/** Role alone first, an empty delta now and then, the end apart, and usage in a chunk without choices. */
function familyB(chunk: Chunk, data: (members: Readonly<Record<string, unknown>>) => string): AnswerEncoder {
  const whole = wholeCharacters();
  let pieces = 0;
  const content = ({ piece }: Progress): string => {
    if (piece === '') return '';
    pieces += 1;
    return chunk({ content: whole(piece) }) + (pieces === 1 ? chunk({}) : '');
  };
  return {
    begin: () => chunk({ role: 'assistant' }),
    piece: content,
    reasoning: (text) => chunk({ reasoning_content: text }),
    finish(progress, ending) {
      const reason = finishReasons[ending.reason];
      const usage = data({ choices: [], usage: usageOf(progress.tokens) });
      if (ending.reason === 'tools') return toolPieces(ending.calls, chunk) + chunk({}, reason) + usage + done;
      const last = ending.reason === 'filter' ? chunk({ content: ending.text }, reason) : content(progress) + chunk({}, reason);
      return last + usage + done;
    },
    fault: faultData,
  };
}

/** Continuation pieces carry empty strings where others leave members out. */
function toolPieces(calls: readonly ToolUse[], chunk: Chunk): string {
  return calls
    .map((call, index) => {
      const text = spacedJson(call.arguments);
      const middle = Math.ceil(text.length / 2);
      const id = `chatcmpl-tool-${randomBytes(16).toString('hex')}`;
      const first = { index, id, type: index % 2 === 0 ? 'function' : '', function: { name: call.name, arguments: '' } };
      const more = [text.slice(0, middle), text.slice(middle)].map((part) => ({
        index,
        id: '',
        type: '',
        function: { name: '', arguments: part },
      }));
      return [first, ...more].map((piece) => chunk({ tool_calls: [piece] })).join('');
    })
    .join('');
}
