import { AppError } from '@multimodel/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createSettingsSchema } from './settings-schema.ts';

const schema = createSettingsSchema(
  'x',
  z.object({
    text: z.string().min(2).max(4).default('abc'),
    whole: z.int().min(1).max(9).default(1),
    yes: z.boolean().default(true),
    list: z.array(z.string()).min(1).default(['a']),
    map: z.record(z.string(), z.string()).default({}),
    either: z.union([z.string(), z.record(z.string(), z.string())]).default(''),
    choice: z.enum(['a', 'b']).default('a'),
    address: z.url().default('https://x.example'),
    form: z.string().regex(/^x/).default('x'),
    own: z.string().min(3, 'Own words').default('abc'),
    needed: z.enum(['a']),
  }),
);

function messageOf(input: object): string {
  try {
    schema.parse({ needed: 'a', ...input });
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return '';
}

test.each([
  [{ text: 5 }, 'text: Must be text, not a number'],
  [{ text: 'a' }, 'text: Must have at least 2 characters'],
  [{ text: 'abcde' }, 'text: Must have at most 4 characters'],
  [{ whole: 'x' }, 'whole: Must be a number, not text'],
  [{ whole: 1.5 }, 'whole: Must be a whole number, not a number'],
  [{ whole: 0 }, 'whole: Must be at least 1'],
  [{ whole: 10 }, 'whole: Must be at most 9'],
  [{ yes: 'on' }, 'yes: Must be true or false, not text'],
  [{ yes: null }, 'yes: Must be true or false, not null'],
  [{ list: {} }, 'list: Must be a list [...], not an object'],
  [{ list: [] }, 'list: Must have at least 1 member'],
  [{ map: [] }, 'map: Must be an object {...}, not a list'],
  [{ either: 5 }, 'either: Cannot be a number'],
  [{ choice: 'c' }, 'choice: Must be one of: a, b'],
  [{ address: 'nope' }, 'address: Must be an address that begins with https:// or http://'],
  [{ form: 'y' }, 'form: Does not have the form that is needed'],
  [{ own: 'a' }, 'own: Own words'],
  [{ needed: undefined }, 'needed: Required'],
])('%j is said in words', (input, message) => {
  expect(messageOf(input)).toBe(`Wrong settings of x. ${message}`);
});
