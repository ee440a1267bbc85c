import { type Json, parseRecord, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { Refusal } from './errors.ts';
import type { OpenAiQuirks } from './quirks.ts';

export interface OpenAiQuestion extends Question {
  readonly isStream: boolean;
  readonly asksForUsage: boolean;
  readonly images: number;
}

const roles: Readonly<Record<string, Turn['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
};

/** A request as strictly as this dialect reads it. */
export function readQuestion(body: Json, quirks: OpenAiQuirks): OpenAiQuestion {
  const messages = toList(body['messages']).map(toRecord);
  if (messages.length === 0) throw invalid('messages', "'messages' must not be empty");
  refuseOtherField(body, quirks);
  const names = new Map<string, string>();
  const turns = messages.map((message) => readTurn(message, names, quirks));
  if (quirks.alternates) refuseNeighbours(turns);
  return {
    turns,
    maxTokens: toNumber(body['max_completion_tokens']) ?? toNumber(body['max_tokens']),
    tools: toList(body['tools']).map((tool) => {
      const definition = toRecord(toRecord(tool)['function']);
      return { name: toText(definition['name']), parameters: toRecord(definition['parameters']) };
    }),
    toolChoice: readToolChoice(body['tool_choice']),
    parallelToolCalls: body['parallel_tool_calls'] !== false,
    format: readFormat(toRecord(body['response_format'])),
    isStream: body['stream'] === true,
    asksForUsage: toRecord(body['stream_options'])['include_usage'] === true,
    images: messages.flatMap(({ content }) => toList(content)).filter((part) => toText(toRecord(part)['type']) === 'image_url').length,
  };
}

function refuseOtherField(body: Json, { maxTokensField }: OpenAiQuirks): void {
  if (maxTokensField === 'either') return;
  const other = maxTokensField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  if (body[other] === undefined) return;
  const message = `Unsupported parameter: '${other}' is not supported with this model. Use '${maxTokensField}' instead.`;
  throw new Refusal(400, message, { code: 'unsupported_parameter', param: other });
}

function refuseNeighbours(turns: readonly Turn[]): void {
  const rest = turns.filter(({ role }) => role === 'user' || role === 'assistant');
  const wrong = rest.some(({ role }, index) => index > 0 && role === 'user' && rest[index - 1]?.role === 'user');
  const late = turns.findLastIndex(({ role }) => role === 'system') > 0;
  if (wrong || late) throw invalid('messages', 'After the optional system message, conversation roles must alternate user/assistant');
}

function readTurn(message: Json, names: Map<string, string>, { hasShortCallIds }: OpenAiQuirks): Turn {
  const role = roles[toText(message['role'])];
  if (role === undefined) throw invalid('messages', `unknown role '${toText(message['role'])}'`);
  const content = message['content'];
  const text =
    typeof content === 'string'
      ? content
      : toList(content)
          .map((part) => toText(toRecord(part)['text']))
          .join('');
  const toolCalls = toList(message['tool_calls']).map((call) => {
    const definition = toRecord(toRecord(call)['function']);
    const id = toText(toRecord(call)['id']);
    if (id === '' || (hasShortCallIds && !/^[a-zA-Z0-9]{9}$/u.test(id)))
      throw invalid('messages', `Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`);
    names.set(id, toText(definition['name']));
    return { name: toText(definition['name']), arguments: parseRecord(toText(definition['arguments'])) ?? {} };
  });
  if (role !== 'tool') return { role, text, toolCalls, toolResults: [] };
  const name = names.get(toText(message['tool_call_id']));
  if (name === undefined)
    throw invalid('messages', "messages with role 'tool' must be a response to a preceding message with 'tool_calls'");
  return { role, text: '', toolCalls: [], toolResults: [{ name, content: text }] };
}

function readToolChoice(choice: unknown): Question['toolChoice'] {
  if (choice === 'none' || choice === 'required') return choice;
  const name = toText(toRecord(toRecord(choice)['function'])['name']);
  return name === '' ? 'auto' : { name };
}

function readFormat(format: Json): Question['format'] {
  if (format['type'] === 'json_object') return { type: 'json' };
  if (format['type'] !== 'json_schema') return { type: 'text' };
  return { type: 'json-schema', schema: toRecord(toRecord(format['json_schema'])['schema']) };
}

const invalid = (param: string, message: string): Refusal => new Refusal(400, message, { code: 'invalid_value', param });
