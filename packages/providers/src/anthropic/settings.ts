import { z } from 'zod';
import { addressField, apiKeyField, concurrencyField, timeLimitFields } from '../shared/settings-fields.ts';

export const anthropicSettings = z.object({
  apiKey: apiKeyField({
    label: { ru: 'API-ключ', en: 'API key' },
    help: {
      ru: 'Ключ из console.anthropic.com, раздел API Keys; начинается с sk-ant-api.',
      en: 'A key from console.anthropic.com, section API Keys; begins with sk-ant-api.',
    },
  }),
  concurrency: concurrencyField(8),
  baseUrl: addressField('https://api.anthropic.com'),
  ...timeLimitFields,
});

export type AnthropicSettings = z.output<typeof anthropicSettings>;
