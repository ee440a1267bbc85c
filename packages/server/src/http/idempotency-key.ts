import { createHash } from 'node:crypto';
import { limits } from '@multimodel/contract';
import type { Idempotency } from '@multimodel/core';
import { z } from 'zod';
import { fieldTexts } from '../fault-texts.ts';

/** Printable ASCII: what stands in a header without encoding. */
const keySchema = z
  .string()
  .min(1)
  .max(limits.idempotencyKeyCharacters)
  .regex(/^[\x21-\x7e]+$/, fieldTexts.notPrintable.en)
  .meta({ description: 'Repeat a request with the same key, and it is done once' });

/** For routes that take an `Idempotency-Key`; other headers pass untouched. */
export const idempotencyHeadersSchema = z.looseObject({ 'idempotency-key': keySchema.optional() });

export interface KeyedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: z.output<typeof idempotencyHeadersSchema>;
  readonly body: unknown;
}

/** Key and fingerprint of a request: the same key with another method, path or body is a mistake of the caller. */
export function idempotencyOf(request: KeyedRequest): Idempotency | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  const path = request.url.split('?', 1)[0] ?? '';
  const fingerprint = createHash('sha256')
    .update(`${request.method}\n${path}\n${canonicalJson(request.body)}`)
    .digest('hex');
  return { key, fingerprint };
}

/** The same text for the same value, whatever the order of its members. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
