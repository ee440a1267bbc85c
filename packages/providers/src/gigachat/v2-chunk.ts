import { z } from 'zod';

const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);

const part = z.object({
  text: z.string().nullish(),
  reasoning: text,
  files: z
    .array(z.object({ id: z.string(), mime: text, target: text }))
    .nullish()
    .catch(undefined),
  function_call: z
    .object({ name: z.string(), id: text, arguments: z.union([z.record(z.string(), z.json()), z.string()]).nullish() })
    .nullish(),
});

const message = z.object({
  role: text,
  content: z.array(part).nullish(),
  reasoning_content: text,
  // Three spellings of one thing.
  tool_state_id: text,
  tools_state_id: text,
  functions_state_id: text,
});

const usage = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
  output_tokens: count,
});

/** The data of one event, a whole answer, or an error inside a 200. */
export const v2Chunk = z
  .object({
    model: text,
    messages: z.array(message).nullish(),
    finish_reason: z.string().nullish(),
    usage: usage.nullish().catch(undefined),
    status: count,
    code: count,
    message: text,
    error: z.unknown().optional(),
  })
  .refine(
    (chunk) => chunk.messages || chunk.finish_reason || chunk.status || chunk.message || chunk.error,
    'neither messages, an end nor an error',
  );

export type V2Chunk = z.output<typeof v2Chunk>;
export type V2Message = z.output<typeof message>;
export type V2Usage = z.output<typeof usage>;
