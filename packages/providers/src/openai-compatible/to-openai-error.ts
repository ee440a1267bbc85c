import type { ErrorDetails, Localized, ProviderError } from '@multimodel/core';
import { createProviderError, type ErrorAnswer, redactSecrets, retryAfterMs } from '@multimodel/provider-sdk';
import { type FaultId, faultIds, judge, type Verdict } from './fault-table.ts';
import { type Speaker, sentenceOf } from './fault-texts.ts';
import { nearModels } from './near-models.ts';
import { type Fault, readFault } from './read-fault.ts';

/** Of which account and model the error is. */
export interface ErrorPlace {
  readonly speaker: Speaker;
  readonly hasKey: boolean;
  readonly model?: string | undefined;
  readonly knownModels: Iterable<string>;
}

const messageLimit = 300;

/** The typed error of an answer that is not 2xx, or of an error inside a 200. */
export function toOpenAiError(answer: ErrorAnswer, place: ErrorPlace): ProviderError {
  const fault = readFault(answer);
  const verdict = verdictOf(fault, place);
  const { headers, providerId, secrets = [] } = answer;
  const vendorMessage = redactSecrets(fault.message, secrets).replaceAll(/\s+/gu, ' ').trim().slice(0, messageLimit).replace(/\.$/u, '');
  const wait = retryAfterMs(headers) ?? waitIn(fault.message);
  const details: ErrorDetails = {
    status: fault.status,
    ...(fault.codes[0] === undefined ? {} : { vendorCode: fault.codes[0] }),
    ...(vendorMessage === '' ? {} : { vendorMessage }),
    ...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
    ...(wait === undefined ? {} : { waitSeconds: Math.ceil(wait / 1000) }),
    ...nearOf(verdict, place),
    ...verdict.details,
    fault: verdict.fault,
  };
  const retry = verdict.code === 'rate_limited' || verdict.code === 'overloaded' ? wait : undefined;
  const options = { providerId, secrets, details, retryAfterMs: retry, mayFailOver: verdict.mayFailOver };
  const sentence = withVendorWords(verdict.fault, vendorMessage, sentenceOf(verdict.fault, place.speaker, details));
  return createProviderError(verdict.code, sentence, options);
}

/** Where our sentence says little, the vendor's own stands behind it. */
function withVendorWords(fault: FaultId, vendorMessage: string, { ru, en }: Localized): Localized {
  const saysLittle = fault === 'broken' || fault === 'rights' || fault === 'parameter' || fault === 'tools';
  if (!saysLittle || vendorMessage === '') return { ru, en };
  return { ru: `${ru} Его слова: «${vendorMessage}».`, en: `${en} It says: “${vendorMessage}”.` };
}

function verdictOf(fault: Fault, { hasKey }: ErrorPlace): Verdict {
  const verdict = judge(fault);
  if (verdict?.fault === 'key' && !hasKey) return { ...verdict, fault: 'no-key', details: { setting: 'apiKey' } };
  if (verdict) return verdict;
  if (fault.status === 408 || fault.status === 504 || fault.status === 524) return { fault: 'broken', code: 'timeout' };
  return fault.status >= 500 ? { fault: 'broken', code: 'overloaded' } : { fault: 'refused', code: 'invalid_request' };
}

function nearOf({ fault }: Verdict, { model, knownModels }: ErrorPlace): ErrorDetails {
  if (fault !== 'model' || model === undefined) return {};
  const near = nearModels(model, knownModels);
  return near.length === 0 ? {} : { near };
}

/** `Please try again in 1m7.66s`, where no header says it. */
function waitIn(message: string): number | undefined {
  const match = /try again in (?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)(ms|s))?/iu.exec(message);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', rest = '0', unit = 's'] = match;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60) * 1000 + Number(rest) * (unit === 'ms' ? 1 : 1000);
  return Number.isFinite(ms) && ms > 0 ? Math.ceil(ms) : undefined;
}

/** The sentence for who sets the account up; absent: the code says all there is to say. */
export function explainOpenAiError({ code, details }: ProviderError, speaker: Speaker): Localized | undefined {
  const fault = faultIds.find((id) => id === details['fault']);
  // What does not look like this API at all, although its status was well.
  if (fault === undefined) return code === 'protocol' ? sentenceOf('address', speaker, details) : undefined;
  return sentenceOf(fault, speaker, details);
}
