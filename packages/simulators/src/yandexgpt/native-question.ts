import { isRecord, type Json, member, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { Refusal } from './errors.ts';

/** Reads a native completion request as strictly as the vendor is known to. */
export function readNativeQuestion(body: Json): Question {
  const options = toRecord(member(body, 'completionOptions'));
  const maxTokens = toNumber(member(options, 'maxTokens'));
  if (maxTokens !== undefined && maxTokens <= 0) throw new Refusal(400, 'max_tokens must be greater than 0');
  const turns = toList(body['messages']).map((message) => readTurn(toRecord(message)));
  if (turns.length === 0) throw new Refusal(400, 'messages must not be empty');
  return {
    turns,
    maxTokens,
    tools: toList(body['tools']).map((tool) => {
      const definition = toRecord(toRecord(tool)['function']);
      return { name: toText(definition['name']), parameters: toRecord(definition['parameters']) };
    }),
    toolChoice: readToolChoice(toRecord(member(body, 'toolChoice'))),
    parallelToolCalls: member(body, 'parallelToolCalls') !== false,
    format: readFormat(body),
  };
}

export function isStream(body: Json): boolean {
  return toRecord(member(body, 'completionOptions'))['stream'] === true;
}

function readTurn(message: Json): Turn {
  const role = toText(message['role']);
  const calls = member(message, 'toolCallList');
  const results = member(message, 'toolResultList');
  const contents = [message['text'], calls, results].filter((content) => content !== undefined && content !== null);
  if (contents.length > 1) throw new Refusal(400, 'message content is a oneof: text, tool_call_list, tool_result_list');
  if (calls === undefined && results === undefined && toText(message['text']) === '') throw new Refusal(400, 'empty message text');
  const toolResults = toList(member(toRecord(results), 'toolResults')).map((result) => {
    const { name, content } = toRecord(member(toRecord(result), 'functionResult'));
    return { name: toText(name), content: toText(content) };
  });
  const toolCalls = toList(member(toRecord(calls), 'toolCalls')).map((call) => {
    const found = toRecord(member(toRecord(call), 'functionCall'));
    return { name: toText(found['name']), arguments: toRecord(found['arguments']) };
  });
  return { role: toolResults.length > 0 ? 'tool' : readRole(role), text: toText(message['text']), toolCalls, toolResults };
}

function readRole(role: string): Turn['role'] {
  if (role === 'system' || role === 'user' || role === 'assistant') return role;
  throw new Refusal(400, `unknown role '${role}'`);
}

function readToolChoice(choice: Json): Question['toolChoice'] {
  const name = toText(member(choice, 'functionName'));
  if (name !== '') return { name };
  const mode = toText(choice['mode']);
  if (mode === 'NONE') return 'none';
  return mode === 'REQUIRED' ? 'required' : 'auto';
}

function readFormat(body: Json): Question['format'] {
  const jsonSchema = member(body, 'jsonSchema');
  const isJson = member(body, 'jsonObject') === true;
  if (isRecord(jsonSchema) && isJson) throw new Refusal(400, 'json_object and json_schema exclude each other');
  if (isRecord(jsonSchema)) return { type: 'json-schema', schema: toRecord(jsonSchema['schema']) };
  return { type: isJson ? 'json' : 'text' };
}
