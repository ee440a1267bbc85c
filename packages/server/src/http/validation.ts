import { type AppError, type FieldFault, fieldFault, type Localized, validationFault } from '@multimodel/core';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { fieldTexts } from '../fault-texts.ts';

const whole: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' };

/** Checks a part of the request with its contract schema; every fault is named by the path of its field. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const root = whole[httpPart ?? 'body'] ?? 'body';
    const parsed = schema.safeParse(data, { reportInput: true });
    // The same faults in the same order, in zod's Russian.
    if (!parsed.success) return { error: toValidationError(parsed.error, root, schema.safeParse(data, { error: inRussian }).error) };
    const nul = httpPart === 'params' ? undefined : findNul(parsed.data, '');
    if (nul === undefined) return { value: parsed.data };
    return { error: validationFault([fieldFault(nul || root, fieldTexts.nul)]) };
  };

/** PostgreSQL cannot store it, so no database gets it. */
function findNul(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = findNul(member, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toValidationError(error: z.ZodError, root: string, russian: z.ZodError | undefined): AppError {
  return validationFault(error.issues.flatMap((issue, at) => fieldsOf(issue, root, russian?.issues[at]?.message)));
}

function fieldsOf(issue: z.core.$ZodIssue, root: string, russian: string | undefined): readonly FieldFault[] {
  const path = toPath(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => fieldFault(path === '' ? key : `${path}.${key}`, fieldTexts.unknown));
  return [fieldFault(path === '' ? root : path, textOf(issue, russian))];
}

function toPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : whole === '' ? String(part) : `${whole}.${String(part)}`),
    '',
  );
}

function textOf(issue: z.core.$ZodIssue, russian: string | undefined): Localized {
  if (issue.code === 'invalid_type') return issue.input === undefined ? fieldTexts.missing : fieldTexts.ofType(issue.expected);
  if (issue.code === 'too_big') return tooBig(issue);
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'invalid_value') return fieldTexts.oneOf(issue.values.join(', '));
  return written.find(({ en }) => en === issue.message) ?? { ru: russian ?? issue.message, en: issue.message };
}

/** Among them those that the contract gives to its own checks, in English. */
const written: readonly Localized[] = Object.values(fieldTexts).filter((text) => typeof text === 'object');
const inRussian = z.locales.ru().localeError;

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): Localized {
  const limit = String(maximum);
  if (origin === 'string') return fieldTexts.longerThan(limit);
  return origin === 'array' ? fieldTexts.moreItems(limit) : fieldTexts.greaterThan(limit);
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): Localized {
  const limit = String(minimum);
  const isText = origin === 'string';
  if ((isText || origin === 'array') && minimum === 1) return fieldTexts.empty;
  if (isText) return fieldTexts.shorterThan(limit);
  return origin === 'array' ? fieldTexts.fewerItems(limit) : fieldTexts.lessThan(limit);
}
