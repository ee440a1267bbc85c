import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelMessage } from '../model/chat-request.ts';
import { toChatId, toMessageId } from '../shared/ids.ts';
import { type ContextInput, estimateTokens, fitMessages } from './context-builder.ts';
import type { Message } from './message.ts';
import { toModelMessages } from './model-messages.ts';

function buildContext(input: ContextInput) {
  const fitted = fitMessages(input);
  return { ...fitted, messages: toModelMessages(input.systemPrompt, fitted.messages, new Map()) };
}

const says = (role: Message['role'], text: string, state: Message['state'] = 'completed'): Message => ({
  id: toMessageId(text),
  chatId: toChatId('chat'),
  role,
  text,
  state,
  createdAt: 0,
});
const user = (text: string): Message => says('user', text);
const assistant = (text: string): Message => says('assistant', text);
const textOf = ({ role, parts }: ModelMessage): string =>
  `${role}: ${parts.map((part) => (part.type === 'text' ? part.text : part.type)).join('|')}`;
/** A text of that many tokens, message costs included. */
const ofTokens = (tokens: number): string => 'x'.repeat((tokens - 8) * 2.5);

test('without a known window everything goes', () => {
  const { messages, leftOut } = buildContext({ systemPrompt: 'Be brief', messages: [user('a'), assistant('b'), user('c')] });
  expect(messages.map(textOf)).toEqual(['system: Be brief', 'user: a', 'assistant: b', 'user: c']);
  expect(leftOut).toBe(0);
});

test('the newest turns that fit are kept, beginning with a question', () => {
  const turns = [user(ofTokens(100)), assistant(ofTokens(100)), user(ofTokens(100)), assistant(ofTokens(100)), user(ofTokens(50))];
  // 400 less a quarter for the answer: 50 + 100 + 100 fit, and one more would not.
  const { messages, leftOut, inputTokens } = buildContext({ messages: turns, contextWindow: 400 });
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect([leftOut, inputTokens]).toEqual([2, 250]);
  // Room for the answer alone: it says nothing without its question.
  const tight = buildContext({ messages: turns, contextWindow: 240 });
  expect(tight.messages.map(({ role }) => role)).toEqual(['user']);
  expect([tight.leftOut, tight.inputTokens]).toEqual([4, 50]);
});

test('the asked length of the answer is kept free, but never more than half of the window', () => {
  const turns = [user(ofTokens(100)), assistant(ofTokens(100)), user(ofTokens(100))];
  expect(buildContext({ messages: turns, contextWindow: 400, maxOutputTokens: 100 }).leftOut).toBe(0);
  expect(buildContext({ messages: turns, contextWindow: 400, maxOutputTokens: 101 }).leftOut).toBe(2);
  expect(buildContext({ messages: turns, contextWindow: 600, maxOutputTokens: 1_000_000 }).leftOut).toBe(0);
});

test('a system prompt and a question larger than the window go all the same: the vendor judges them', () => {
  const { messages, leftOut } = buildContext({
    systemPrompt: ofTokens(500),
    messages: [user('old'), assistant('older'), user(ofTokens(900))],
    contextWindow: 100,
  });
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(leftOut).toBe(2);
});

test('an unfinished answer goes with its question and the instruction, whatever they cost', () => {
  const turns = [user('old'), assistant('older'), user(ofTokens(300)), assistant(ofTokens(300)), user('go on')];
  const { messages, leftOut } = buildContext({ messages: turns, kept: 3, contextWindow: 100 });
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(leftOut).toBe(2);
});

describe('speakers take turns', () => {
  test('questions whose answer said nothing are put together', () => {
    const branch = [user('a'), says('assistant', '', 'failed'), user('b'), says('assistant', ' \n', 'interrupted'), user('c')];
    const { messages, leftOut } = buildContext({ messages: branch });
    expect(messages.map(textOf)).toEqual(['user: a\n\nb\n\nc']);
    expect(leftOut).toBe(0);
  });

  test('what a stopped or interrupted answer has said stays', () => {
    const { messages } = buildContext({ messages: [user('a'), says('assistant', 'half', 'interrupted'), user('go on')] });
    expect(messages.map(textOf)).toEqual(['user: a', 'assistant: half', 'user: go on']);
  });

  test('a branch that was cut before an answer begins with the next question', () => {
    const { messages, leftOut } = buildContext({ messages: [assistant('b'), user('c')] });
    expect(messages.map(textOf)).toEqual(['user: c']);
    expect(leftOut).toBe(1);
  });

  test('a question of blanks is still the question', () => {
    expect(buildContext({ messages: [user('a'), assistant('b'), user(' ')] }).messages).toHaveLength(3);
  });
});

const message = fc
  .tuple(fc.constantFrom('user', 'assistant'), fc.string({ maxLength: 60 }))
  .map(([role, text]) => says(role === 'user' ? 'user' : 'assistant', text));
const input = fc.record({
  systemPrompt: fc.option(fc.string({ maxLength: 80 }), { nil: undefined }),
  messages: fc.array(message, { maxLength: 30 }),
  contextWindow: fc.option(fc.integer({ min: 1, max: 800 }), { nil: undefined }),
  maxOutputTokens: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
});

test('whatever was said: roles alternate, the question is last, and the newest are kept within the budget', () => {
  fc.assert(
    fc.property(input, fc.string({ minLength: 1 }), (given, question) => {
      const { messages, leftOut, inputTokens } = buildContext({ ...given, messages: [...given.messages, user(question)] });
      const said = messages.filter(({ role }) => role !== 'system');
      expect(said.map(({ role }) => role)).toEqual(said.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant')));
      expect(said.at(-1)?.role).toBe('user');
      expect(textOf(said.at(-1) ?? said[0] ?? { role: 'user', parts: [] }).endsWith(question)).toBe(true);
      if (given.contextWindow !== undefined && said.length > 1) expect(inputTokens).toBeLessThanOrEqual(given.contextWindow);
      if (given.contextWindow === undefined && given.messages[0]?.role === 'user' && given.messages[0].text.trim() !== '')
        expect(leftOut).toBe(0);
    }),
  );
});

test('an estimate errs on the high side', () => {
  expect([estimateTokens(''), estimateTokens('a'), estimateTokens('x'.repeat(25))]).toEqual([0, 1, 10]);
});
