import type { Exchange } from '../host/simulator-host.ts';
import {
  startVendorSimulator,
  type Vendor,
  type VendorDesk,
  VendorRefusal,
  type VendorSimulator,
  type VendorSimulatorOptions,
} from '../host/vendor-simulator.ts';
import { errorBody, makeRequestId } from './errors.ts';
import { messageEncoder } from './message-encoder.ts';
import { readMessageQuestion } from './message-question.ts';
import { anthropicModels, describeAnthropicModel } from './models.ts';

export const exampleAnthropicKey = 'sk-ant-api03-example000000000000000000000000';

const version = '2023-06-01';

const vendor: Vendor = {
  headers: () => ({ 'request-id': makeRequestId() }),
  refusal: ({ status, message, retryAfterSeconds }) => ({
    status,
    body: errorBody(status, message),
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  }),
  async route(exchange, desk) {
    desk.admit();
    authenticate(exchange);
    if (exchange.method === 'POST' && exchange.path === '/v1/messages') return answer(exchange, desk);
    if (exchange.method === 'GET' && exchange.path === '/v1/models') return listModels(exchange, desk);
    throw new VendorRefusal(404, 'Not Found');
  },
};

function authenticate({ headers }: Exchange): void {
  if (headers['anthropic-version'] !== version) throw new VendorRefusal(400, 'anthropic-version: header is required');
  if (headers['x-api-key'] === undefined) throw new VendorRefusal(401, 'x-api-key header is required');
  if (headers['x-api-key'] !== exampleAnthropicKey) throw new VendorRefusal(401);
}

function answer(exchange: Exchange, desk: VendorDesk): Promise<void> {
  const { question, model } = readMessageQuestion(exchange.body);
  return desk.answer(exchange, {
    question,
    contextWindow: model.contextWindow,
    tooLong: (tokens) => new VendorRefusal(400, `prompt is too long: ${String(tokens)} tokens > ${String(model.contextWindow)} maximum`),
    encoder: (inputTokens) => messageEncoder(model.id, inputTokens),
    headers: { 'content-type': 'text/event-stream; charset=utf-8', ...vendor.headers() },
  });
}

/** Newest first, in pages of as many as were asked for. */
function listModels(exchange: Exchange, desk: VendorDesk): void {
  const limit = Number(exchange.query.get('limit') ?? 20);
  const from = anthropicModels.findIndex(({ id }) => id === exchange.query.get('after_id')) + 1;
  const page = anthropicModels.slice(from, from + limit);
  desk.sendJson(exchange, {
    data: page.map(describeAnthropicModel),
    has_more: from + limit < anthropicModels.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  });
}

/** Starts a server that speaks Anthropic's Messages API. */
export function startAnthropicSimulator(options: VendorSimulatorOptions = {}): Promise<VendorSimulator> {
  return startVendorSimulator(vendor, options);
}
