import assert from 'node:assert/strict';
import type { ModelMessage } from '@multimodel/core';
import { collectAnswer } from '../model/collect-answer.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { ask, type ConformanceContext, collectEvents, newSignal, within } from './conformance-context.ts';

const pieces = ['Здравствуйте', ', ', 'world', '! ', '👩‍👩‍👧‍👦', ' 🇷🇺', ' 𝒳', ' 汉字', ' e\u0301', '\n\n```ts\nconst a = "\\u0041";\n```'];
const text = pieces.join('');

async function answerOf({ model }: ConformanceContext, question = 'Привет') {
  return within(collectAnswer(model.stream(ask(question), { signal: newSignal() })), 'the answer');
}

async function manyAtOnce(context: ConformanceContext): Promise<void> {
  const { simulator, provider } = context;
  simulator.play({ kind: 'answer', pieces, chunkBytes: 7 });
  const questions = Array.from({ length: Math.min(20, provider.limits.concurrency ?? 20) }, (_, index) => `question-${index}.`);
  const answers = await Promise.all(questions.map((question) => answerOf(context, question)));
  for (const answer of answers) assert.equal(answer.text, text);
  const bodies = simulator.requests.map(({ body }) => body);
  for (const question of questions)
    assert.ok(
      bodies.some((body) => body.includes(question)),
      `${question} did not arrive`,
    );
}

async function longContext(context: ConformanceContext): Promise<void> {
  const { simulator, model } = context;
  simulator.play({ kind: 'answer', pieces: ['ok'] });
  const texts = Array.from({ length: 100 }, (_, index) => `message-${index}: ${'Привет, мир. '.repeat(90)}end-${index}.`);
  const messages = texts.map((each, index): ModelMessage => ({ role: roleAt(index), parts: [{ type: 'text', text: each }] }));
  await within(collectAnswer(model.stream({ messages }, { signal: newSignal() })), 'the answer');
  const bodies = simulator.requests.map(({ body }) => plainJson(body));
  const arrived = bodies.find((body) => body.includes('end-99.')) ?? '';
  for (const each of texts) assert.ok(arrived.includes(each), `A message did not arrive whole: ${each.slice(0, 12)}`);
}

/** Instructions first, then question and answer in turn, a question last. */
function roleAt(index: number): ModelMessage['role'] {
  if (index === 0) return 'system';
  return index % 2 === 1 ? 'user' : 'assistant';
}

/** The same JSON without `\u` escapes, which a plugin may or may not write. */
function plainJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

export const answerCases: readonly ConformanceCase[] = [
  {
    name: 'the events add up to the text that the vendor sent',
    async run(context) {
      context.simulator.play({ kind: 'answer', pieces });
      assert.equal((await answerOf(context)).text, text);
    },
  },
  {
    name: 'bytes one by one give the same text: Cyrillic, emoji, joiners and combining marks survive',
    async run(context) {
      context.simulator.play({ kind: 'answer', pieces, chunkBytes: 1 });
      assert.equal((await answerOf(context)).text, text);
    },
  },
  {
    name: 'the usage that the vendor counted is reported',
    async run(context) {
      context.simulator.play({ kind: 'answer', pieces, usage: { inputTokens: 17, outputTokens: 42 } });
      const { usage } = await answerOf(context);
      assert.equal(usage?.inputTokens, 17);
      assert.equal(usage?.outputTokens, 42);
      assert.ok(!usage.isEstimated, 'Counted by the vendor, yet marked as estimated');
    },
  },
  {
    name: 'there is exactly one finish and it is last; no text event is empty',
    async run({ simulator, model }) {
      simulator.play({ kind: 'answer', pieces: ['a', 'b'], usage: { inputTokens: 1, outputTokens: 2 } });
      const events = await collectEvents(model.stream(ask('Привет'), { signal: newSignal() }));
      assert.equal(events.filter(({ type }) => type === 'finish').length, 1);
      const last = events.at(-1);
      assert.ok(last?.type === 'finish');
      assert.equal(last.reason, 'stop');
      assert.ok(!events.some((event) => event.type === 'text-delta' && event.text === ''), 'An empty text event');
    },
  },
  { name: 'a long conversation (100 messages, 200 kB) arrives whole', run: longContext },
  { name: 'calls at the same time do not mix', run: manyAtOnce },
  {
    name: 'a second call on the same model starts afresh',
    async run(context) {
      context.simulator.play({ kind: 'answer', pieces });
      await answerOf(context);
      assert.equal((await answerOf(context)).text, text);
    },
  },
];
