import { z } from 'zod';
import { attachmentIdsSchema, modelNameSchema } from './chats.ts';
import { limits } from './limits.ts';
import { generationSettingsSchema } from './settings.ts';
import { idSchema } from './shared.ts';

/** A message that is not sent yet, as far as it is known. */
export const forecastContextSchema = z.strictObject({
  text: z.string().max(limits.messageCharacters).optional(),
  parentId: idSchema.nullable().optional(),
  model: modelNameSchema.optional(),
  settings: generationSettingsSchema.optional(),
  attachments: attachmentIdsSchema.optional(),
});
export type ForecastContext = z.infer<typeof forecastContextSchema>;

/** The same for the first message of a chat that does not exist yet. */
export const forecastNewChatSchema = forecastContextSchema.omit({ parentId: true });
export type ForecastNewChat = z.infer<typeof forecastNewChatSchema>;

const tokens = z.int();

/** What sending it would give the model. */
export const contextForecastSchema = z
  .object({
    model: z.string(),
    contextWindow: tokens.optional().meta({ description: 'Tokens of question and answer together; absent = unknown, nothing is left out' }),
    reservedForAnswer: tokens.optional().meta({ description: 'Tokens kept free for the answer' }),
    inputTokens: tokens.meta({ description: 'System prompt, the messages that go along, and the text' }),
    messages: z.int().meta({ description: 'Messages that go along, the new one not counted' }),
    leftOut: z.int().meta({ description: 'Oldest messages that do not fit' }),
    isCut: z.boolean().meta({ description: 'There are still older messages than are ever sent' }),
    isEstimated: z.boolean(),
    rule: z
      .object({ charactersPerToken: z.number(), tokensPerMessage: z.number() })
      .meta({ description: 'A text costs its characters (UTF-16 units) / charactersPerToken, rounded up, + tokensPerMessage' }),
    cuts: z
      .array(z.object({ leftOut: z.int(), inputTokens: tokens }))
      .meta({ description: 'For texts that are longer: the first that leaves room for the text and the answer is taken, else the last' }),
  })
  .meta({ id: 'ContextForecast' });
export type ContextForecastDto = z.infer<typeof contextForecastSchema>;
