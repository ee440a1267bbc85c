import type { Localized } from '@multimodel/core';
import { createRemoteProvider, defineProvider, headerValueFault } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { explain } from './explain.ts';

const milliseconds = (fallback: number, label: Localized) =>
  z.int().min(1).max(86_400_000).default(fallback).meta({ advanced: true, label });

/** An empty field of a form is no token; white space around one is a slip of the clipboard. */
const token = z
  .string()
  .transform((value, context) => {
    const trimmed = value.trim();
    const fault = headerValueFault(trimmed);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, input: '' });
    return trimmed === '' ? undefined : trimmed;
  })
  .optional();

/** A service of somebody else that speaks our own small protocol, docs/remote-provider.md. */
export const remote = defineProvider({
  id: 'remote',
  displayName: 'Remote provider',
  about: { ru: 'Ваша собственная служба с моделями, на любом языке', en: 'A service of your own with models, in any language' },
  settings: z.object({
    baseUrl: z.url({ protocol: /^https?$/ }).meta({
      label: { ru: 'Адрес службы', en: 'Address of the service' },
      help: {
        ru: 'По нему отвечают /manifest, /models и /stream.',
        en: '/manifest, /models and /stream answer below it.',
      },
    }),
    token: token.meta({
      secret: true,
      label: { ru: 'Токен', en: 'Token' },
      help: { ru: 'Если служба его спрашивает.', en: 'If the service asks for one.' },
    }),
    connectTimeoutMs: milliseconds(10_000, { ru: 'Ждать соединения, мс', en: 'Wait for a connection, ms' }),
    firstTokenTimeoutMs: milliseconds(120_000, { ru: 'Ждать первого слова, мс', en: 'Wait for the first token, ms' }),
    idleTimeoutMs: milliseconds(60_000, { ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' }),
  }),
  create: (settings, context) => ({ ...createRemoteProvider(settings, context), explain }),
});
