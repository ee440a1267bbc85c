import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';

export interface Address {
  readonly origin: string;
  readonly isSecure: boolean;
  /** Without brackets around an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** As people read it: host, and port where it is not the usual one. */
  readonly host: string;
  /** Without a slash at the end; often empty. */
  readonly basePath: string;
}

/** Throws `invalid_request` for anything but an http(s) URL without a user name in it. */
export function parseAddress(baseUrl: string, providerId: string): Address {
  const url = URL.parse(baseUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw createProviderError('invalid_request', faultTexts.notAnAddress, { providerId });
  }
  const isSecure = url.protocol === 'https:';
  return {
    origin: url.origin,
    isSecure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    host: url.host,
    basePath: url.pathname.replace(/\/+$/, ''),
  };
}
