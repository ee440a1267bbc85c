import { readFileSync } from 'node:fs';
import { defaultAnswer } from '../host/answers.ts';
import { filterRefusal } from '../host/directives.ts';
import { planFromQuestion } from '../host/plan.ts';
import { lastUserText, type Question } from '../host/question.ts';
import { sampleObject } from '../host/schema-sample.ts';
import { answerScript, finish, type Plan, type Script } from '../host/script.ts';
import { countTokens } from '../host/tokens.ts';
import { Refusal, refusalOf } from './errors.ts';
import type { GigaChatModel } from './models.ts';
import type { GigaChatQuestion } from './question.ts';
import { planOf } from './scenarios.ts';
import type { Call } from './service.ts';

/** What will be answered, and what an answer says of itself beside its text. */
export interface PreparedAnswer {
  readonly script: Script;
  readonly imageId?: string | undefined;
  /** The question was refused before the model saw it. */
  readonly isBlocked?: boolean | undefined;
}

export function countInput({ turns, files }: GigaChatQuestion): number {
  const texts = files.filter(({ kind }) => kind === 'text').map(({ bytes }) => Buffer.from(bytes).toString());
  const said = turns.map(({ text, toolResults }) => text + toolResults.map(({ content }) => content).join(''));
  return [...said, ...texts].reduce((sum, text) => sum + countTokens(text) + 3, 0);
}

/** Throws what the vendor refuses before it begins. A played scenario is not measured against the window. */
export function prepareAnswer(question: GigaChatQuestion, model: GigaChatModel, call: Call): PreparedAnswer {
  const plan = planOf(call.service.scenario, question);
  if (plan !== undefined) return { script: scriptOf(plan) };
  admitLength(question, model);
  const text = lastUserText(question);
  if (call.service.blockedWords.some((word) => text.includes(word))) {
    return { script: { steps: [finish({ reason: 'filter', text: filterRefusal })] }, isBlocked: true };
  }
  return pictureOf(question, call) ?? { script: scriptOf(exampleCall(question) ?? planFromText(question, model, call)) };
}

function scriptOf(plan: Plan): Script {
  if (plan.type === 'script') return plan.script;
  throw refusalOf(plan.status, { envelope: plan.isHtml === true ? 'html' : 'api', retryAfterSeconds: plan.retryAfterSeconds });
}

function admitLength(question: GigaChatQuestion, { contextWindow }: GigaChatModel): void {
  const count = countInput(question);
  if (count <= contextWindow) return;
  throw new Refusal(422, `CONTEXT_TOO_LONG: context too long ${String(count)}, maximum allowed context is ${String(contextWindow)}`);
}

/** The vendor's own function draws when it may and is asked to. */
function pictureOf(question: GigaChatQuestion, { service, member, exchange }: Call): PreparedAnswer | undefined {
  const text = lastUserText(question);
  if (!question.builtIn.includes('text2image') || !/нарисуй|\bdraw\b/iu.test(text)) return undefined;
  const { id } = service.files.add({
    owner: member.account,
    clientId: exchange.headers['x-client-id'],
    name: 'image.jpg',
    mime: 'image/jpeg',
    kind: 'image',
    bytes: readFileSync(drawnCat),
  });
  const isV1 = !/\/v2\//u.test(exchange.path);
  const tag = isV1 ? [`<img src="${id}"`, ' fuse="true"/>'] : [];
  return { script: answerScript([...tag, ' Вот', ' что получилось.']), imageId: id };
}

const drawnCat = new URL('./fixtures/drawn.jpg', import.meta.url);

/** Calls a function for the very question that its own examples show. */
function exampleCall(question: GigaChatQuestion): Plan | undefined {
  const hasResults = (question.turns.at(-1)?.toolResults.length ?? 0) > 0;
  if (question.toolChoice !== 'auto' || hasResults) return undefined;
  const text = lastUserText(question);
  for (const { name, examples } of question.functions) {
    const example = examples.find(({ request }) => request !== '' && text.includes(request));
    if (example !== undefined) return callPlan([{ name, arguments: example.params }]);
  }
  return undefined;
}

const callPlan = (calls: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[]): Plan => ({
  type: 'script',
  script: { steps: [finish({ reason: 'tools', calls })] },
});

function planFromText(question: GigaChatQuestion, model: GigaChatModel, { service }: Call): Plan {
  const { format, partialArguments } = question;
  const hasText = format.type !== 'json-schema';
  const answer = hasText ? (service.answer ?? ((asked: Question) => [...seen(question), ...defaultAnswer(asked)])) : undefined;
  const plan = planFromQuestion({ ...question, format: { type: 'text' } }, service.failures, answer ?? (() => prettyPieces(format)));
  if (plan.type === 'fail') return plan;
  const steps = plan.script.steps.map((step) => {
    if (step.type !== 'finish' || step.ending.reason !== 'tools') return step;
    const calls = step.ending.calls.map((each) => ({ ...each, arguments: { ...each.arguments, ...partialArguments } }));
    return finish({ reason: 'tools', calls });
  });
  const thoughts = question.wantsReasoning && model.reasons === true ? reasoningSteps : [];
  return { ...plan, script: { ...plan.script, steps: [...thoughts, ...steps] } };
}

const reasoningSteps = ['Подумаю', ' над вопросом.'].map((text) => ({ type: 'reasoning', text }) as const);

/** With line breaks and indents, as the vendor writes it. */
function prettyPieces(format: Question['format']): readonly string[] {
  if (format.type !== 'json-schema') return [];
  return (
    JSON.stringify(sampleObject(format.schema), null, 2)
      .match(/[^\n]*\n?/gu)
      ?.filter((line) => line !== '') ?? []
  );
}

function seen({ files }: GigaChatQuestion): readonly string[] {
  return files.map(({ name, mime, bytes }) => `Вижу файл ${name} (${mime}, ${String(bytes.byteLength)} Б).\n\n`);
}
