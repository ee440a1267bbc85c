import { type Json, parseRecord, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, ToolUse, Turn } from '../host/question.ts';
import { VendorRefusal } from '../host/vendor-simulator.ts';
import { type AnthropicModel, anthropicModels } from './models.ts';

const invalid = (message: string): VendorRefusal => new VendorRefusal(400, message);

/** Reads a request as strictly as the vendor is known to. */
export function readMessageQuestion(text: string): { readonly question: Question; readonly model: AnthropicModel } {
  const body = parseRecord(text);
  if (body === undefined) throw invalid('The request body is not valid JSON');
  const id = toText(body['model']);
  const model = anthropicModels.find((each) => each.lifecycle !== 'retired' && (each.id === id || each.id.startsWith(`${id}-2`)));
  if (model === undefined) throw new VendorRefusal(404, `model: ${id}`);
  const maxTokens = readMaxTokens(body, model);
  checkThinking(toRecord(body['thinking']), maxTokens, model);
  for (const name of ['temperature', 'top_p']) {
    if (body[name] !== undefined && !model.hasSampling) throw invalid(`\`${name}\` is deprecated for this model.`);
  }
  if (body['temperature'] !== undefined && body['top_p'] !== undefined) {
    throw invalid('`temperature` and `top_p` cannot both be specified for this model. Please use only one.');
  }
  if (body['stream'] !== true) throw invalid('this simulator only streams');
  return { model, question: { turns: readTurns(body), maxTokens, ...readTools(body, model), format: readFormat(body) } };
}

function readMaxTokens(body: Json, { maxTokens: most }: AnthropicModel): number {
  const maxTokens = toNumber(body['max_tokens']);
  if (maxTokens === undefined) throw invalid('max_tokens: Field required');
  if (maxTokens < 1) throw invalid('max_tokens: Input should be greater than or equal to 1');
  if (maxTokens > most)
    throw invalid(`max_tokens: ${String(maxTokens)} > ${String(most)}, which is the maximum allowed number of output tokens`);
  return maxTokens;
}

function checkThinking(thinking: Json, maxTokens: number, model: AnthropicModel): void {
  const type = toText(thinking['type']);
  if (type === '') return;
  if (!model.thinking.some((each) => each === type)) throw invalid(`"thinking.type.${type}" is not supported for this model.`);
  const budget = toNumber(thinking['budget_tokens']) ?? 0;
  if (type === 'enabled' && budget < 1024) throw invalid('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  if (type === 'enabled' && budget >= maxTokens) throw invalid('`max_tokens` must be greater than `thinking.budget_tokens`.');
}

function readTurns(body: Json): readonly Turn[] {
  const system = typeof body['system'] === 'string' ? body['system'] : toList(body['system']).map(textOfBlock).join('\n');
  const names = new Map<string, string>();
  const turns = toList(body['messages']).map((message, index) => readTurn(toRecord(message), index, names));
  if (turns.length === 0) throw invalid('messages: at least one message is required');
  if (turns.at(-1)?.role === 'assistant') {
    throw invalid('This model does not support assistant message prefill. The conversation must end with a user message.');
  }
  const instructions: Turn = { role: 'system', text: system, toolCalls: [], toolResults: [] };
  return system === '' ? turns : [instructions, ...turns];
}

const textOfBlock = (block: unknown): string => toText(toRecord(block)['text']);

function readTurn(message: Json, index: number, names: Map<string, string>): Turn {
  const role = toText(message['role']);
  if (role !== 'user' && role !== 'assistant') throw invalid(`messages.${String(index)}.role: Input should be 'user' or 'assistant'`);
  const content = message['content'];
  const blocks = (typeof content === 'string' ? [{ type: 'text', text: content }] : toList(content)).map(toRecord);
  if (blocks.length === 0) throw invalid(`messages.${String(index)}: all messages must have non-empty content`);
  for (const block of blocks) checkBlock(block, role);
  const toolCalls = blocks.filter(({ type }) => type === 'tool_use').map((block) => readCall(block, names));
  const toolResults = blocks
    .filter(({ type }) => type === 'tool_result')
    .map((block) => {
      const id = toText(block['tool_use_id']);
      const name = names.get(id);
      if (name === undefined) throw invalid(`messages.${String(index)}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}`);
      return { name, content: toText(block['content']) };
    });
  const text = blocks.map(textOfBlock).join('');
  return { role: toolResults.length > 0 ? 'tool' : role, text, toolCalls, toolResults };
}

function checkBlock({ type, text, source, id }: Json, role: string): void {
  if (type === 'text' && toText(text).trim() === '') throw invalid('messages: text content blocks must contain non-whitespace text');
  const isFile = type === 'image' || type === 'document';
  if (isFile && role === 'assistant') throw invalid(`\`${type}\` blocks are not permitted in assistant messages`);
  if (isFile && toText(toRecord(source)['data']) === '') throw invalid(`${type}.source.data: image cannot be empty`);
  if (type === 'tool_use' && !/^[\w-]+$/u.test(toText(id))) throw invalid("tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
}

function readCall({ id, name, input }: Json, names: Map<string, string>): ToolUse {
  names.set(toText(id), toText(name));
  return { name: toText(name), arguments: toRecord(input) };
}

function readTools(body: Json, model: AnthropicModel): Pick<Question, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const choice = toRecord(body['tool_choice']);
  const type = toText(choice['type']);
  if (!model.canForceTools && (type === 'any' || type === 'tool'))
    throw invalid('tool_choice: forced tool use is not supported for this model');
  const tools = toList(body['tools']).map((tool) => {
    const { name, input_schema: schema } = toRecord(tool);
    if (toRecord(schema)['type'] !== 'object') throw invalid('tools.0.custom.input_schema.type: Field required');
    return { name: toText(name), parameters: toRecord(schema) };
  });
  const words = { any: 'required', none: 'none' } as const;
  const toolChoice = type === 'tool' ? { name: toText(choice['name']) } : type === 'any' || type === 'none' ? words[type] : 'auto';
  return { tools, toolChoice, parallelToolCalls: choice['disable_parallel_tool_use'] !== true };
}

function readFormat(body: Json): Question['format'] {
  const format = toRecord(toRecord(body['output_config'])['format']);
  if (format['type'] !== 'json_schema') return { type: 'text' };
  const schema = toRecord(format['schema']);
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false) {
    throw invalid("output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false");
  }
  return { type: 'json-schema', schema };
}
