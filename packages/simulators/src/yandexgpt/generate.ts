import { Generation } from '../host/generation.ts';
import { planFromQuestion } from '../host/plan.ts';
import type { Question } from '../host/question.ts';
import { type AnswerEncoder, runScript } from '../host/run-script.ts';
import type { Plan, Script } from '../host/script.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { countTokens } from '../host/tokens.ts';
import { type Cloud, refusalOf } from './cloud.ts';
import { Refusal } from './errors.ts';
import type { SimulatedModel } from './models.ts';
import { planOf } from './scenarios.ts';

export function countInput(question: Question): number {
  return question.turns.reduce((sum, turn) => sum + countTokens(turn.text) + 3, 0);
}

/** What the answer will be; throws what the vendor refuses before it begins. A played scenario is not measured against the window. */
export function prepareScript(question: Question, model: SimulatedModel, cloud: Cloud): Script {
  const plan = planOf(cloud.scenario, question) ?? planWithin(question, model, cloud);
  if (plan.type === 'fail') throw refusalOf(plan.status, plan);
  return plan.script;
}

function planWithin(question: Question, model: SimulatedModel, cloud: Cloud): Plan {
  const inputTokens = countInput(question);
  if (inputTokens > model.contextWindow) {
    throw new Refusal(400, `Number of input tokens must be no more than ${String(model.contextWindow)}, got ${String(inputTokens)}`);
  }
  return planFromQuestion(question, cloud.failures, cloud.answer);
}

/** Takes a slot and plays the answer into the connection. */
export async function generate(
  exchange: Exchange,
  cloud: Cloud,
  call: {
    readonly question: Question;
    readonly script: Script;
    readonly encoder: AnswerEncoder;
    readonly headers: Readonly<Record<string, string>>;
  },
): Promise<void> {
  cloud.quotas.admitGeneration(cloud.ledger.open);
  const { script, encoder, headers, question } = call;
  const generation = new Generation(exchange.response, cloud.ledger, { headers, chunkBytes: script.chunkBytes });
  await runScript(script, encoder, generation, { inputTokens: countInput(question), delayMs: cloud.pieceDelayMs });
}
