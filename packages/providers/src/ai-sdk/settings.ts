import type { JsonObject, Localized } from '@multimodel/core';
import { faultIssue, headerValueText, parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { concurrencyField, timeLimitFields } from '../shared/settings-fields.ts';

const emptyIsNone = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());

/** In the file an object, in a form its text. */
function jsonObject(check: (value: JsonObject) => Localized | undefined) {
  const members = z.record(z.string(), z.json());
  return z
    .union([z.string(), members])
    .transform((value, context): JsonObject | undefined => {
      if (typeof value === 'string' && value.trim() === '') return undefined;
      const parsed = members.safeParse(typeof value === 'string' ? parseJson(value) : value);
      const fault = parsed.success ? check(parsed.data) : notAnObject;
      if (fault === undefined) return parsed.data;
      context.addIssue(faultIssue(fault));
      return z.NEVER;
    })
    .optional();
}

const notAnObject: Localized = { ru: 'Нужен объект JSON в фигурных скобках', en: 'It takes a JSON object in braces' };

/** Where requests go is said in one place, so that it can be checked. */
function checkOptions(options: JsonObject): Localized | undefined {
  const name = Object.keys(options).find((each) => /url$|^host$|endpoint/iu.test(each));
  return name === undefined
    ? undefined
    : { ru: `Адрес задаётся настройкой baseUrl, а не «${name}»`, en: `The address goes into the setting baseUrl, not into "${name}"` };
}

function checkHeaders(headers: JsonObject): Localized | undefined {
  const wrong = Object.entries(headers).find(([name, value]) => typeof value !== 'string' || !/^[\w-]+$/u.test(name));
  return wrong && { ru: `Заголовок ${wrong[0]} должен быть текстом`, en: `The header ${wrong[0]} must be a text` };
}

export const aiSdkSettings = z.object({
  package: z
    .string()
    .min(1)
    .transform((name) => name.trim())
    .meta({
      label: { ru: 'Пакет npm', en: 'npm package' },
      help: {
        ru: 'Например, @ai-sdk/mistral. Его нужно установить рядом с сервером: npm install @ai-sdk/mistral.',
        en: 'For example @ai-sdk/mistral. It must be installed beside the server: npm install @ai-sdk/mistral.',
      },
    }),
  apiKey: z
    .string()
    .transform((value, context) => {
      const key = emptyIsNone(value);
      const fault = key === undefined ? undefined : headerValueText(key);
      if (fault !== undefined) context.addIssue(faultIssue(fault));
      return key;
    })
    .optional()
    .meta({
      secret: true,
      label: { ru: 'API-ключ', en: 'API key' },
      help: { ru: 'Если он нужен провайдеру пакета.', en: 'If the provider of the package needs one.' },
    }),
  models: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/u).filter((id) => id !== ''))
    .meta({
      label: { ru: 'Модели', en: 'Models' },
      help: {
        ru: 'Через запятую, как их называет провайдер: пакет сам списка не даёт.',
        en: 'Separated by commas, as the provider calls them: the package has no list of its own.',
      },
    }),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ advanced: true, label: { ru: 'Адрес API', en: 'API address' } }),
  headers: jsonObject(checkHeaders).meta({
    secret: true,
    advanced: true,
    label: { ru: 'Заголовки', en: 'Headers' },
    help: { ru: 'Объект JSON; идут с каждым запросом.', en: 'A JSON object; sent with every request.' },
  }),
  options: jsonObject(checkOptions).meta({
    secret: true,
    advanced: true,
    label: { ru: 'Прочие настройки пакета', en: 'Other settings of the package' },
    help: {
      ru: 'Объект JSON, как его ждёт функция пакета, например {"region": "eu-central-1"}.',
      en: 'A JSON object as the function of the package takes it, for example {"region": "eu-central-1"}.',
    },
  }),
  factory: z
    .string()
    .transform(emptyIsNone)
    .optional()
    .meta({
      advanced: true,
      label: { ru: 'Функция пакета', en: 'Function of the package' },
      help: { ru: 'Если в пакете несколько функций create….', en: 'If the package has several functions create….' },
    }),
  concurrency: concurrencyField(8),
  ...timeLimitFields,
});

export type AiSdkSettings = z.output<typeof aiSdkSettings>;

/** Values that must not get into an error. */
export function secretsOf({ apiKey, headers = {}, options = {} }: AiSdkSettings): readonly string[] {
  const texts = [...Object.values(headers), ...Object.values(options)].filter((value) => typeof value === 'string');
  return [...(apiKey === undefined ? [] : [apiKey]), ...texts.flatMap((text) => [text, text.slice(text.lastIndexOf(' ') + 1)])];
}
