import { isRecord, type Json, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { badShape, invalidParams, Refusal } from './errors.ts';
import type { StoredFile } from './file-store.ts';
import { type BuiltInFunction, builtInFunctions, type FunctionDefinition, readFunctions } from './function-definitions.ts';
import { admitNumbers, admitSystem, normalize, type ReadQuestion } from './question.ts';

type FindFile = (id: string) => StoredFile;

/** Reads and checks a request of `/v1/chat/completions`. */
export function readV1Question(body: Json, findFile: FindFile): ReadQuestion {
  if (!Array.isArray(body['messages'])) throw badShape();
  const messages = toList(body['messages']).map((message) => {
    if (!isRecord(message)) throw badShape();
    return message;
  });
  if (messages.length === 0) throw invalidParams('messages must not be empty');
  const { temperature, top_p: topP, max_tokens: maxTokens, repetition_penalty: repetitionPenalty } = body;
  admitNumbers({ temperature, topP, maxTokens, repetitionPenalty });
  const turns = messages.map(readTurn);
  admitSystem(turns);
  admitHistory(turns);
  const { own, builtIn } = readFunctions(body['functions']);
  const filesByMessage = messages.map((message) => toList(message['attachments']).map((id) => findFile(toText(id))));
  return {
    turns: normalize(turns),
    filesByMessage,
    files: filesByMessage.flat(),
    isStream: body['stream'] === true,
    maxTokens: toNumber(maxTokens),
    tools: own,
    functions: own,
    builtIn: allowedBuiltIns(body, own, builtIn),
    toolChoice: readToolChoice(body['function_call'], own.length > 0),
    partialArguments: toRecord(toRecord(body['function_call'])['partial_arguments']),
    parallelToolCalls: false,
    format: readFormat(body['response_format']),
    wantsReasoning: typeof body['reasoning_effort'] === 'string',
  };
}

const roles: Readonly<Record<string, Turn['role']>> = { system: 'system', user: 'user', assistant: 'assistant', function: 'tool' };

function readTurn(message: Json): Turn {
  const { content, name } = message;
  const role = roles[toText(message['role'])];
  if (role === undefined) throw invalidParams(`unknown role '${toText(message['role'])}'`);
  const call = message['function_call'];
  const isEmptyCall = isRecord(call) && (content === null || content === undefined);
  if (typeof content !== 'string' && !isEmptyCall) throw badShape();
  const text = toText(content);
  if (role === 'tool') return { role, text: '', toolCalls: [], toolResults: [{ name: toText(name), content: text }] };
  const toolCalls = isRecord(call) ? [{ name: toText(call['name']), arguments: readArguments(call['arguments']) }] : [];
  return { role, text, toolCalls, toolResults: [] };
}

function readArguments(value: unknown): Json {
  if (!isRecord(value)) throw badShape();
  return value;
}

/** Every call has its result right after it, every result its call, and a result is JSON. */
function admitHistory(turns: readonly Turn[]): void {
  for (const [index, turn] of turns.entries()) {
    const next = turns[index + 1];
    if (turn.toolCalls.length > 0 && next?.role !== 'tool') {
      throw invalidParams('every assistant function call must have a result in history');
    }
    if (turn.role !== 'tool') continue;
    if ((turns[index - 1]?.toolCalls.length ?? 0) === 0) {
      throw invalidParams('every assistant function result must have an assistant function call in history');
    }
    for (const { name, content } of turn.toolResults) admitResult(name, content);
  }
}

function admitResult(name: string, content: string): void {
  try {
    JSON.parse(content);
  } catch {
    throw new Refusal(422, `INVALID_PARAMS: invalid function result for function ${name} json string ${content}`);
  }
}

/** With `auto` and no functions the model may call any; beside functions of ours they must be listed. */
function allowedBuiltIns(body: Json, own: readonly FunctionDefinition[], listed: readonly BuiltInFunction[]): readonly BuiltInFunction[] {
  const choice = body['function_call'];
  const forced = toText(toRecord(choice)['name']);
  const isAuto = choice === 'auto' && own.length === 0 && listed.length === 0;
  return isAuto ? builtInFunctions : builtInFunctions.filter((name) => name === forced || (choice !== 'none' && listed.includes(name)));
}

function readToolChoice(choice: unknown, hasFunctions: boolean): Question['toolChoice'] {
  if (isRecord(choice)) return { name: toText(choice['name']) };
  if (choice !== undefined && choice !== null && choice !== 'auto' && choice !== 'none') throw badShape();
  return choice === 'none' || !hasFunctions ? 'none' : 'auto';
}

export function readFormat(value: unknown): Question['format'] {
  if (value === undefined || value === null) return { type: 'text' };
  const { type, schema } = toRecord(value);
  if (type === 'text') return { type: 'text' };
  if (type !== 'json_schema') throw new Refusal(400, `Unknown type "${toText(type)}" in response_format`);
  if (!isRecord(schema)) throw new Refusal(400, 'Empty schema with json format type is not supported');
  return { type: 'json-schema', schema };
}
