import { isLocalized, type Localized } from '@multimodel/core';
import type { z } from 'zod';

/**
 * A fault that a plugin's own check finds in its settings, told in every language: for `context.addIssue` of zod.
 *
 * @example
 * z.string().superRefine((text, context) => {
 *   if (text.startsWith('sk-')) context.addIssue(faultIssue({ ru: 'Это ключ другого сервиса', en: 'This is a key of another service' }));
 * });
 */
export function faultIssue(text: Localized, path: readonly string[] = []) {
  // Without the input: it may be a secret.
  return { code: 'custom' as const, message: text.en, params: { text }, input: '', path: [...path] };
}

/** What `faultIssue` told. */
export function textOfIssue(issue: z.core.$ZodIssue): Localized | undefined {
  const text: unknown = issue.code === 'custom' ? issue.params?.['text'] : undefined;
  return isLocalized(text) ? text : undefined;
}
