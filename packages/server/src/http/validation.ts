import { AppError } from '@multimodel/core';
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

const whole: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' };

/** Checks a part of the request with its contract schema; every fault is named by the path of its field. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const root = whole[httpPart ?? 'body'] ?? 'body';
    const parsed = schema.safeParse(data, { reportInput: true });
    if (!parsed.success) return { error: toValidationError(parsed.error, root) };
    const nul = httpPart === 'params' ? undefined : findNul(parsed.data, '');
    if (nul === undefined) return { value: parsed.data };
    return { error: validationError([{ path: nul || root, message: 'must not hold the character U+0000' }]) };
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

export function toValidationError(error: z.ZodError, root: string): AppError {
  return validationError(error.issues.flatMap((issue) => fieldsOf(issue, root)));
}

interface Field {
  readonly path: string;
  readonly message: string;
}

export function validationError(fields: readonly Field[]): AppError {
  const shown = fields.map(({ path, message }) => `${path} ${message}`).slice(0, 3);
  return new AppError('validation_failed', `Not accepted: ${shown.join('; ')}`, { details: { fields } });
}

function fieldsOf(issue: z.core.$ZodIssue, root: string): readonly Field[] {
  const path = toPath(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'is not a known field' }));
  return [{ path: path === '' ? root : path, message: sentenceOf(issue) }];
}

function toPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : whole === '' ? String(part) : `${whole}.${String(part)}`),
    '',
  );
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
  if (issue.code === 'too_big') return tooBig(issue);
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`;
  return issue.message;
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return `is longer than ${maximum} characters`;
  return origin === 'array' ? `must have at most ${maximum} items` : `must be at most ${maximum}`;
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  const isText = origin === 'string';
  if ((isText || origin === 'array') && minimum === 1) return 'must not be empty';
  if (isText) return `is shorter than ${minimum} characters`;
  return origin === 'array' ? `must have at least ${minimum} items` : `must be at least ${minimum}`;
}
