import { isRecord, type Json, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { badShape, invalidParams, Refusal } from './errors.ts';
import type { StoredFile } from './file-store.ts';
import { type FunctionDefinition, readFunctions } from './function-definitions.ts';
import { admitNumbers, admitSystem, normalize, type ReadQuestion } from './question.ts';
import type { GigaChatQuirks } from './service.ts';
import { readFormat } from './v1-question.ts';
import { readContent } from './v2-parts.ts';

interface V2Context {
  readonly quirks: GigaChatQuirks;
  findFile(id: string): StoredFile;
}

/** Reads and checks a request of `/v2/chat/completions`. */
export function readV2Question(body: Json, context: V2Context): ReadQuestion {
  const { messages } = body;
  if (!Array.isArray(messages) || typeof body['model'] !== 'string') throw badShape();
  if (messages.length === 0) throw invalidParams('messages must not be empty');
  const options = objectOrNothing(body['model_options']);
  admitOptions(options);
  const read = toList(messages).map((message) => readMessage(message, context));
  const turns = read.map(({ turn }) => turn);
  admitSystem(turns);
  const { own, canDraw } = readTools(body['tools']);
  const filesByMessage = read.map(({ files }) => files);
  return {
    turns: options['unnormalized_history'] === true ? turns : normalize(turns),
    filesByMessage,
    files: filesByMessage.flat(),
    isStream: body['stream'] === true,
    maxTokens: toNumber(options['max_tokens']),
    tools: own,
    functions: own,
    builtIn: canDraw ? ['text2image'] : [],
    toolChoice: readToolChoice(objectOrNothing(body['tool_config']), own.length > 0),
    partialArguments: {},
    parallelToolCalls: true,
    format: readFormat(options['response_format']),
    wantsReasoning: isRecord(options['reasoning']) && options['reasoning']['effort'] !== 'off',
  };
}

function objectOrNothing(value: unknown): Json {
  if (value !== undefined && value !== null && !isRecord(value)) throw badShape();
  return toRecord(value);
}

const numbers = ['temperature', 'top_p', 'max_tokens', 'repetition_penalty', 'update_interval'];

function admitOptions(options: Json): void {
  const hasWrongType = numbers.some((name) => options[name] !== undefined && options[name] !== null && typeof options[name] !== 'number');
  if (hasWrongType) throw badShape();
  const { temperature, top_p: topP, max_tokens: maxTokens, repetition_penalty: repetitionPenalty } = options;
  admitNumbers({ temperature, topP, maxTokens, repetitionPenalty });
}

function readMessage(message: unknown, context: V2Context): { readonly turn: Turn; readonly files: readonly StoredFile[] } {
  if (!isRecord(message)) throw badShape();
  const role = readRole(toText(message['role']), context.quirks);
  const { text, fileIds, calls, results } = readContent(message['content']);
  if ((role === 'tool') !== results.length > 0 || (calls.length > 0 && role !== 'assistant')) throw badShape();
  return { turn: { role, text, toolCalls: calls, toolResults: results }, files: fileIds.map((id) => context.findFile(id)) };
}

/** Sources disagree on the role of a result. */
function readRole(role: string, { toolResultRole }: GigaChatQuirks): Turn['role'] {
  if (role === 'system' || role === 'user' || role === 'assistant') return role;
  if (role !== 'tool' && role !== 'function') throw badShape();
  if (toolResultRole !== 'any' && toolResultRole !== role) throw badShape();
  return 'tool';
}

const withSpecialAccess = ['web_search', 'code_interpreter', 'url_content_extraction'];

function readTools(value: unknown): { readonly own: readonly FunctionDefinition[]; readonly canDraw: boolean } {
  if (value !== undefined && value !== null && !Array.isArray(value)) throw badShape();
  const tools = toList(value).map((tool) => {
    if (!isRecord(tool)) throw badShape();
    return tool;
  });
  for (const name of tools.flatMap((tool) => Object.keys(tool))) admitTool(name);
  const own = tools.flatMap((tool) => (tool['functions'] === undefined ? [] : readSpecifications(tool['functions'])));
  return { own, canDraw: tools.some((tool) => tool['image_generate'] !== undefined) };
}

function admitTool(name: string): void {
  if (name === 'functions' || name === 'image_generate' || name === 'model_3d_generate') return;
  if (withSpecialAccess.includes(name)) throw new Refusal(422, `Tool ${name} is unavailable`);
  throw new Refusal(404, `Unknown tool ${name}`);
}

function readSpecifications(functions: unknown): readonly FunctionDefinition[] {
  if (!isRecord(functions) || !Array.isArray(functions['specifications'])) throw badShape();
  return readFunctions(functions['specifications']).own;
}

function readToolChoice(config: Json, hasFunctions: boolean): Question['toolChoice'] {
  const { mode, function_name: name } = config;
  if (mode === undefined || mode === 'auto') return hasFunctions ? 'auto' : 'none';
  if (mode === 'none') return 'none';
  if (mode !== 'forced' || (typeof name !== 'string' && typeof config['tool_name'] !== 'string')) throw badShape();
  return typeof name === 'string' ? { name } : 'none';
}
