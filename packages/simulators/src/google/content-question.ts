import { isRecord, type Json, parseRecord, toList, toNumber, toRecord, toText } from '../host/json.ts';
import type { Question, Turn } from '../host/question.ts';
import { VendorRefusal } from '../host/vendor-simulator.ts';
import type { GoogleModel } from './models.ts';

const invalid = (message: string): VendorRefusal => new VendorRefusal(400, message);

/** Reads a request as strictly as the vendor is known to. */
export function readContentQuestion(text: string, model: GoogleModel): Question {
  const body = parseRecord(text);
  if (body === undefined) throw invalid('Invalid JSON payload received.');
  const config = toRecord(body['generationConfig']);
  checkThinking(toRecord(config['thinkingConfig']), model);
  const format = readFormat(config);
  const tools = readTools(body);
  if (model.isPlain === true) {
    if (body['systemInstruction'] !== undefined) throw invalid(`Developer instruction is not enabled for models/${model.id}`);
    if (tools.tools.length > 0) throw invalid(`Function calling is not enabled for models/${model.id}`);
    if (format.type !== 'text') throw invalid(`JSON mode is not enabled for models/${model.id}`);
  }
  if (format.type !== 'text' && tools.tools.length > 0 && model.thinking !== 'level') {
    throw invalid("Function calling with a response mime type: 'application/json' is unsupported");
  }
  return { turns: readTurns(body, model), maxTokens: toNumber(config['maxOutputTokens']), ...tools, format };
}

function checkThinking(thinking: Json, { thinking: kind, leastBudget = 0 }: GoogleModel): void {
  const { thinkingLevel: level, thinkingBudget: budget } = thinking;
  if (Object.keys(thinking).length > 0 && kind === 'none') throw invalid('Thinking is not enabled for this model.');
  if (level !== undefined && kind !== 'level') throw invalid('Thinking level is not supported for this model.');
  if (budget !== undefined && kind !== 'budget') throw invalid('Thinking budget is not supported for this model.');
  if (typeof budget === 'number' && budget < leastBudget) {
    throw invalid(`The thinking budget ${String(budget)} is invalid. Please choose a value between ${String(leastBudget)} and 32768.`);
  }
}

function readTurns(body: Json, model: GoogleModel): readonly Turn[] {
  const instruction = toList(toRecord(body['systemInstruction'])['parts']).map(textOfPart).join('');
  const turns = toList(body['contents']).map((content) => readTurn(toRecord(content), model));
  if (turns.length === 0) throw invalid('* GenerateContentRequest.contents: contents is not specified');
  const system: Turn = { role: 'system', text: instruction, toolCalls: [], toolResults: [] };
  return instruction === '' ? turns : [system, ...turns];
}

const textOfPart = (part: unknown): string => toText(toRecord(part)['text']);

function readTurn(content: Json, model: GoogleModel): Turn {
  const role = toText(content['role']);
  if (role !== 'user' && role !== 'model') throw invalid('Please use a valid role: user, model.');
  const parts = toList(content['parts']).map(toRecord);
  if (parts.length === 0) throw invalid('* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.');
  const calls = parts.filter(({ functionCall }) => functionCall !== undefined);
  if (model.thinking === 'level' && calls.length > 0 && toText(calls[0]?.['thoughtSignature']) === '') {
    throw invalid('Function call is missing a thought_signature in functionCall parts.');
  }
  const toolResults = parts.flatMap(({ functionResponse }) => {
    if (functionResponse === undefined) return [];
    const { name, response } = toRecord(functionResponse);
    if (!isRecord(response)) throw invalid('function_response.response: must be an object');
    return [{ name: toText(name), content: JSON.stringify(response) }];
  });
  const toolCalls = calls.map(({ functionCall }) => {
    const { name, args } = toRecord(functionCall);
    return { name: toText(name), arguments: toRecord(args) };
  });
  const text = parts.map(textOfPart).join('');
  return { role: roleOf(role, toolResults.length > 0), text, toolCalls, toolResults };
}

function roleOf(role: 'user' | 'model', hasResults: boolean): Turn['role'] {
  if (hasResults) return 'tool';
  return role === 'model' ? 'assistant' : 'user';
}

function readTools(body: Json): Pick<Question, 'tools' | 'toolChoice' | 'parallelToolCalls'> {
  const declared = toList(body['tools']).flatMap((tool) => toList(toRecord(tool)['functionDeclarations']).map(toRecord));
  const tools = declared.map(({ name, parametersJsonSchema, parameters }) => ({
    name: toText(name),
    parameters: toRecord(parametersJsonSchema ?? parameters),
  }));
  const { mode, allowedFunctionNames } = toRecord(toRecord(body['toolConfig'])['functionCallingConfig']);
  const [only] = toList(allowedFunctionNames).map(toText);
  if (mode === 'ANY') return { tools, toolChoice: only === undefined ? 'required' : { name: only }, parallelToolCalls: true };
  return { tools, toolChoice: mode === 'NONE' ? 'none' : 'auto', parallelToolCalls: true };
}

function readFormat(config: Json): Question['format'] {
  if (config['responseMimeType'] !== 'application/json') return { type: 'text' };
  const schema = config['responseJsonSchema'];
  return isRecord(schema) ? { type: 'json-schema', schema } : { type: 'json' };
}
