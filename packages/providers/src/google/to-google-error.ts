import type { ProviderError } from '@multimodel/core';
import { type ErrorAnswer, parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { faultError } from '../shared/fault-table.ts';
import { googleFaults } from './error-table.ts';

const text = z.string().nullish().catch(undefined);
const detail = z.object({
  /** Of `ErrorInfo`. */
  reason: text,
  /** Of `RetryInfo`: `36s`, `36.5s`. */
  retryDelay: text,
  /** Of `QuotaFailure`. */
  violations: z
    .array(z.object({ quotaId: text }))
    .nullish()
    .catch(undefined),
});
const fault = z.object({
  code: z.number().nullish().catch(undefined),
  message: text,
  status: text,
  details: z.array(detail).nullish().catch(undefined),
});
const envelope = z.object({ error: fault });

/** A single request is answered with an object, a stream with a list of them. */
export function toGoogleError(answer: ErrorAnswer): ProviderError {
  const json = parseJson(answer.body ?? '');
  const { error } = envelope.safeParse(Array.isArray(json) ? json[0] : json).data ?? { error: {} };
  const details = error.details ?? [];
  const reasons = details.flatMap(({ reason }) => reason ?? []);
  const isDaily = details.some(({ violations }) => violations?.some(({ quotaId }) => /PerDay/u.test(quotaId ?? '')));
  return faultError(
    answer,
    {
      status: answer.status === 200 ? (error.code ?? 500) : answer.status,
      type: reasons[0] ?? error.status ?? undefined,
      marks: [...reasons, ...(isDaily ? ['QUOTA_PER_DAY'] : [])],
      message: error.message ?? '',
      retryAfterMs: details.map(({ retryDelay }) => toMs(retryDelay)).find((ms) => ms !== undefined),
    },
    googleFaults,
  );
}

function toMs(duration: string | null | undefined): number | undefined {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/u.exec(duration ?? '') ?? [];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}

/** The question was held back before a model saw it: a 200 that says so. */
export function blockedError(providerId: string, blockReason: string): ProviderError {
  const answer = { providerId, status: 200, headers: {} };
  return faultError(answer, { status: 200, type: blockReason, marks: ['PROMPT_BLOCKED'], message: '' }, googleFaults);
}
