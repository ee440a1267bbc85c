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

/** Members in the order of the wire: choices first. There is no id. */
function head({ model, createdAt }: Envelope): Members {
  return { created: Math.floor(createdAt / 1000), model, object: 'chat.completion' };
}

function usageOf(envelope: Envelope, tokens: Tokens): Members {
  const { inputTokens, outputTokens } = tokens;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    precached_prompt_tokens: cachedOf(envelope, tokens),
  };
}

const reasonOf = ({ finishReason }: Envelope, ending: Ending): string => finishReason ?? finishReasons[ending.reason];

/** One call in a message at most. */
function callMembers([call]: readonly ToolUse[], { stateId, quirks }: Envelope): Members {
  if (call === undefined) return {};
  const args = quirks.argumentsAsText ? JSON.stringify(call.arguments) : call.arguments;
  return { function_call: { name: call.name, arguments: args }, functions_state_id: stateId };
}

export function v1WholeEncoder(envelope: Envelope): AnswerEncoder {
  return {
    begin: () => '',
    piece: () => '',
    reasoning: () => '',
    finish: ({ text, reasoning, tokens }, ending) => {
      const content = ending.reason === 'filter' ? ending.text : text;
      const thoughts = reasoning === '' ? {} : { reasoning_content: reasoning };
      const state = envelope.imageId === undefined ? {} : { functions_state_id: envelope.stateId };
      const message =
        ending.reason === 'tools'
          ? { content: '', role: 'assistant', ...callMembers(ending.calls, envelope) }
          : { content, role: 'assistant', ...thoughts, ...state };
      const choices = [{ message, index: 0, finish_reason: reasonOf(envelope, ending) }];
      return JSON.stringify({ choices, ...head(envelope), usage: usageOf(envelope, tokens) });
    },
    fault: apiError,
  };
}

/** Role in the first delta, no end until the last chunk, and that one has the counts too. */
export function v1StreamEncoder(envelope: Envelope): AnswerEncoder {
  const whole = wholeCharacters();
  const chunk = (choice: Members, more: Members = {}): string =>
    `data: ${JSON.stringify({ choices: [choice], ...head(envelope), ...more })}\n\n`;
  let isFirst = true;
  const delta = (members: Members): string => {
    const role = isFirst ? { role: 'assistant' } : {};
    isFirst = false;
    return chunk({ delta: { ...members, ...role }, index: 0 });
  };
  const said = ({ piece }: Progress): string => (piece === '' ? '' : delta({ content: whole(piece) }));
  const middle = (progress: Progress, ending: Ending): string => {
    if (ending.reason === 'tools') return delta({ content: '', ...callMembers(ending.calls, envelope) });
    return ending.reason === 'filter' ? delta({ content: ending.text }) : said(progress);
  };
  return {
    begin: () => (envelope.imageId === undefined ? '' : imageProgress(envelope, chunk)),
    piece: said,
    reasoning: (text) => delta({ reasoning_content: text }),
    finish: (progress, ending) => {
      const closing = { delta: { content: '' }, index: 0, finish_reason: reasonOf(envelope, ending) };
      return `${middle(progress, ending)}${chunk(closing, { usage: usageOf(envelope, progress.tokens) })}data: [DONE]\n\n`;
    },
    fault: (fault) => `data: ${apiError(fault)}\n`,
  };
}

/** The vendor's own function says how long it will take; this is no part of the answer. */
function imageProgress({ createdAt }: Envelope, chunk: (choice: Members) => string): string {
  const created = Math.floor(createdAt / 1000);
  return ['Осталось 10 секунд', 'Осталось 5 секунд']
    .map((content) => chunk({ delta: { content, role: 'function_in_progress', name: 'text2image', created }, index: 0 }))
    .join('');
}
