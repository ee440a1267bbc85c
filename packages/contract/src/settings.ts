import { z } from 'zod';
import { limits } from './limits.ts';

/** How answers are generated. An absent field means: the model's own default. */
export const generationSettingsSchema = z
  .strictObject({
    systemPrompt: z.string().max(limits.systemPromptCharacters).optional(),
    temperature: z.number().min(0).max(2).optional(),
    topP: z.number().min(0).max(1).optional(),
    maxOutputTokens: z.int().min(1).max(1_000_000).optional(),
    stop: z.array(z.string().min(1).max(limits.stopCharacters)).min(1).max(limits.stopTexts).optional(),
    seed: z.int().min(0).max(limits.seed).optional(),
    reasoningEffort: z.enum(['off', 'low', 'medium', 'high']).optional(),
  })
  .meta({ id: 'GenerationSettings' });
export type GenerationSettingsDto = z.infer<typeof generationSettingsSchema>;

export const userSettingsSchema = z
  .strictObject({
    theme: z.enum(['light', 'dark', 'system']),
    language: z.enum(['ru', 'en']).optional(),
    defaultModel: z.string().min(3).max(limits.modelNameCharacters).optional(),
    generation: generationSettingsSchema,
    sendOnEnter: z.boolean(),
  })
  .meta({ id: 'UserSettings' });
export type UserSettingsDto = z.infer<typeof userSettingsSchema>;

/** `null` clears an optional field; an absent one stays. */
export const userSettingsPatchSchema = z.strictObject({
  theme: userSettingsSchema.shape.theme.optional(),
  language: z.enum(['ru', 'en']).nullable().optional(),
  defaultModel: z.string().min(3).max(limits.modelNameCharacters).nullable().optional(),
  generation: generationSettingsSchema.optional(),
  sendOnEnter: z.boolean().optional(),
});
export type UserSettingsPatch = z.infer<typeof userSettingsPatchSchema>;
