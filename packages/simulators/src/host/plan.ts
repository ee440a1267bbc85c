import type { ConformanceScenario } from '../conformance.ts';
import { defaultAnswer } from './answers.ts';
import { type FailureCounts, planFromDirectives } from './directives.ts';
import { lastUserText, type Question } from './question.ts';
import { sampleObject, spacedJson } from './schema-sample.ts';
import { answerScript, finish, limitTokens, type Plan, type Script, type Step, textSteps } from './script.ts';

export type Answer = (question: Question) => readonly string[];

/** What the question asks for when no scenario is played. */
export function planFromQuestion(question: Question, failures: FailureCounts, answer: Answer = defaultAnswer): Plan {
  const plan = planFromDirectives(question, failures) ?? { type: 'script', script: scriptOf(question, answer) };
  return plan.type === 'script' ? { type: 'script', script: limitTokens(plan.script, question.maxTokens) } : plan;
}

function scriptOf(question: Question, answer: Answer): Script {
  const calls = callsOf(question);
  if (calls.length > 0) return { steps: [finish({ reason: 'tools', calls })] };
  switch (question.format.type) {
    case 'json-schema':
      return answerScript([spacedJson(sampleObject(question.format.schema))]);
    case 'json':
      // Without the word in the prompt the vendor's model invents a wrapper of its own.
      return answerScript([question.turns.some(({ text }) => /json/iu.test(text)) ? '{"numbers": [5, 4, 1]}' : '{"output": "5, 4, 1"}']);
    case 'text':
      return answerScript(answer(question));
    default:
      return question.format satisfies never;
  }
}

/** Calls what is forced or named in the message; never after a result, so that a loop ends. */
function callsOf(question: Question): readonly { name: string; arguments: Readonly<Record<string, unknown>> }[] {
  const { toolChoice, tools } = question;
  if (toolChoice === 'none' || (question.turns.at(-1)?.toolResults.length ?? 0) > 0) return [];
  const text = lastUserText(question);
  const wanted = tools.filter(({ name }) => (typeof toolChoice === 'object' ? toolChoice.name === name : text.includes(name)));
  const chosen = wanted.length === 0 && toolChoice === 'required' ? tools.slice(0, 1) : wanted;
  return chosen.map(({ name, parameters }) => ({ name, arguments: sampleObject(parameters) }));
}

/** The plan of a scenario that every vendor's simulator knows. */
export function planFromScenario(scenario: ConformanceScenario, question: Question): Plan {
  switch (scenario.kind) {
    case 'answer': {
      const { pieces, usage, chunkBytes } = scenario;
      const script: Script = { ...answerScript(pieces), tokens: usage, chunkBytes };
      return { type: 'script', script: usage === undefined ? limitTokens(script, question.maxTokens) : script };
    }
    case 'unauthorized':
      return { type: 'fail', status: 401 };
    case 'rate-limited':
      return { type: 'fail', status: 429, retryAfterSeconds: scenario.retryAfterSeconds };
    case 'server-error-html':
      return { type: 'fail', status: scenario.status, isHtml: true };
    case 'slow-first-token':
      return scripted([{ type: 'hold' }, ...answerScript(defaultAnswer(question)).steps]);
    case 'stall':
      return scripted([...textSteps(scenario.pieces), { type: 'hold' }, finish({ reason: 'final' })]);
    case 'cut':
      return scripted([...textSteps(scenario.pieces), { type: 'cut', how: scenario.how }]);
    case 'garbage':
      return scripted([{ type: 'raw', body: '<<<this is not JSON>>>\n' }]);
    default:
      return scenario satisfies never;
  }
}

const scripted = (steps: readonly Step[]): Plan => ({ type: 'script', script: { steps } });
