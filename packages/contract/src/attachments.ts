import { z } from 'zod';
import { idSchema, timeSchema } from './shared.ts';

export const fileKindSchema = z.enum(['image', 'document', 'audio']);

/** A file of a message: sent with a question, or made by a model. */
export const attachmentSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    mediaType: z.string().meta({ description: 'As found in its bytes' }),
    kind: fileKindSchema,
    size: z.int().meta({ description: 'Bytes' }),
    sha256: z.string().meta({ description: 'Of the content, in hex' }),
    width: z.int().optional().meta({ description: 'Pixels, where the beginning of an image tells' }),
    height: z.int().optional(),
  })
  .meta({ id: 'Attachment' });
export type AttachmentDto = z.infer<typeof attachmentSchema>;

/** What an upload answers with. */
export const uploadedAttachmentSchema = attachmentSchema.extend({ createdAt: timeSchema }).meta({ id: 'UploadedAttachment' });
export type UploadedAttachmentDto = z.infer<typeof uploadedAttachmentSchema>;

/** What this server takes; what a model takes stands in `files` of the model. */
export const attachmentLimitsSchema = z
  .object({
    maxBytes: z.int().meta({ description: 'Of one file' }),
    maxPerMessage: z.int(),
    mediaTypes: z.array(z.string()),
  })
  .meta({ id: 'AttachmentLimits' });
export type AttachmentLimitsDto = z.infer<typeof attachmentLimitsSchema>;

/** What a model takes with a question; absent = no files, only texts, which go inside of the message. */
export const modelFilesSchema = z
  .object({
    accepts: z.array(
      z.object({
        kind: fileKindSchema,
        mediaTypes: z.array(z.string()),
        maxBytes: z.int().meta({ description: 'Of one file' }),
        maxPerMessage: z.int().optional(),
      }),
    ),
    maxTotalBytes: z.int().optional().meta({ description: 'Of all files of one request' }),
  })
  .meta({ id: 'ModelFiles' });
export type ModelFilesDto = z.infer<typeof modelFilesSchema>;
