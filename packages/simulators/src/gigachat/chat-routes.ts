import { randomUUID } from 'node:crypto';
import { Generation } from '../host/generation.ts';
import type { Json } from '../host/json.ts';
import { toText } from '../host/json.ts';
import { type AnswerEncoder, runScript } from '../host/run-script.ts';
import { countInput, type PreparedAnswer, prepareAnswer } from './answer-plan.ts';
import type { Envelope } from './envelope.ts';
import { Refusal } from './errors.ts';
import type { StoredFile } from './file-store.ts';
import { echoedName, type GigaChatModel } from './models.ts';
import { admitFiles, type GigaChatQuestion, type ReadQuestion } from './question.ts';
import { type Call, findModel, readJson, responseHeaders } from './service.ts';
import { v1StreamEncoder, v1WholeEncoder } from './v1-encoder.ts';
import { readV1Question } from './v1-question.ts';
import { v2StreamEncoder, v2WholeEncoder } from './v2-encoder.ts';
import { readV2Question } from './v2-question.ts';

interface Dialect {
  read(body: Json, call: Call): ReadQuestion;
  streamEncoder(envelope: Envelope): AnswerEncoder;
  wholeEncoder(envelope: Envelope): AnswerEncoder;
  /** The end of an answer to a question that was not let through. */
  readonly blockedReason: string;
}

export const v1: Dialect = {
  read: (body, call) => readV1Question(body, findFileOf(call)),
  streamEncoder: v1StreamEncoder,
  wholeEncoder: v1WholeEncoder,
  blockedReason: 'blacklist',
};

export const v2: Dialect = {
  read: (body, call) => readV2Question(body, { quirks: call.service.quirks, findFile: findFileOf(call) }),
  streamEncoder: v2StreamEncoder,
  wholeEncoder: v2WholeEncoder,
  blockedReason: 'request_filter',
};

function findFileOf({ service, member }: Call): (id: string) => StoredFile {
  return (id) => {
    const file = service.files.find(id, member.account);
    if (file === undefined) throw new Refusal(404, `File ${id} not found`);
    return file;
  };
}

export async function chatCompletions(call: Call, dialect: Dialect): Promise<void> {
  const { exchange, service, member } = call;
  const body = readJson(exchange);
  const question = dialect.read(body, call);
  const model = findModel(call, toText(body['model']) || 'GigaChat', 'chat');
  admitFiles(question.filesByMessage, model, service.quirks.imagesPerMessage);
  member.admitSpending(model.family);
  const leave = member.enter(service.quirks.retryAfterSeconds);
  try {
    const prepared = prepareAnswer(question, model, call);
    await play(call, dialect, { question, model, prepared });
  } finally {
    leave();
  }
}

interface Work {
  readonly question: GigaChatQuestion;
  readonly model: GigaChatModel;
  readonly prepared: PreparedAnswer;
}

async function play(call: Call, dialect: Dialect, { question, model, prepared }: Work): Promise<void> {
  const { exchange, service } = call;
  const { isStream } = question;
  const { script } = prepared;
  const envelope = envelopeOf(call, dialect, { question, model, prepared });
  const encoder = countSpending(isStream ? dialect.streamEncoder(envelope) : dialect.wholeEncoder(envelope), model, call);
  const generation = new Generation(exchange.response, service.ledger, {
    headers: responseHeaders(exchange, isStream ? 'text/event-stream' : undefined),
    chunkBytes: script.chunkBytes,
    isHeldUntilEnd: isStream && service.quirks.holdsHttp1 && exchange.httpVersion === '1.1',
  });
  await runScript(script, encoder, generation, { inputTokens: countInput(question), delayMs: service.pieceDelayMs });
}

function envelopeOf({ exchange, service }: Call, dialect: Dialect, { question, model, prepared }: Work): Envelope {
  const { scenario } = service;
  const played = scenario.kind === 'ending' ? scenario.finishReason : undefined;
  return {
    model: echoedName(model),
    createdAt: service.now(),
    cachedTokens: service.promptCache.look(exchange.headers['x-session-id'], question.turns),
    stateId: randomUUID(),
    finishReason: prepared.isBlocked === true ? dialect.blockedReason : played,
    imageId: prepared.imageId,
    quirks: service.quirks,
  };
}

/** Tokens are paid for when an answer has come to its end. */
function countSpending(encoder: AnswerEncoder, { family }: GigaChatModel, { member }: Call): AnswerEncoder {
  return {
    ...encoder,
    finish: (progress, ending) => {
      member.spend(family, progress.tokens.inputTokens + progress.tokens.outputTokens);
      return encoder.finish(progress, ending);
    },
  };
}
