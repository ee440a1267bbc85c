import { randomUUID } from 'node:crypto';
import type { ToolUse } from '../host/question.ts';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import type { Ending, Tokens } from '../host/script.ts';
import { wholeCharacters } from '../host/whole-characters.ts';
import { cachedOf, type Envelope } from './envelope.ts';
import { apiError } from './errors.ts';

const finishReasons: Readonly<Record<Ending['reason'], string>> = {
  final: 'stop',
  truncated: 'length',
  filter: 'blacklist',
  tools: 'function_call',
};

type Members = Readonly<Record<string, unknown>>;

function head({ model, createdAt, quirks }: Envelope): Members {
  const seconds = Math.floor(createdAt / 1000);
  return { model, created_at: quirks.createdAtAsText ? String(seconds) : seconds };
}

function usageOf(envelope: Envelope, tokens: Tokens): Members {
  const { inputTokens, outputTokens } = tokens;
  return {
    input_tokens: inputTokens,
    input_tokens_details: { prompt_tokens: inputTokens, cached_tokens: cachedOf(envelope, tokens) },
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function callMessage(calls: readonly ToolUse[], { stateId, quirks }: Envelope): Members {
  const content = calls.map(({ name, arguments: args }) => ({
    function_call: {
      name,
      arguments: quirks.argumentsAsText ? JSON.stringify(args) : args,
      ...(quirks.hasCallIds ? { id: randomUUID() } : {}),
    },
  }));
  return { role: 'assistant', tool_state_id: stateId, content };
}

const imageParts = ({ imageId }: Envelope): readonly Members[] =>
  imageId === undefined ? [] : [{ files: [{ id: imageId, mime: 'image/jpeg', target: 'image' }] }];

const reasonOf = ({ finishReason }: Envelope, ending: Ending): string => finishReason ?? finishReasons[ending.reason];

export function v2WholeEncoder(envelope: Envelope): AnswerEncoder {
  return {
    begin: () => '',
    piece: () => '',
    reasoning: () => '',
    finish: ({ text, tokens }, ending) => {
      const said = { text: ending.reason === 'filter' ? ending.text : text };
      const message =
        ending.reason === 'tools' ? callMessage(ending.calls, envelope) : { role: 'assistant', content: [...imageParts(envelope), said] };
      const { model, created_at } = head(envelope);
      return JSON.stringify({
        model,
        created_at,
        messages: [message],
        finish_reason: reasonOf(envelope, ending),
        usage: usageOf(envelope, tokens),
      });
    },
    fault: apiError,
  };
}

/** Named events, and nothing after the one that says that it is done. */
export function v2StreamEncoder(envelope: Envelope): AnswerEncoder {
  const whole = wholeCharacters();
  const event = (name: string, members: Members): string =>
    `event: ${name}\ndata: ${JSON.stringify({ ...head(envelope), ...members })}\n\n`;
  const message = (name: string, part: Members): string => event(name, { messages: [{ role: 'assistant', content: [part] }] });
  const delta = (part: Members): string => message('response.message.delta', part);
  const said = ({ piece }: Progress): string => (piece === '' ? '' : delta({ text: whole(piece) }));
  return {
    begin: () => (envelope.imageId === undefined ? '' : drawing(message) + imageParts(envelope).map(delta).join('')),
    piece: said,
    // Where the second version would put it is not known.
    reasoning: () => '',
    finish: (progress, ending) => {
      const last = ending.reason === 'filter' ? delta({ text: ending.text }) : said(progress);
      const messages = ending.reason === 'tools' ? { messages: [callMessage(ending.calls, envelope)] } : {};
      const done = { ...messages, finish_reason: reasonOf(envelope, ending), usage: usageOf(envelope, progress.tokens) };
      return (ending.reason === 'tools' ? '' : last) + event('response.message.done', done);
    },
    fault: () => {
      const usage = usageOf(envelope, { inputTokens: 0, outputTokens: 0 });
      const created_at = String(Math.floor(envelope.createdAt / 1000));
      return event('response.message.done', { created_at, finish_reason: 'error', usage });
    },
  };
}

function drawing(message: (name: string, part: Members) => string): string {
  const execution = (members: Members): Members => ({ tool_execution: { name: 'image_generate', ...members } });
  return (
    message('response.tool.in_progress', execution({ seconds_left: 10 })) +
    message('response.tool.completed', execution({ status: 'success' }))
  );
}
