import { randomBytes } from 'node:crypto';
import type { AnswerEncoder, Progress } from '../host/run-script.ts';
import type { Ending, Fault, Tokens } from '../host/script.ts';
import { wholeCharacters } from '../host/whole-characters.ts';
import { errorBody } from './errors.ts';
import type { GoogleModel } from './models.ts';

const finishReasons: Readonly<Record<Ending['reason'], string>> = {
  final: 'STOP',
  truncated: 'MAX_TOKENS',
  filter: 'SAFETY',
  tools: 'STOP',
};

/** One transparent pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

type Members = Readonly<Record<string, unknown>>;

const data = (members: Members): string => `data: ${JSON.stringify(members)}\r\n\r\n`;

/** Pieces that all look alike; the last has the reason. There is no other end than that of the connection. */
export function contentEncoder(model: GoogleModel, inputTokens: number): AnswerEncoder {
  const common = { modelVersion: model.id, responseId: randomBytes(12).toString('base64url') };
  const whole = wholeCharacters();
  const chunk = (parts: readonly Members[], usage: Members, finishReason?: string): string => {
    const candidate = { content: { parts, role: 'model' }, ...(finishReason === undefined ? {} : { finishReason }), index: 0 };
    return data({ candidates: [candidate], usageMetadata: usage, ...common });
  };
  const usageOf = ({ outputTokens, reasoningTokens = 0 }: Tokens): Members => ({
    promptTokenCount: inputTokens,
    candidatesTokenCount: outputTokens - reasoningTokens,
    totalTokenCount: inputTokens + outputTokens,
    ...(reasoningTokens === 0 ? {} : { thoughtsTokenCount: reasoningTokens }),
  });
  return {
    begin: () => '',
    piece: (progress) => (progress.piece === '' ? '' : chunk([{ text: whole(progress.piece) }], usageOf(progress.tokens))),
    reasoning: (text) => chunk([{ text, thought: true }], { promptTokenCount: inputTokens, totalTokenCount: inputTokens }),
    finish(progress, ending) {
      const usage = usageOf(progress.tokens);
      // Nothing was said yet: it was the question that the filter did not like.
      if (ending.reason === 'filter' && progress.text === '') {
        return data({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: inputTokens }, ...common });
      }
      return chunk(lastParts(progress, ending, model, whole), usage, finishReasons[ending.reason]);
    },
    fault: ({ status, message }: Fault) => `data: ${errorBody(status, message)}\r\n\r\n`,
  };
}

function lastParts({ piece }: Progress, ending: Ending, model: GoogleModel, whole: (piece: string) => string): readonly Members[] {
  if (ending.reason === 'tools') {
    return ending.calls.map(({ name, arguments: args }, index) => ({
      functionCall: { name, args, ...(model.thinking === 'level' ? { id: randomBytes(4).toString('hex') } : {}) },
      ...(index === 0 && model.thinking === 'level' ? { thoughtSignature: 'c2ltdWxhdGVk' } : {}),
    }));
  }
  const picture = model.isPainter === true && ending.reason === 'final' ? [{ inlineData: { mimeType: 'image/png', data: pixel } }] : [];
  return [{ text: whole(piece) }, ...picture];
}
