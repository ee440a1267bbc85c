import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object {...}',
  record: 'an object {...}',
  array: 'a list [...]',
};

const given: Readonly<Record<string, string>> = { string: 'text', number: 'a number', boolean: 'true or false' };

/** The word for what a person wrote; never the value itself, which may be a secret. */
function givenKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return given[typeof value] ?? 'an object';
}

/** What zod found, as a sentence for people. Messages that a plugin gives to its own checks go before it. */
export function faultInWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Required' : `Must be ${kinds[issue.expected] ?? issue.expected}, not ${givenKind(issue.input)}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'Must be an address that begins with https:// or http://' : 'Does not have the form that is needed';
    case 'invalid_value':
      if (issue.input === undefined) return 'Required';
      return `Must be one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `Must ${bound(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `Must ${bound(issue.origin, 'at most', issue.maximum)}`;
    case 'not_multiple_of':
      return `Must be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return `Cannot be ${givenKind(issue.input)}`;
    default:
      return undefined;
  }
}

function bound(origin: string, limit: 'at least' | 'at most', value: number | bigint): string {
  if (origin === 'string') return `have ${limit} ${value} ${value === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `have ${limit} ${value} ${value === 1 ? 'member' : 'members'}`;
  return `be ${limit} ${value}`;
}
