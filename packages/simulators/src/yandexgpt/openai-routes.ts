import { type Json, parseRecord, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { sampleVector } from '../host/sample-vector.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { countTokens } from '../host/tokens.ts';
import { admitFolder, admitModel, authenticate, type Cloud, responseHeaders, sendJson } from './cloud.ts';
import { Refusal } from './errors.ts';
import { generate, prepareScript } from './generate.ts';
import { modelList } from './models.ts';
import { admitEmbedding, readBody } from './native-routes.ts';
import { type Envelope, type Family, openaiStreamEncoder, openaiWholeEncoder } from './openai-encoder.ts';

/** Nobody has recorded what happens without a project; a simulator can do any of these. */
export type WithoutProject = 'bad-request' | 'unauthorized' | 'empty' | 'list';

export async function chatCompletions(exchange: Exchange, cloud: Cloud): Promise<void> {
  const account = authenticate(exchange, cloud, 'openai');
  const body = readBody(exchange);
  const requestedModel = toText(body['model']);
  const { model } = admitModel(requestedModel, account, cloud, 'openai');
  const family: Family = model.isNative ? 'a' : 'b';
  const question = readOpenAiQuestion(body, family);
  const script = prepareScript(question, model, cloud);
  const envelope: Envelope = { family, requestedModel, modelId: model.id, createdAt: cloud.now() };
  const isStream = body['stream'] === true;
  const encoder = isStream ? openaiStreamEncoder(envelope) : openaiWholeEncoder(envelope);
  await generate(exchange, cloud, { question, script, encoder, headers: headersOf(exchange, family, isStream) });
}

function headersOf(exchange: Exchange, family: Family, isStream: boolean): Readonly<Record<string, string>> {
  const headers = responseHeaders(exchange);
  if (isStream) headers['content-type'] = 'text/event-stream';
  if (family === 'a') return headers;
  const { 'x-request-id': _id, 'x-client-request-id': _echo, ...rest } = headers;
  return isStream ? { ...rest, 'access-control-allow-origin': '*' } : rest;
}

export function readOpenAiQuestion(body: Json, family: Family): Question {
  const messages = toList(body['messages']).map(toRecord);
  if (messages.length === 0) throw new Refusal(400, 'messages must not be empty');
  const names = new Map<string, string>();
  return {
    turns: messages.map((message) => readTurn(message, names)),
    maxTokens: toNumber(body['max_completion_tokens']) ?? toNumber(body['max_tokens']),
    tools: toList(body['tools']).map((tool) => {
      const definition = toRecord(toRecord(tool)['function']);
      return { name: toText(definition['name']), parameters: toRecord(definition['parameters']) };
    }),
    toolChoice: readToolChoice(body['tool_choice']),
    // Family A was recorded to ignore it.
    parallelToolCalls: family === 'a' || body['parallel_tool_calls'] !== false,
    format: readFormat(toRecord(body['response_format'])),
  };
}

function readTurn(message: Json, names: Map<string, string>): Turn {
  const role = toText(message['role']);
  const content = message['content'];
  const parts = toList(content).map((part) => toText(toRecord(part)['text']));
  const text = typeof content === 'string' ? content : parts.join('');
  const toolCalls = toList(message['tool_calls']).map((call) => {
    const definition = toRecord(toRecord(call)['function']);
    const name = toText(definition['name']);
    names.set(toText(toRecord(call)['id']), name);
    return { name, arguments: parseRecord(toText(definition['arguments'])) ?? {} };
  });
  if (role === 'tool') {
    const id = toText(message['tool_call_id']);
    return { role, text: '', toolCalls: [], toolResults: [{ name: names.get(id) ?? id, content: text }] };
  }
  if (role !== 'system' && role !== 'developer' && role !== 'user' && role !== 'assistant')
    throw new Refusal(400, `unknown role '${role}'`);
  return { role: role === 'developer' ? 'system' : role, text, toolCalls, toolResults: [] };
}

function readToolChoice(choice: unknown): Question['toolChoice'] {
  if (choice === 'none' || choice === 'required') return choice;
  const name = toText(toRecord(toRecord(choice)['function'])['name']);
  return name === '' ? 'auto' : { name };
}

function readFormat(format: Json): Question['format'] {
  if (format['type'] === 'json_object') return { type: 'json' };
  if (format['type'] !== 'json_schema') return { type: 'text' };
  const wrapper = toRecord(format['json_schema']);
  // The vendor's documentation puts the bare schema here, its recordings the usual wrapper.
  return { type: 'json-schema', schema: wrapper['schema'] === undefined ? wrapper : toRecord(wrapper['schema']) };
}

export function listModels(exchange: Exchange, cloud: Cloud, withoutProject: WithoutProject): void {
  const account = authenticate(exchange, cloud, 'openai');
  const project = exchange.headers['openai-project'] ?? exchange.headers['x-folder-id'];
  admitFolder(project, account);
  if (project === undefined && withoutProject === 'bad-request') throw new Refusal(400, 'OpenAI-Project header is required');
  if (project === undefined && withoutProject === 'unauthorized') throw new Refusal(401, 'OpenAI-Project header is required');
  if (project === undefined && withoutProject === 'empty') return sendJson(exchange, { object: 'list', data: [] });
  return sendJson(exchange, modelList(cloud.models, account.folderId));
}

export function embeddings(exchange: Exchange, cloud: Cloud): void {
  const account = authenticate(exchange, cloud, 'openai');
  const body = readBody(exchange);
  const model = toText(body['model']);
  admitModel(model, account, cloud, 'openai');
  const inputs = typeof body['input'] === 'string' ? [body['input']] : toList(body['input']).map(toText);
  for (const text of inputs) admitEmbedding(text, cloud);
  const size = toNumber(body['dimensions']) ?? 256;
  const data = inputs.map((text, index) => ({ index, embedding: sampleVector(text, size), object: 'embedding' }));
  const count = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  sendJson(exchange, { object: 'list', model, data, usage: { prompt_tokens: count, total_tokens: count } });
}
