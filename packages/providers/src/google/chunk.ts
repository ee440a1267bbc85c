import { z } from 'zod';

const text = z.string().nullish();
const count = z.number().nullish().catch(undefined);

/** Kinds of parts that are not read here, such as code that was run, pass as parts of nothing. */
const part = z.object({
  text,
  thought: z.boolean().nullish().catch(undefined),
  functionCall: z.object({ id: text, name: text, args: z.record(z.string(), z.json()).nullish() }).nullish(),
  inlineData: z.object({ mimeType: z.string(), data: z.string() }).nullish(),
});

const usage = z.object({
  promptTokenCount: count,
  candidatesTokenCount: count,
  thoughtsTokenCount: count,
  cachedContentTokenCount: count,
  toolUsePromptTokenCount: count,
});

/** One piece of an answer. */
export const contentChunk = z
  .object({
    candidates: z.array(z.object({ content: z.object({ parts: z.array(part).nullish() }).nullish(), finishReason: text })).nullish(),
    promptFeedback: z.object({ blockReason: text }).nullish(),
    usageMetadata: usage.nullish(),
    modelVersion: text,
    error: z.unknown().optional(),
  })
  .refine(
    ({ candidates, promptFeedback, usageMetadata, error }) => [candidates, promptFeedback, usageMetadata, error].some(Boolean),
    'not a piece of an answer',
  );

export type ContentChunk = z.output<typeof contentChunk>;
export type ContentPart = z.output<typeof part>;
export type ContentUsage = z.output<typeof usage>;
