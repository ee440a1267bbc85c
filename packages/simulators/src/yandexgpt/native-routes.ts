import { createHash } from 'node:crypto';
import { type Json, member, parseRecord, toNumber, toText } from '../host/json.ts';
import { sampleVector } from '../host/sample-vector.ts';
import type { Exchange } from '../host/simulator-host.ts';
import { splitTokens } from '../host/tokens.ts';
import { admitFolder, admitModel, authenticate, type Cloud, responseHeaders, sendJson } from './cloud.ts';
import { Refusal } from './errors.ts';
import { generate, prepareScript } from './generate.ts';
import { nativeStreamEncoder, nativeWholeEncoder } from './native-encoder.ts';
import { isStream, readNativeQuestion } from './native-question.ts';

export function readBody(exchange: Exchange): Json {
  const body = parseRecord(exchange.body);
  if (body === undefined) throw new Refusal(400, 'invalid character in the request body');
  return body;
}

export async function completion(exchange: Exchange, cloud: Cloud): Promise<void> {
  const account = authenticate(exchange, cloud, 'native');
  admitFolder(exchange.headers['x-folder-id'], account);
  const body = readBody(exchange);
  const { model } = admitModel(toText(member(body, 'modelUri')), account, cloud, 'native');
  const question = readNativeQuestion(body);
  const script = prepareScript(question, model, cloud);
  const encoder = isStream(body) ? nativeStreamEncoder : nativeWholeEncoder;
  await generate(exchange, cloud, { question, script, encoder, headers: responseHeaders(exchange) });
}

export function tokenize(exchange: Exchange, cloud: Cloud): void {
  const account = authenticate(exchange, cloud, 'unary');
  const body = readBody(exchange);
  admitModel(toText(member(body, 'modelUri')), account, cloud, 'unary');
  sendTokens(exchange, [toText(body['text'])]);
}

export function tokenizeCompletion(exchange: Exchange, cloud: Cloud): void {
  const account = authenticate(exchange, cloud, 'unary');
  const body = readBody(exchange);
  admitModel(toText(member(body, 'modelUri')), account, cloud, 'unary');
  sendTokens(
    exchange,
    readNativeQuestion(body).turns.map(({ text }) => text),
  );
}

/** Pieces show a leading space as `▁` and a line break as `[NL]`; texts are parted by `[SEP]`. */
function sendTokens(exchange: Exchange, texts: readonly string[]): void {
  const tokens = texts.flatMap((text, index) => [
    ...(index === 0 ? [{ id: '1', text: '<s>', special: true }] : [{ id: '2', text: '[SEP]', special: true }]),
    ...splitTokens(text).map((token) => ({
      id: tokenId(token),
      text: token.replaceAll(/[^\S\n]+/gu, '▁').replaceAll('\n', '[NL]'),
      special: false,
    })),
  ]);
  sendJson(exchange, { tokens, modelVersion: '09.02.2025' });
}

const tokenId = (token: string): string => String((createHash('sha256').update(token).digest().readUInt16BE() % 60_000) + 100);

export function textEmbedding(exchange: Exchange, cloud: Cloud): void {
  const account = authenticate(exchange, cloud, 'unary');
  const body = readBody(exchange);
  admitModel(toText(member(body, 'modelUri')), account, cloud, 'unary');
  const text = toText(body['text']);
  admitEmbedding(text, cloud);
  const size = toNumber(body['dim']) ?? 256;
  sendJson(exchange, { embedding: sampleVector(text, size), numTokens: String(splitTokens(text).length), modelVersion: '06.12.2023' });
}

export function admitEmbedding(text: string, cloud: Cloud): void {
  const count = splitTokens(text).length;
  if (count > 2000) throw new Refusal(400, `Number of input tokens must be no more than 2000, got ${String(count)}`);
  cloud.quotas.admitEmbedding();
}
