import { z } from 'zod';
import { addressField, apiKeyField, concurrencyField, timeLimitFields } from '../shared/settings-fields.ts';

export const googleSettings = z.object({
  apiKey: apiKeyField({
    label: { ru: 'API-ключ', en: 'API key' },
    help: {
      ru: 'Ключ из aistudio.google.com, раздел API keys.',
      en: 'A key from aistudio.google.com, section API keys.',
    },
  }),
  concurrency: concurrencyField(8),
  baseUrl: addressField('https://generativelanguage.googleapis.com/v1beta'),
  ...timeLimitFields,
});

export type GoogleSettings = z.output<typeof googleSettings>;
