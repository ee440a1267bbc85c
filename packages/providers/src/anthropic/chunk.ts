import { z } from 'zod';

const text = z.string().nullish();
const count = z.number().nullish().catch(undefined);

const usage = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_creation_input_tokens: count,
  cache_read_input_tokens: count,
  output_tokens_details: z.object({ thinking_tokens: count }).nullish().catch(undefined),
});

/** One event of the stream. New types of events, blocks and deltas may come at any time and are passed over. */
export const messageEvent = z.object({
  type: z.string(),
  index: z.number().nullish(),
  message: z.object({ model: text, usage: usage.nullish() }).nullish(),
  content_block: z.object({ type: z.string(), id: text, name: text, text, thinking: text, input: z.unknown().optional() }).nullish(),
  delta: z.object({ type: text, text, thinking: text, partial_json: text, stop_reason: text }).nullish(),
  usage: usage.nullish(),
  error: z.unknown().optional(),
});

export type MessageEvent = z.output<typeof messageEvent>;
export type MessageUsage = z.output<typeof usage>;
