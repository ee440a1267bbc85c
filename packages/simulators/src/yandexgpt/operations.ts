import { randomBytes } from 'node:crypto';
import { member, toText } from '../host/json.ts';
import type { Question } from '../host/question.ts';
import type { Ending, Script } from '../host/script.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { countTokens } from '../host/tokens.ts';
import { admitModel, authenticate, type Cloud, sendJson } from './cloud.ts';
import { flatError, Refusal } from './errors.ts';
import { countInput, prepareScript } from './generate.ts';
import { operationResponse } from './native-encoder.ts';
import { readNativeQuestion } from './native-question.ts';
import { readBody } from './native-routes.ts';

interface Operation {
  readonly id: string;
  readonly createdAt: number;
  readonly response: unknown;
  pollsLeft: number;
  isCancelled: boolean;
}

const keptForMs = 3 * 24 * 60 * 60 * 1000;

/** Asynchronous completions: done after a number of polls, forgotten after three days. */
export class Operations {
  readonly #cloud: Cloud;
  readonly #pollsUntilDone: number;
  readonly #operations = new Map<string, Operation>();

  constructor(cloud: Cloud, pollsUntilDone: number) {
    this.#cloud = cloud;
    this.#pollsUntilDone = pollsUntilDone;
  }

  submit(exchange: Exchange): void {
    const account = authenticate(exchange, this.#cloud, 'unary');
    const body = readBody(exchange);
    const { model } = admitModel(toText(member(body, 'modelUri')), account, this.#cloud, 'unary');
    const question = readNativeQuestion(body);
    const script = prepareScript(question, model, this.#cloud);
    const operation: Operation = {
      id: `d7q${randomBytes(9).toString('hex').slice(0, 17)}`,
      createdAt: this.#cloud.now(),
      response: fold(script, question),
      pollsLeft: this.#pollsUntilDone,
      isCancelled: false,
    };
    this.#operations.set(operation.id, operation);
    sendJson(exchange, { ...this.#describe(operation), done: false, metadata: null });
  }

  poll(exchange: Exchange, id: string): void {
    authenticate(exchange, this.#cloud, 'unary');
    const operation = this.#find(id);
    const { scenario } = this.#cloud;
    const error = { code: 3, message: scenario.kind === 'operation-error' ? scenario.message : '', details: [] };
    if (scenario.kind === 'operation-error' && scenario.isEarly === true)
      return sendJson(exchange, { ...this.#describe(operation), done: false, error });
    if (operation.pollsLeft > 0) {
      operation.pollsLeft -= 1;
      return sendJson(exchange, { ...this.#describe(operation), done: false, metadata: null });
    }
    if (operation.isCancelled)
      return sendJson(exchange, { ...this.#describe(operation), done: true, error: { code: 1, message: 'cancelled', details: [] } });
    const outcome = scenario.kind === 'operation-error' ? { error } : { response: operation.response };
    return sendJson(exchange, { ...this.#describe(operation), done: true, metadata: null, ...outcome });
  }

  cancel(exchange: Exchange, id: string): void {
    authenticate(exchange, this.#cloud, 'unary');
    const operation = this.#find(id);
    operation.isCancelled = true;
    operation.pollsLeft = 0;
    this.poll(exchange, id);
  }

  #find(id: string): Operation {
    const operation = this.#operations.get(id);
    if (operation === undefined || this.#cloud.now() - operation.createdAt > keptForMs) throw new Refusal(404, `Operation ${id} not found`);
    return operation;
  }

  #describe({ id, createdAt }: Operation): Readonly<Record<string, unknown>> {
    const time = new Date(createdAt).toISOString();
    return { id, description: 'Async GPT Completion', createdAt: time, createdBy: 'ajeexample0000000000', modifiedAt: time };
  }
}

function fold(script: Script, question: Question): unknown {
  let text = '';
  let ending: Ending = { reason: 'final' };
  for (const step of script.steps) {
    if (step.type === 'text') text += step.text;
    if (step.type === 'rewrite') text = step.text;
    if (step.type === 'fault') throw new Refusal(step.fault.status, flatError(step.fault));
    if (step.type === 'finish') ending = step.ending;
  }
  const tokens = script.tokens ?? { inputTokens: countInput(question), outputTokens: countTokens(text) };
  return operationResponse({ text, piece: '', reasoning: '', tokens }, ending);
}
