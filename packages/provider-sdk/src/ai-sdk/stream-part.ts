import { z } from 'zod';

const count = z.number().nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);

const bytes = z.union([z.string(), z.instanceof(Uint8Array)]);

/** v2 counts side by side, v3 and v4 in groups. */
const usage = z.object({
  inputTokens: z
    .union([z.number(), z.object({ total: count, cacheRead: count })])
    .nullish()
    .catch(undefined),
  outputTokens: z
    .union([z.number(), z.object({ total: count, reasoning: count })])
    .nullish()
    .catch(undefined),
  reasoningTokens: count,
  cachedInputTokens: count,
});

const warning = z.object({ type: z.string(), setting: text, feature: text, details: text, message: text });

const known = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stream-start'), warnings: z.array(warning).nullish().catch(undefined) }),
  z.object({ type: z.literal('text-delta'), delta: z.string() }),
  z.object({ type: z.literal('reasoning-delta'), delta: z.string() }),
  z.object({
    type: z.literal('tool-call'),
    toolCallId: z.string(),
    toolName: z.string(),
    input: z.string(),
    providerExecuted: z.boolean().nullish(),
  }),
  z.object({
    type: z.literal('file'),
    mediaType: z.string(),
    data: z.union([bytes, z.object({ type: z.literal('data'), data: bytes }), z.object({ type: z.literal('url') })]),
  }),
  z.object({ type: z.literal('response-metadata'), modelId: text }),
  z.object({
    type: z.literal('finish'),
    finishReason: z.union([z.string(), z.object({ unified: z.string(), raw: text })]),
    usage: usage.nullish(),
  }),
  z.object({ type: z.literal('error'), error: z.unknown().optional() }),
]);

const knownTypes = new Set<unknown>(known.options.map(({ shape }) => shape.type.value));

export type StreamPart = z.output<typeof known>;
export type PartUsage = z.output<typeof usage>;
export type PartWarning = z.output<typeof warning>;

/** `undefined`: a part that is not read here, such as the end of a block. `null`: one that is not what its type promises. */
export function readStreamPart(value: unknown): StreamPart | undefined | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  if (!knownTypes.has(value.type)) return undefined;
  return known.safeParse(value).data ?? null;
}
