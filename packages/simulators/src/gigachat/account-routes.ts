import { toList, toRecord, toText } from '../host/json.ts';
import { sampleVector } from '../host/sample-vector.ts';
import { countTokens } from '../host/tokens.ts';
import { badShape, Refusal, refusalOf } from './errors.ts';
import { missingMembers } from './function-definitions.ts';
import { listed, modelsOf } from './models.ts';
import { type Call, findModel, readJson, sendJson } from './service.ts';

export function listModels({ exchange, service, site }: Call): void {
  sendJson(exchange, { object: 'list', data: modelsOf(service.models, site).map(listed) });
}

export function describeModel({ exchange, service, site }: Call, id: string): void {
  const model = modelsOf(service.models, site).find((each) => each.id === id);
  if (model === undefined) throw refusalOf(404);
  sendJson(exchange, listed(model));
}

/** Usage stands at every item and nowhere else. */
export function embed(call: Call): void {
  const body = readJson(call.exchange);
  const { id, dimensions = 1024, contextWindow, family } = findModel(call, toText(body['model']), 'embedder');
  const texts = typeof body['input'] === 'string' ? [body['input']] : readTexts(body['input']);
  if (texts.some((text) => countTokens(text) > contextWindow)) throw refusalOf(413);
  call.member.admitSpending(family);
  const data = texts.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: sampleVector(text, dimensions),
    usage: { prompt_tokens: countTokens(text) },
  }));
  call.member.spend(
    family,
    data.reduce((sum, { usage }) => sum + usage.prompt_tokens, 0),
  );
  sendJson(call.exchange, { object: 'list', model: id, data });
}

export function countTexts(call: Call): void {
  const body = readJson(call.exchange);
  findModel(call, toText(body['model']), 'chat');
  const counts = readTexts(body['input']).map((text) => ({
    object: 'tokens',
    tokens: countTokens(text),
    characters: Array.from(text).length,
  }));
  sendJson(call.exchange, counts);
}

function readTexts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw badShape();
  return toList(value).map((text) => {
    if (typeof text !== 'string') throw badShape();
    return text;
  });
}

/** Only for those who have paid in advance. */
export function sendBalance({ exchange, member }: Call): void {
  if (member.balance === undefined) throw refusalOf(403);
  sendJson(exchange, { balance: [...member.balance].map(([usage, value]) => ({ usage, value })) });
}

export function validateFunction({ exchange }: Call): void {
  const definition = readJson(exchange);
  const missing = ['name', 'description', 'parameters'].filter((name) => definition[name] === undefined);
  const inside =
    definition['parameters'] === undefined
      ? []
      : missingMembers(toRecord(definition['parameters']), '').map((path) => `parameters.${path}`);
  const errors = [...missing, ...inside].map((path) => ({ description: `${path} is required`, schema_location: `(root).${path}` }));
  const hasExamples = toList(definition['few_shot_examples']).length > 0;
  const warnings = hasExamples ? [] : [{ description: 'few_shot_examples are missing', schema_location: '(root)' }];
  const verdict = { status: 200, json_ai_rules_version: '1.0.5' };
  if (errors.length > 0) sendJson(exchange, { ...verdict, message: 'Incorrect function syntax', errors });
  else sendJson(exchange, { ...verdict, message: 'Function is valid', ...(warnings.length > 0 ? { warnings } : {}) });
}

/** For companies that pay as they go. */
export function checkAuthor(call: Call): void {
  if (call.member.balance !== undefined) throw refusalOf(403);
  const body = readJson(call.exchange);
  findModel(call, toText(body['model']), 'aicheck');
  const text = toText(body['input']);
  if (text.split(/\s+/u).length < 20) throw new Refusal(422, 'Invalid params: input must have at least 20 words');
  sendJson(call.exchange, { category: 'human', characters: text.length, tokens: countTokens(text), ai_intervals: [] });
}
