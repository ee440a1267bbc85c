import { z } from 'zod';

/** A text; some back ends give the object that it should describe. */
const argumentsText = z.union([z.string(), z.record(z.string(), z.json()).transform((value) => JSON.stringify(value))]).nullish();

const toolCall = z.object({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: argumentsText }).nullish(),
});

const textPart = z.object({ text: z.string().nullish().catch(undefined) });
const thinking = z.union([z.string(), z.array(textPart)]);
const part = textPart.extend({ type: z.string().nullish(), thinking: thinking.nullish().catch(undefined) });

const reasoning = z.string().nullish().catch(undefined);
const message = z.object({
  /** Mistral's reasoning models answer in parts: thoughts and text. */
  content: z.union([z.string(), z.array(part)]).nullish(),
  reasoning_content: reasoning,
  reasoning,
  refusal: z.string().nullish().catch(undefined),
  tool_calls: z.array(toolCall).nullish(),
});

const count = z.number().nullish().catch(undefined);
const usage = z.object({
  prompt_tokens: z.number().nullish(),
  completion_tokens: z.number().nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
  /** DeepSeek. */
  prompt_cache_hit_tokens: count,
  /** Moonshot. */
  cached_tokens: count,
});

const choice = z.object({
  delta: message.nullish(),
  message: message.nullish(),
  finish_reason: z.string().nullish(),
  /** Moonshot counts here. */
  usage: usage.nullish().catch(undefined),
  error: z.unknown().optional(),
});

const text = z.string().nullish().catch(undefined);

const members = z.object({
  choices: z.array(choice).nullish(),
  usage: usage.nullish(),
  /** Groq counts here unless asked for the usual place. */
  x_groq: z.object({ usage: usage.nullish(), error: z.unknown().optional() }).nullish().catch(undefined),
  model: text,
  error: z.unknown().optional(),
  /** Of errors that stand at the top: vLLM, DashScope, FastAPI. */
  message: text,
  detail: text,
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
});

export type OpenAiChunk = z.output<typeof members>;
export type OpenAiMessage = z.output<typeof message>;
export type OpenAiToolCall = z.output<typeof toolCall>;
export type OpenAiUsage = z.output<typeof usage>;

/** A chunk of a stream, or a whole answer, which has `message` where a chunk has `delta`. An object without choices is neither. */
export const openAiChunk = members.refine(
  (chunk) => chunk.choices || countedIn(chunk) || errorIn(chunk),
  'neither choices, usage nor an error',
);

/** The counts, wherever this vendor puts them. */
export function countedIn({ usage: usual, x_groq: groq, choices }: OpenAiChunk): OpenAiUsage | undefined {
  return usual ?? groq?.usage ?? choices?.[0]?.usage ?? undefined;
}

/** Ends that are failures: of OpenRouter's providers and Mistral, of DeepSeek. */
const failedReasons = new Set(['error', 'insufficient_system_resource']);

/** The value of the `error` member that the chunk has or should have; absent when it is no error. */
export function errorIn(chunk: OpenAiChunk): unknown {
  const told = chunk.error ?? chunk.choices?.[0]?.error ?? chunk.x_groq?.error;
  if (told) return told;
  const reason = chunk.choices?.[0]?.finish_reason ?? '';
  if (failedReasons.has(reason)) return { message: `The answer ended with ${reason}` };
  const words = chunk.message ?? chunk.detail;
  return words && !chunk.choices ? { message: words, code: chunk.code } : undefined;
}
