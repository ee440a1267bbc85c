import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { idSchema, pageOf } from './shared.ts';

/** `ready`: the last call went well, or none was made yet. */
export const providerStateSchema = z.enum(['ready', 'failing', 'unconfigured']);

export const providerSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    plugin: z.string(),
    displayName: z.string(),
    state: providerStateSchema,
    /** Why it is not `ready`. */
    problem: z.object({ code: errorCodeSchema, message: z.string() }).optional(),
    source: z.enum(['config', 'environment', 'built-in', 'user']),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Provider' });
export type ProviderDto = z.infer<typeof providerSchema>;
export const providerPageSchema = pageOf(providerSchema);

const numberParameterSchema = z.object({ min: z.number(), max: z.number(), step: z.number().optional(), default: z.number().optional() });

export const modelSchema = z
  .object({
    id: z.string().meta({ description: 'providerSlug/modelId' }),
    name: z.string(),
    provider: z.string(),
    providerName: z.string(),
    kind: z.enum(['chat', 'embedding']),
    capabilities: z.object({ tools: z.boolean(), vision: z.boolean(), jsonSchema: z.boolean(), reasoning: z.boolean() }),
    parameters: z.object({
      temperature: numberParameterSchema.optional(),
      topP: numberParameterSchema.optional(),
      maxOutputTokens: numberParameterSchema.optional(),
      seed: z.boolean().optional(),
      stop: z.boolean().optional(),
      reasoningEffort: z.array(z.enum(['off', 'low', 'medium', 'high'])).optional(),
    }),
    contextWindow: z.int().optional(),
    price: z
      .object({
        currency: z.string(),
        inputPerMillion: z.number(),
        cachedInputPerMillion: z.number().optional(),
        outputPerMillion: z.number(),
        asOf: z.string(),
      })
      .optional(),
    state: providerStateSchema,
    source: z.enum(['live', 'catalog']),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Model' });
export type ModelDto = z.infer<typeof modelSchema>;
export const modelPageSchema = pageOf(modelSchema);
export type ModelPage = z.infer<typeof modelPageSchema>;
