import { z } from 'zod';
import { attachmentSchema } from './attachments.ts';
import { errorCodeSchema } from './errors.ts';
import { idSchema, timeSchema } from './shared.ts';

export const usageSchema = z
  .object({
    inputTokens: z.int(),
    outputTokens: z.int(),
    reasoningTokens: z.int().optional(),
    cachedInputTokens: z.int().optional(),
    isEstimated: z.boolean().optional(),
  })
  .meta({ id: 'Usage' });
export type UsageDto = z.infer<typeof usageSchema>;

export const costSchema = z.object({ amount: z.number(), currency: z.string(), isEstimated: z.boolean() }).meta({ id: 'Cost' });
export type CostDto = z.infer<typeof costSchema>;

/** Milliseconds. */
export const timingsSchema = z
  .object({ queueMs: z.number(), firstTokenMs: z.number().optional(), totalMs: z.number() })
  .meta({ id: 'Timings' });
export type TimingsDto = z.infer<typeof timingsSchema>;

export const runErrorSchema = z
  .object({
    code: errorCodeSchema,
    message: z.string(),
    isRetryable: z.boolean(),
    retryAfterMs: z.number().optional(),
    provider: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'RunError' });
export type RunErrorDto = z.infer<typeof runErrorSchema>;

export const finishReasonSchema = z.enum(['stop', 'length', 'content_filter', 'tool_calls', 'other']);
export const terminalStateSchema = z.enum(['completed', 'stopped', 'failed', 'interrupted']);
export const runStateSchema = z.enum(['queued', 'running', ...terminalStateSchema.options]);

export const warningSchema = z
  .object({
    code: z.enum(['parameter_dropped', 'parameter_changed', 'content_dropped', 'content_changed', 'messages_left_out', 'endpoint_changed']),
    parameter: z.string().optional(),
    count: z.int().optional().meta({ description: 'How many messages were left out; absent = not counted' }),
    files: z.array(z.string()).optional().meta({ description: 'Names of the files that it is about' }),
    message: z.string(),
  })
  .meta({ id: 'Warning' });
export type WarningDto = z.infer<typeof warningSchema>;

export const toolCallSchema = z
  .object({ callId: z.string(), name: z.string(), arguments: z.record(z.string(), z.unknown()) })
  .meta({ id: 'ToolCall' });

export const runSchema = z
  .object({
    id: idSchema,
    chatId: idSchema,
    messageId: idSchema,
    state: runStateSchema,
    model: z.string(),
    createdAt: timeSchema,
    finishedAt: timeSchema.optional(),
  })
  .meta({ id: 'Run' });
export type RunDto = z.infer<typeof runSchema>;

const seq = z.int().min(0);
const attemptReasonSchema = z.enum(['requested', 'retry', 'failover']);

export const runFinishEventSchema = z.object({
  seq,
  type: z.literal('finish'),
  state: terminalStateSchema,
  reason: finishReasonSchema.optional(),
  usage: usageSchema.optional(),
  cost: costSchema.optional(),
  timings: timingsSchema.optional(),
  modelVersion: z.string().optional(),
  error: runErrorSchema.optional(),
});

export const runSnapshotSchema = z.object({
  seq,
  type: z.literal('snapshot'),
  runId: idSchema,
  chatId: idSchema,
  messageId: idSchema,
  state: z.enum(['queued', 'running']),
  position: z.int().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  attempt: z.object({ number: z.int(), reason: attemptReasonSchema }).optional(),
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(toolCallSchema),
  attachments: z.array(attachmentSchema).optional(),
  warnings: z.array(warningSchema),
  usage: usageSchema.optional(),
});

/** One `data:` of `GET /api/v1/runs/:id/events`. `seq` repeats the `id:` of the frame. */
export const runEventSchema = z
  .discriminatedUnion('type', [
    z.object({ seq, type: z.literal('start'), runId: idSchema, chatId: idSchema, messageId: idSchema }),
    z.object({ seq, type: z.literal('queued'), position: z.int() }),
    z.object({ seq, type: z.literal('attempt'), number: z.int(), provider: z.string(), model: z.string(), reason: attemptReasonSchema }),
    z.object({ seq, type: z.literal('warning'), ...warningSchema.shape }),
    z.object({ seq, type: z.literal('reasoning-delta'), text: z.string() }),
    z.object({ seq, type: z.literal('text-delta'), text: z.string() }),
    z.object({ seq, type: z.literal('text-replace'), from: z.int(), text: z.string() }),
    z.object({ seq, type: z.literal('tool-call'), ...toolCallSchema.shape }),
    z.object({ seq, type: z.literal('file'), attachment: attachmentSchema }),
    z.object({ seq, type: z.literal('usage'), usage: usageSchema }),
    runSnapshotSchema,
    runFinishEventSchema,
  ])
  .meta({ id: 'RunEvent' });
export type RunEventDto = z.infer<typeof runEventSchema>;
export type RunFinishEventDto = z.infer<typeof runFinishEventSchema>;
export type RunSnapshotDto = z.infer<typeof runSnapshotSchema>;

export const runEventsQuerySchema = z.strictObject({ after: z.coerce.number().int().min(0).optional() });
