import { type Localized, ProviderError } from '@multimodel/core';
import {
  createProviderError,
  type ErrorAnswer,
  parseJson,
  providerErrorFromStatus,
  redactSecrets,
  retryAfterMs,
} from '@multimodel/provider-sdk';
import { z } from 'zod';
import { judge, type Service, type VendorFault } from './fault-table.ts';
import { type FaultName, faultText, isFaultName } from './fault-texts.ts';

const text = z.string().nullish().catch(undefined);
const envelope = z.object({ status: z.number().nullish().catch(undefined), code: z.number().nullish().catch(undefined), message: text });

const messageLimit = 300;

/** Bodies have `status` (API), `code` (token service) or neither (gateway); a gateway may also answer with a page or with plain text. */
function readFault({ status, body = '' }: ErrorAnswer, service: Service): VendorFault {
  const json = parseJson(body);
  const parsed = envelope.safeParse(json);
  if (parsed.success) return { service, status, code: parsed.data.code ?? undefined, message: parsed.data.message ?? '' };
  const isText = json === undefined && !body.trimStart().startsWith('<');
  return { service, status, code: undefined, message: isText ? body : '' };
}

/** The typed error of an answer that is not 2xx, or of an error inside a stream. */
export function toGigaChatError(answer: ErrorAnswer, service: Service = 'api'): ProviderError {
  const { providerId, headers, secrets = [] } = answer;
  const fault = readFault(answer, service);
  const verdict = judge(fault);
  if (verdict === undefined) return providerErrorFromStatus({ ...answer, vendorMessage: fault.message });
  const vendorMessage = redactSecrets(fault.message, secrets).replaceAll(/\s+/gu, ' ').trim().slice(0, messageLimit);
  const details = {
    status: fault.status,
    fault: verdict.fault,
    ...(fault.code === undefined ? {} : { vendorCode: String(fault.code) }),
    ...(vendorMessage === '' ? {} : { vendorMessage }),
    ...(headers['x-request-id'] === undefined ? {} : { vendorRequestId: headers['x-request-id'] }),
    ...verdict.details,
  };
  return createProviderError(verdict.code, faultText(verdict.fault, details), {
    providerId,
    secrets,
    retryAfterMs: retryAfterMs(headers),
    mayFailOver: verdict.mayFailOver,
    details,
  });
}

/** A fault of the way to GigaChat, told in the words of its set-up; any other error as it is. `hasRussianRoot`: it is trusted already. */
export function retellTransportFault(error: unknown, hasRussianRoot: boolean): unknown {
  if (!(error instanceof ProviderError)) return error;
  const fault = transportFault(error, hasRussianRoot);
  if (fault === undefined) return error;
  const { code, providerId, isRetryable, mayFailOver, retryAfterMs: waitMs, cause } = error;
  const details = { ...error.details, fault };
  return createProviderError(code, faultText(fault, details), {
    providerId,
    details,
    isRetryable,
    mayFailOver,
    retryAfterMs: waitMs,
    cause,
  });
}

function transportFault({ code, details }: ProviderError, hasRussianRoot: boolean): FaultName | undefined {
  const { reason, host, phase } = details;
  if (code === 'tls') return tlsFault(String(reason), { isVendors: isVendorsHost(String(host)), hasRussianRoot });
  if (phase !== 'connect') return undefined;
  if (code === 'network' && reason === 'dns') return 'nameUnknown';
  const isBlocked = code === 'timeout' || (code === 'network' && (reason === 'refused' || reason === 'unreachable' || reason === 'reset'));
  return isBlocked && String(host).endsWith(':9443') ? 'portClosed' : undefined;
}

const isVendorsHost = (host: string): boolean => /(?:^|\.)(?:giga\.chat|sberbank\.ru|sberdevices\.ru)(?::\d+)?$/iu.test(host);

function tlsFault(reason: string, { isVendors, hasRussianRoot }: { isVendors: boolean; hasRussianRoot: boolean }): FaultName | undefined {
  switch (reason) {
    case 'unknown_authority':
      return isVendors && !hasRussianRoot ? 'rootMissing' : 'rootUntrusted';
    case 'self_signed':
      return 'selfSigned';
    case 'handshake':
      return 'certificateWanted';
    default:
      return undefined;
  }
}

/** Refusals in the words of the vendor's cabinet; `undefined`: the code says all there is to say. */
export function explain({ details }: ProviderError): Localized | undefined {
  return isFaultName(details['fault']) ? faultText(details['fault'], details) : undefined;
}
