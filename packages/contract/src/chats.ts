import { z } from 'zod';
import { attachmentSchema } from './attachments.ts';
import { limits } from './limits.ts';
import {
  costSchema,
  finishReasonSchema,
  runErrorSchema,
  runSchema,
  terminalStateSchema,
  timingsSchema,
  toolCallSchema,
  usageSchema,
  warningSchema,
} from './runs.ts';
import { generationSettingsSchema } from './settings.ts';
import { idSchema, pageOf, pageQuerySchema, timeSchema } from './shared.ts';

const titleSchema = z.string().trim().min(1).max(limits.titleCharacters);
/** `providerSlug/modelId`. */
export const modelNameSchema = z
  .string()
  .max(limits.modelNameCharacters)
  .regex(/^[^/\s]+\/\S+$/, 'must look like "provider/model"');

export const chatSchema = z
  .object({
    id: idSchema,
    title: z.string().optional(),
    model: z.string().optional(),
    settings: generationSettingsSchema,
    leafId: idSchema.optional(),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Chat' });
export type ChatDto = z.infer<typeof chatSchema>;

export const createChatSchema = z.strictObject({
  title: titleSchema.optional(),
  model: modelNameSchema.optional(),
  settings: generationSettingsSchema.optional(),
});
export type CreateChat = z.infer<typeof createChatSchema>;

/** `null` clears; an absent field stays. */
export const updateChatSchema = z.strictObject({
  title: titleSchema.nullable().optional(),
  model: modelNameSchema.nullable().optional(),
  settings: generationSettingsSchema.optional(),
  leafId: idSchema.nullable().optional().meta({
    description:
      'Any message: the branch with the newest message below it is shown. null hides all messages, until one is named here again or the next one is sent; a running answer is stopped',
  }),
});
export type UpdateChat = z.infer<typeof updateChatSchema>;

/** The place of a message among those with the same parent: versions of one question, answers to one question. */
export const siblingsSchema = z
  .object({
    index: z.int().meta({ description: 'From 0, by age' }),
    count: z.int(),
    previousId: idSchema.optional(),
    nextId: idSchema.optional(),
  })
  .meta({ id: 'Siblings' });
export type SiblingsDto = z.infer<typeof siblingsSchema>;

export const messageSchema = z
  .object({
    id: idSchema,
    chatId: idSchema,
    parentId: idSchema.optional(),
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    reasoning: z.string().optional(),
    toolCalls: z.array(toolCallSchema).optional(),
    attachments: z.array(attachmentSchema).optional().meta({ description: 'Sent with a question, or made by the model' }),
    state: z.enum(['streaming', ...terminalStateSchema.options]),
    runId: idSchema.optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
    modelVersion: z.string().optional(),
    reason: finishReasonSchema.optional(),
    usage: usageSchema.optional(),
    cost: costSchema.optional(),
    timings: timingsSchema.optional(),
    warnings: z.array(warningSchema).optional(),
    error: runErrorSchema.optional(),
    siblings: siblingsSchema.optional().meta({ description: 'In lists of a branch only' }),
    createdAt: timeSchema,
  })
  .meta({ id: 'Message' });
export type MessageDto = z.infer<typeof messageSchema>;

export const attachmentIdsSchema = z
  .array(idSchema)
  .max(limits.attachmentsPerMessage)
  .meta({ description: 'Files that were uploaded for it, or sent before' });

export const sendMessageSchema = z
  .strictObject({
    /** May be blank beside files. */
    text: z.string().max(limits.messageCharacters),
    /** Absent: the end of the shown branch. `null`: a new first message. */
    parentId: idSchema.nullable().optional(),
    model: modelNameSchema.optional(),
    settings: generationSettingsSchema.optional(),
    attachments: attachmentIdsSchema.optional(),
  })
  .refine(({ text, attachments = [] }) => text.trim() !== '' || attachments.length > 0, { path: ['text'], message: 'must not be empty' });
export type SendMessage = z.infer<typeof sendMessageSchema>;

export const sentMessageSchema = z
  .object({ userMessage: messageSchema, assistantMessage: messageSchema, run: runSchema })
  .meta({ id: 'SentMessage' });
export type SentMessage = z.infer<typeof sentMessageSchema>;

/** Another answer to the same question. */
export const regenerateMessageSchema = z.strictObject({ model: modelNameSchema.optional(), settings: generationSettingsSchema.optional() });
export type RegenerateMessage = z.infer<typeof regenerateMessageSchema>;

/** An answer that came to a halt goes on. */
export const continueMessageSchema = z.strictObject({ model: modelNameSchema.optional() });
export type ContinueMessage = z.infer<typeof continueMessageSchema>;

export const answeringSchema = z.object({ assistantMessage: messageSchema, run: runSchema }).meta({ id: 'Answering' });
export type Answering = z.infer<typeof answeringSchema>;

export const chatPageSchema = pageOf(chatSchema);
export const messagePageSchema = pageOf(messageSchema);
export const messagesQuerySchema = pageQuerySchema.extend({
  order: z.enum(['asc', 'desc']).optional().meta({ description: '`asc` unless a branch is asked for' }),
  branch: z
    .literal('current')
    .or(idSchema)
    .optional()
    .meta({ description: 'One branch, newest first: `current`, or the id of the message that it ends in' }),
});
export const clearQuerySchema = z.strictObject({
  onlyHidden: z.enum(['true', 'false']).optional().meta({ description: 'true: only if the chat shows no message (leafId null)' }),
});
export type ChatPage = z.infer<typeof chatPageSchema>;
export type MessagePage = z.infer<typeof messagePageSchema>;
