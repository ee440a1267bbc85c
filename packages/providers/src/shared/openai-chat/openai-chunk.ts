import { z } from 'zod';

const toolCall = z.object({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const message = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish().catch(undefined),
  tool_calls: z.array(toolCall).nullish(),
});

const usage = z.object({
  prompt_tokens: z.number().nullish(),
  completion_tokens: z.number().nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: z.number().nullish() }).nullish().catch(undefined),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish().catch(undefined),
});

/** A chunk of a stream, or a whole answer, which has `message` where a chunk has `delta`. An object without choices is neither. */
export const openAiChunk = z
  .object({
    choices: z.array(z.object({ delta: message.nullish(), message: message.nullish(), finish_reason: z.string().nullish() })).nullish(),
    usage: usage.nullish(),
    error: z.unknown().optional(),
  })
  .refine(({ choices, usage: counted, error }) => choices || counted || error, 'neither choices, usage nor an error');

export type OpenAiChunk = z.output<typeof openAiChunk>;
export type OpenAiToolCall = z.output<typeof toolCall>;
export type OpenAiUsage = z.output<typeof usage>;
