import type { Localized, ProviderError } from '@multimodel/core';
import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { privateAddressCode } from './address-guard.ts';

/** Where a request was when its connection failed. */
export type TransportPhase = 'connect' | 'response' | 'stream';

export interface FaultPlace {
  /** Slug of the configured provider. */
  readonly providerId: string;
  readonly host: string;
}

interface PhasedPlace extends FaultPlace {
  readonly phase: TransportPhase;
}

interface NetworkReason {
  readonly reason: 'dns' | 'refused' | 'reset' | 'unreachable' | 'private_address';
  readonly why: Localized;
}

const dns: NetworkReason = { reason: 'dns', why: { ru: 'имя сервера не найдено', en: 'its name could not be found' } };
const refused: NetworkReason = {
  reason: 'refused',
  why: { ru: 'по этому адресу никто не отвечает', en: 'nothing listens at this address' },
};
const reset: NetworkReason = {
  reason: 'reset',
  why: { ru: 'соединение закрыла другая сторона', en: 'the connection was closed by the other side' },
};
const unreachable: NetworkReason = {
  reason: 'unreachable',
  why: { ru: 'до этого адреса нет пути', en: 'there is no way to this address' },
};

const privateAddress: NetworkReason = {
  reason: 'private_address',
  why: {
    ru: 'это имя ведёт в частную сеть, а сервер разрешает такое только с MMC_ALLOW_PRIVATE_URLS=true',
    en: 'the name leads into a private network, which the server allows with MMC_ALLOW_PRIVATE_URLS=true only',
  },
};

const networkByCode: Readonly<Record<string, NetworkReason>> = {
  [privateAddressCode]: privateAddress,
  ENOTFOUND: dns,
  EAI_AGAIN: dns,
  EAI_FAIL: dns,
  ENODATA: dns,
  ECONNREFUSED: refused,
  ECONNRESET: reset,
  ECONNABORTED: reset,
  EPIPE: reset,
  UND_ERR_SOCKET: reset,
  UND_ERR_DESTROYED: reset,
  UND_ERR_CLOSED: reset,
  ERR_HTTP2_STREAM_ERROR: reset,
  ERR_HTTP2_SESSION_ERROR: reset,
  ERR_HTTP2_GOAWAY_SESSION: reset,
  ERR_HTTP2_INVALID_SESSION: reset,
  ERR_HTTP2_STREAM_CANCEL: reset,
  ERR_STREAM_PREMATURE_CLOSE: reset,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
};

const connectTimeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

const tlsReasonByCode: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown_authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown_authority',
  CERT_UNTRUSTED: 'unknown_authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'hostname',
  HOSTNAME_MISMATCH: 'hostname',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  CERT_REVOKED: 'expired',
  EPROTO: 'handshake',
};

const tlsSentence: Readonly<Record<string, Localized>> = {
  self_signed: { ru: 'сертификат самоподписанный', en: 'its certificate is self-signed' },
  unknown_authority: {
    ru: 'сертификат подписан центром, которому здесь не доверяют',
    en: 'its certificate is signed by an authority that is not trusted here',
  },
  hostname: { ru: 'сертификат выдан на другое имя', en: 'its certificate is for another host name' },
  expired: { ru: 'срок сертификата истёк или ещё не наступил', en: 'its certificate has expired or is not valid yet' },
  handshake: { ru: 'не удалось договориться о шифровании', en: 'the secure connection could not be agreed on' },
};

/** Any failure of socket, TLS or HTTP framing as a `ProviderError` that names the host and says why in plain words. */
export function transportError(error: unknown, place: PhasedPlace): ProviderError {
  const code = codeOf(error);
  const { providerId, host, phase } = place;
  if (connectTimeoutCodes.has(code) && phase === 'connect') return connectTimeoutError(place, error);
  const tls = tlsReasonByCode[code] ?? (/^ERR_(?:SSL|TLS|OSSL)_/.test(code) ? 'handshake' : undefined);
  if (tls !== undefined) {
    const text = faultTexts.insecure(host, tlsSentence[tls] ?? { ru: tls, en: tls });
    return createProviderError('tls', text, { providerId, details: { host, phase, reason: tls, systemCode: code }, cause: error });
  }
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_HEADERS_OVERFLOW') || code === 'ERR_HTTP2_ERROR') {
    return createProviderError('protocol', faultTexts.notHttp(host), {
      providerId,
      details: { host, phase, systemCode: code },
      cause: error,
    });
  }
  const network = networkByCode[code] ?? reset;
  const text = phase === 'stream' ? faultTexts.hostCutOff(host, network.why) : faultTexts.unreachable(host, network.why);
  const details = { host, phase, reason: network.reason, systemCode: code };
  // The same name leads to the same place.
  const isRetryable = network !== privateAddress;
  return createProviderError('network', text, { providerId, details, cause: error, isRetryable });
}

export function connectTimeoutError(place: FaultPlace, cause?: unknown): ProviderError {
  const { providerId, host } = place;
  return createProviderError('timeout', faultTexts.notAccepted(host), {
    providerId,
    details: { host, phase: 'connect' },
    cause,
  });
}

/** The request as a whole. */
export const itself: Localized = { ru: 'он', en: 'it' };

/** A request that HTTP does not allow: nothing was sent. `what` names a place, never a value. */
export function unsendableError(what: Localized, { providerId, host }: FaultPlace, cause?: unknown): ProviderError {
  return createProviderError('invalid_request', faultTexts.unsendable(host, what), { providerId, details: { host }, cause });
}

/** System code of an error; of the first one where several addresses were tried. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'cause' in error && error.cause !== undefined ? codeOf(error.cause) : 'UNKNOWN';
}
