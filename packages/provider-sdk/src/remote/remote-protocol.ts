import { providerErrorCodes } from '@multimodel/core';
import { z } from 'zod';

/** Of `/manifest`: raised when a service of the old number would be misunderstood. */
export const remoteProtocolVersion = 1;

/** `GET /manifest`: what the service is. */
export const remoteManifestSchema = z.object({
  protocol: z.literal(remoteProtocolVersion),
  name: z.string().trim().min(1),
});

const number = z.object({ min: z.number(), max: z.number(), step: z.number().optional(), default: z.number().optional() });
const positive = z.number().positive();

/** One entry of `GET /models`. Only `id` must be there: what is not said is not supported, or not known. */
export const remoteModelSchema = z.object({
  id: z.string().trim().min(1),
  name: z.string().trim().min(1).optional(),
  kind: z.enum(['chat', 'embedding']).default('chat'),
  capabilities: z
    .object({
      tools: z.boolean().default(false),
      vision: z.boolean().default(false),
      jsonSchema: z.boolean().default(false),
      reasoning: z.boolean().default(false),
    })
    .prefault({}),
  parameters: z
    .object({
      temperature: number.optional(),
      topP: number.optional(),
      maxOutputTokens: number.optional(),
      seed: z.boolean().optional(),
      stop: z.boolean().optional(),
      reasoningEffort: z.array(z.enum(['off', 'low', 'medium', 'high'])).optional(),
    })
    .default({}),
  files: z
    .object({
      accepts: z.array(
        z.object({
          kind: z.enum(['image', 'document', 'audio']),
          mediaTypes: z.array(z.string()),
          maxBytes: positive,
          maxPerMessage: positive.optional(),
        }),
      ),
      maxTotalBytes: positive.optional(),
    })
    .optional(),
  /** Tokens of question and answer together. */
  contextWindow: z.int().positive().optional(),
  /** Money per 1,000,000 tokens. */
  price: z
    .object({
      currency: z.string().length(3),
      inputPerMillion: z.number().nonnegative(),
      cachedInputPerMillion: z.number().nonnegative().optional(),
      outputPerMillion: z.number().nonnegative(),
      asOf: z.iso.date(),
    })
    .optional(),
});
export const remoteModelsSchema = z.object({ models: z.array(remoteModelSchema) });

/** In the body of an answer that is not 2xx, and in the `error` event. */
export const remoteErrorSchema = z.object({
  code: z.enum(providerErrorCodes).optional().catch(undefined),
  message: z.string().default(''),
  retryAfterMs: z.number().nonnegative().optional(),
});

const count = z.int().nonnegative();
const usage = z.object({
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count.optional(),
  cachedInputTokens: count.optional(),
});

/** One line of the answer to `POST /stream`. */
export const remoteEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text-delta'), text: z.string() }),
  z.object({ type: z.literal('reasoning-delta'), text: z.string() }),
  z.object({ type: z.literal('text-replace'), from: count, text: z.string() }),
  z.object({
    type: z.literal('tool-call'),
    callId: z.string().min(1),
    name: z.string().min(1),
    arguments: z.record(z.string(), z.json()),
  }),
  z.object({ type: z.literal('file'), mediaType: z.string(), name: z.string().optional(), data: z.base64() }),
  z.object({
    type: z.literal('warning'),
    code: z.enum(['parameter_dropped', 'parameter_changed', 'content_dropped']),
    parameter: z.string().optional(),
    message: z.string(),
  }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({
    type: z.literal('finish'),
    reason: z.enum(['stop', 'length', 'content_filter', 'tool_calls', 'other']),
    usage: usage.optional(),
    modelVersion: z.string().optional(),
  }),
  z.object({ type: z.literal('error'), error: remoteErrorSchema }),
]);
export type RemoteEvent = z.output<typeof remoteEventSchema>;
