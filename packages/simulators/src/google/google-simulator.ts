import type { Exchange } from '../host/simulator-host.ts';
import {
  startVendorSimulator,
  type Vendor,
  type VendorDesk,
  VendorRefusal,
  type VendorSimulator,
  type VendorSimulatorOptions,
} from '../host/vendor-simulator.ts';
import { contentEncoder } from './content-encoder.ts';
import { readContentQuestion } from './content-question.ts';
import { badKey, errorBody, retryDetails } from './errors.ts';
import { describeGoogleModel, type GoogleModel, googleModels } from './models.ts';

export const exampleGoogleKey = 'AIzaSyExample0000000000000000000000000aa';

const vendor: Vendor = {
  headers: () => ({ server: 'scaffolding on HTTPServer2' }),
  refusal({ status, message, retryAfterSeconds }) {
    // A wrong key is a bad request here.
    if (status === 401) return { status: 400, body: errorBody(400, badKey.message, badKey.details), headers: {} };
    const details = retryAfterSeconds === undefined ? [] : retryDetails(retryAfterSeconds);
    return { status, body: errorBody(status, message, details), headers: {} };
  },
  async route(exchange, desk) {
    desk.admit();
    authenticate(exchange);
    const [, id, method] = /^\/v1beta\/models\/([^/:]+):(\w+)$/u.exec(decodeURIComponent(exchange.path)) ?? [];
    if (exchange.method === 'POST' && id !== undefined && method === 'streamGenerateContent') return answer(exchange, desk, id);
    if (exchange.method === 'GET' && exchange.path === '/v1beta/models') return listModels(exchange, desk);
    throw new VendorRefusal(404, 'Not Found');
  },
};

/** A key in the address is taken by the vendor too; here it would be a mistake, since addresses stand in logs. */
function authenticate({ headers, query }: Exchange): void {
  if (query.has('key')) throw new VendorRefusal(400, 'this simulator wants the key in x-goog-api-key');
  const key = headers['x-goog-api-key'];
  if (key === undefined) {
    throw new VendorRefusal(403, "Method doesn't allow unregistered callers (callers without established identity).");
  }
  if (key !== exampleGoogleKey) throw new VendorRefusal(400, '', { body: errorBody(400, badKey.message, badKey.details) });
}

function answer(exchange: Exchange, desk: VendorDesk, id: string): Promise<void> {
  const model = findModel(id);
  if (exchange.query.get('alt') !== 'sse') throw new VendorRefusal(400, 'this simulator only streams with alt=sse');
  return desk.answer(exchange, {
    question: readContentQuestion(exchange.body, model),
    contextWindow: model.inputTokens,
    tooLong: (tokens) =>
      new VendorRefusal(
        400,
        `The input token count (${String(tokens)}) exceeds the maximum number of tokens allowed (${String(model.inputTokens)}).`,
      ),
    encoder: (inputTokens) => contentEncoder(model, inputTokens),
    headers: { 'content-type': 'text/event-stream', ...vendor.headers() },
  });
}

function findModel(id: string): GoogleModel {
  const model = googleModels.find((each) => each.id === id && each.methods.includes('generateContent'));
  if (model) return model;
  const advice = 'Call ListModels to see the list of available models and their supported methods.';
  throw new VendorRefusal(404, `models/${id} is not found for API version v1beta, or is not supported for generateContent. ${advice}`);
}

/** In pages of as many as were asked for. */
function listModels(exchange: Exchange, desk: VendorDesk): void {
  const size = Number(exchange.query.get('pageSize') ?? 50);
  const from = Number(exchange.query.get('pageToken') ?? 0);
  const next = from + size < googleModels.length ? { nextPageToken: String(from + size) } : {};
  desk.sendJson(exchange, { models: googleModels.slice(from, from + size).map(describeGoogleModel), ...next });
}

/** Starts a server that speaks the Gemini API. */
export function startGoogleSimulator(options: VendorSimulatorOptions = {}): Promise<VendorSimulator> {
  return startVendorSimulator(vendor, options);
}
