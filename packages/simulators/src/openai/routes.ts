import { Generation } from '../host/generation.ts';
import { type Json, parseRecord, toList, toNumber, toText } from '../host/json.ts';
import { planFromQuestion } from '../host/plan.ts';
import type { Question } from '../host/question.ts';
import { runScript } from '../host/run-script.ts';
import { sampleVector } from '../host/sample-vector.ts';
import type { Plan, Script } from '../host/script.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { countTokens } from '../host/tokens.ts';
import { streamEncoder, wholeEncoder } from './encoder.ts';
import { Refusal, refusalOf } from './errors.ts';
import { lmStudioModels, modelList, type OpenAiModel, ollamaFacts, ollamaTags, xaiLanguageModels } from './models.ts';
import { type OpenAiQuestion, readQuestion } from './read-question.ts';
import { planOf } from './scenarios.ts';
import { authenticate, findModel, type OpenAiService, responseHeaders, sendBody, sendJson } from './service.ts';

export async function dispatch(exchange: Exchange, service: OpenAiService): Promise<void> {
  const { scenario, quirks } = service;
  if (scenario.kind === 'http') {
    const headers = { ...responseHeaders(scenario.contentType), ...scenario.headers };
    return sendBody(exchange, { status: scenario.status, headers, body: scenario.body });
  }
  const { method, path } = exchange;
  const inside = path.startsWith(`${quirks.basePath}/`) ? path.slice(quirks.basePath.length) : undefined;
  const route = inside === undefined ? undefined : `${method} ${inside}`;
  if (route === 'POST /chat/completions') return chatCompletions(exchange, service);
  if (route === 'POST /embeddings') return embeddings(exchange, service);
  const found = list(exchange, service, route);
  if (found === undefined) throw new Refusal(404, `Invalid URL (${method} ${path})`, { code: 'unknown_url' });
  return sendJson(exchange, found);
}

/** The usual list, and those of their own that some servers have beside it. */
function list(exchange: Exchange, service: OpenAiService, route: string | undefined): unknown {
  authenticate(exchange, service);
  const { models, quirks } = service;
  if (route === 'GET /models') return modelList(models, quirks.models);
  switch (`${quirks.models} ${exchange.method} ${exchange.path}`) {
    case 'ollama GET /api/tags':
      return ollamaTags(models);
    case 'ollama POST /api/show': {
      const id = toText(readJson(exchange)['model']);
      return ollamaFacts(models.find((model) => model.id === id) ?? raise(refusalOf(404)));
    }
    case 'lm-studio GET /api/v0/models':
      return lmStudioModels(models);
    case 'openrouter GET /api/v1/key':
      return { data: { label: 'simulated', usage: 0, limit: null, is_free_tier: false } };
    case 'xai GET /v1/language-models':
      return xaiLanguageModels(models);
    default:
      return undefined;
  }
}

function raise(error: Error): never {
  throw error;
}

async function chatCompletions(exchange: Exchange, service: OpenAiService): Promise<void> {
  authenticate(exchange, service);
  const body = readJson(exchange);
  const model = findModel(service, toText(body['model']), 'chat');
  const question = readQuestion(body, service.quirks);
  if (question.images > 0 && model.hasVision !== true) throw new Refusal(400, 'image input is not supported by this model');
  const script = scriptFor(question, model, service);
  const { isStream, asksForUsage } = question;
  const envelope = { model: model.id, createdAt: service.now(), quirks: service.quirks, asksForUsage };
  const generation = new Generation(exchange.response, service.ledger, {
    headers: responseHeaders(isStream ? 'text/event-stream; charset=utf-8' : undefined),
    chunkBytes: script.chunkBytes,
  });
  const encoder = isStream ? streamEncoder(envelope) : wholeEncoder(envelope);
  await runScript(script, encoder, generation, { inputTokens: countInput(question), delayMs: service.pieceDelayMs });
}

const countInput = ({ turns }: Question): number => turns.reduce((sum, { text }) => sum + countTokens(text) + 3, 0);

/** A played scenario is not measured against the window. */
function scriptFor(question: OpenAiQuestion, model: OpenAiModel, service: OpenAiService): Script {
  const plan = planOf(service.scenario, question) ?? planWithin(question, model, service);
  if (plan.type === 'script') return plan.script;
  throw refusalOf(plan.status, { isHtml: plan.isHtml, retryAfterSeconds: plan.retryAfterSeconds });
}

function planWithin(question: OpenAiQuestion, { contextWindow }: OpenAiModel, service: OpenAiService): Plan {
  const input = countInput(question);
  if (input > contextWindow) {
    const message = `This model's maximum context length is ${String(contextWindow)} tokens. However, your messages resulted in ${String(input)} tokens. Please reduce the length of the messages.`;
    throw new Refusal(400, message, { code: 'context_length_exceeded', param: 'messages' });
  }
  return planFromQuestion(question, service.failures, service.answer);
}

function embeddings(exchange: Exchange, service: OpenAiService): void {
  authenticate(exchange, service);
  const body = readJson(exchange);
  const model = findModel(service, toText(body['model']), 'embedding');
  const inputs = typeof body['input'] === 'string' ? [body['input']] : toList(body['input']).map(toText);
  if (inputs.length === 0) throw new Refusal(400, "'input' must not be empty", { param: 'input' });
  const size = toNumber(body['dimensions']) ?? 64;
  const data = inputs.map((text, index) => ({ object: 'embedding', index, embedding: sampleVector(text, size) }));
  const count = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  // The order of the list is not that of the question: the index says whose it is.
  sendJson(exchange, { object: 'list', model: model.id, data: data.toReversed(), usage: { prompt_tokens: count, total_tokens: count } });
}

function readJson({ body }: Exchange): Json {
  return parseRecord(body) ?? raise(new Refusal(400, 'We could not parse the JSON body of your request.'));
}
