import { z } from 'zod';

/** int64 travels as a string; numbers are accepted too. */
const int64 = z.coerce.number().nullish().catch(undefined);

const functionCall = z.object({ functionCall: z.object({ name: z.string(), arguments: z.record(z.string(), z.json()).nullish() }) });

const alternative = z.object({
  message: z
    .object({
      text: z.string().nullish(),
      toolCallList: z.object({ toolCalls: z.array(functionCall).nullish() }).nullish(),
    })
    .nullish(),
  status: z.string().nullish(),
});

const usage = z.object({
  inputTextTokens: int64,
  completionTokens: int64,
  completionTokensDetails: z.object({ reasoningTokens: int64 }).nullish().catch(undefined),
});

/** One line of the stream. The wrapper `result` is there even without streaming. */
export const nativeChunk = z.union([
  z.object({
    result: z.object({
      alternatives: z.array(alternative).nullish(),
      usage: usage.nullish(),
      modelVersion: z.string().nullish(),
    }),
  }),
  z.object({ error: z.unknown() }).refine(({ error }) => error !== undefined && error !== null, 'no error'),
]);

export type NativeChunk = z.output<typeof nativeChunk>;
export type NativeUsage = z.output<typeof usage>;
