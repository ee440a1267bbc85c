import type { Localized } from '@multimodel/core';
import { faultIssue, headerValueText } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { toBaseUrl } from './base-url.ts';
import { presetFacts } from './preset-facts.ts';
import { type PresetId, presetIds, presetOf } from './presets.ts';

/** Of requests that are not the caller's to set. */
const reservedHeaders = new Set(['host', 'connection', 'content-length', 'content-type', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

const apiKey = z
  .string()
  .transform((value, context) => {
    // Examples in documents have the scheme before the key.
    const key = value.trim().replace(/^bearer\s+/iu, '');
    const fault = key === '' ? undefined : headerValueText(key);
    if (fault !== undefined) context.addIssue(faultIssue(fault));
    return key === '' ? undefined : key;
  })
  .optional();

const headers = z
  .record(z.string(), z.string())
  .superRefine((values, context) => {
    for (const [name, value] of Object.entries(values)) {
      const fault = headerFault(name, value);
      if (fault !== undefined) context.addIssue(faultIssue(fault));
    }
  })
  .optional();

function headerFault(name: string, value: string): Localized | undefined {
  if (!/^[!#$%&'*+.^`|~\w-]+$/u.test(name))
    return { ru: 'В имени заголовка бывают только буквы, цифры и дефисы', en: 'A name of a header has letters, digits and dashes only' };
  if (reservedHeaders.has(name.toLowerCase()))
    return { ru: `Заголовок ${name} сервер ставит сам`, en: `The header ${name} is set by the server itself` };
  if (/^[\t\u0020-\u007e]*$/u.test(value)) return undefined;
  return {
    ru: `В заголовке ${name} есть знаки, которых HTTP не допускает`,
    en: `The header ${name} holds characters that HTTP does not allow`,
  };
}

const withoutAddress: Localized = {
  ru: 'Впишите адрес сервера; обычно он кончается на /v1',
  en: 'Enter the address of the server; it usually ends in /v1',
};

const milliseconds = (label: Localized) => z.int().min(1).max(86_400_000).optional().meta({ advanced: true, label });

export const openAiSettings = z
  .object({
    preset: z
      .enum(presetIds)
      .default('openai')
      // Names the host where no address is given: a stored key must not follow it elsewhere.
      .meta({
        address: true,
        choiceNames: Object.fromEntries(presetIds.map((id) => [id, presetOf(id).name])),
        choiceFacts: Object.fromEntries(presetIds.map((id) => [id, presetFacts(presetOf(id))])),
        label: { ru: 'Сервис', en: 'Service' },
        help: {
          ru: 'Чей это API. Для любого другого сервера выберите последнюю строку и впишите его адрес.',
          en: 'Whose API it is. For any other server choose the last line and enter its address.',
        },
      }),
    apiKey: apiKey.meta({
      secret: true,
      label: { ru: 'API-ключ', en: 'API key' },
      help: {
        ru: 'Из личного кабинета сервиса. Серверам на вашей машине обычно не нужен.',
        en: 'From the console of the service. Servers on your own machine usually need none.',
      },
    }),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .transform(toBaseUrl)
      .optional()
      .meta({
        label: { ru: 'Адрес API', en: 'API address' },
        help: {
          ru: 'Если не указан, берётся известный адрес сервиса. Обычно кончается на /v1.',
          en: 'The known address of the service when left out. It usually ends in /v1.',
        },
      }),
    models: z
      .string()
      .optional()
      .meta({
        advanced: true,
        label: { ru: 'Модели', en: 'Models' },
        help: {
          ru: 'Имена через запятую — для серверов, которые не отдают свой список.',
          en: 'Names separated by commas, for servers that do not give a list.',
        },
      }),
    vision: z
      .enum(['auto', 'yes', 'no'])
      .default('auto')
      .meta({
        advanced: true,
        label: { ru: 'Модели видят изображения', en: 'Models see images' },
        help: {
          ru: 'auto — как говорит список моделей сервиса; yes и no — для всех его моделей.',
          en: 'auto: as the list of models says; yes and no: for all of its models.',
        },
      }),
    headers: headers.meta({
      secret: true,
      advanced: true,
      label: { ru: 'Дополнительные заголовки', en: 'Additional headers' },
      help: {
        ru: 'JSON вида {"имя": "значение"}; уходят с каждым запросом.',
        en: 'JSON such as {"name": "value"}; sent with every request.',
      },
    }),
    concurrency: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta({
        advanced: true,
        label: { ru: 'Запросов одновременно', en: 'Requests at a time' },
        help: {
          ru: 'По умолчанию 16, для серверов на своей машине — 4.',
          en: '16 when left out, 4 for servers on one’s own machine.',
        },
      }),
    connectTimeoutMs: milliseconds({ ru: 'Ждать соединения, мс', en: 'Wait for a connection, ms' }),
    firstTokenTimeoutMs: milliseconds({ ru: 'Ждать первого слова, мс', en: 'Wait for the first token, ms' }),
    idleTimeoutMs: milliseconds({ ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' }),
    totalTimeoutMs: milliseconds({ ru: 'Ждать конца ответа, мс', en: 'Wait for the end, ms' }),
  })
  .superRefine((settings, context) => {
    const { name, baseUrl: known, keysAt } = presetOf(settings.preset);
    if (settings.baseUrl === undefined && known === undefined) context.addIssue(faultIssue(withoutAddress, ['baseUrl']));
    // Behind an address of one's own a proxy may add the key.
    const needsKey = keysAt !== undefined && settings.baseUrl === undefined && settings.headers === undefined;
    if (!needsKey || settings.apiKey !== undefined) return;
    const text = { ru: `${name} требует ключ: создайте его на ${keysAt}`, en: `${name} needs a key: create one at ${keysAt}` };
    context.addIssue(faultIssue(text, ['apiKey']));
  });

export type OpenAiSettings = z.output<typeof openAiSettings>;

/** Where requests go. */
export function baseUrlOf({ baseUrl, preset }: { readonly baseUrl?: string | undefined; readonly preset: PresetId }): string {
  return baseUrl ?? presetOf(preset).baseUrl ?? '';
}
