import { z } from 'zod';

const args = z.union([z.record(z.string(), z.json()), z.string()]).nullish();

const message = z.object({
  role: z.string().nullish(),
  content: z.string().nullish(),
  reasoning_content: z.string().nullish().catch(undefined),
  function_call: z.object({ name: z.string(), arguments: args }).nullish(),
  functions_state_id: z.string().nullish().catch(undefined),
});

const count = z.number().nullish().catch(undefined);
const usage = z.object({ prompt_tokens: count, completion_tokens: count, precached_prompt_tokens: count });

/** A chunk of a stream, a whole answer (which has `message` where a chunk has `delta`), or an error inside a 200. */
export const v1Chunk = z
  .object({
    choices: z.array(z.object({ delta: message.nullish(), message: message.nullish(), finish_reason: z.string().nullish() })).nullish(),
    usage: usage.nullish(),
    model: z.string().nullish().catch(undefined),
    status: z.number().nullish().catch(undefined),
    code: z.number().nullish().catch(undefined),
    message: z.string().nullish().catch(undefined),
    error: z.unknown().optional(),
  })
  .refine((chunk) => chunk.choices || chunk.usage || chunk.status || chunk.message || chunk.error, 'neither choices, usage nor an error');

export type V1Chunk = z.output<typeof v1Chunk>;
export type V1Usage = z.output<typeof usage>;
