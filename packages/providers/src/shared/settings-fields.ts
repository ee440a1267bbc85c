import type { Localized } from '@multimodel/core';
import { faultIssue, headerValueText } from '@multimodel/provider-sdk';
import { z } from 'zod';

interface FieldTexts {
  readonly label: Localized;
  readonly help?: Localized;
}

const empty: Localized = { ru: 'Не должно быть пустым', en: 'Must not be empty' };

/** A key that is sent in a header: white space around it is a slip of the clipboard, inside of it a mistake. */
export function apiKeyField(texts: FieldTexts) {
  return z
    .string()
    .min(1)
    .transform((value, context) => {
      const trimmed = value.trim();
      const fault = trimmed === '' ? empty : headerValueText(trimmed);
      if (fault !== undefined) context.addIssue(faultIssue(fault));
      return trimmed;
    })
    .meta({ secret: true, ...texts });
}

export function addressField(fallback: string) {
  return z
    .url({ protocol: /^https?$/ })
    .default(fallback)
    .meta({ advanced: true, label: { ru: 'Адрес API', en: 'API address' } });
}

export function concurrencyField(fallback: number) {
  return z
    .int()
    .min(1)
    .max(1000)
    .default(fallback)
    .meta({ advanced: true, label: { ru: 'Запросов одновременно', en: 'Requests at a time' } });
}

const milliseconds = (fallback: number, label: Localized) =>
  z.int().min(1).max(86_400_000).default(fallback).meta({ advanced: true, label });

/** Models that think before they speak are silent for minutes: the limits are wide. */
export const timeLimitFields = {
  connectTimeoutMs: milliseconds(10_000, { ru: 'Ждать соединения, мс', en: 'Wait for a connection, ms' }),
  firstTokenTimeoutMs: milliseconds(300_000, { ru: 'Ждать первого слова, мс', en: 'Wait for the first token, ms' }),
  idleTimeoutMs: milliseconds(180_000, { ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' }),
  totalTimeoutMs: milliseconds(1_800_000, { ru: 'Ждать конца ответа, мс', en: 'Wait for the end, ms' }),
};
