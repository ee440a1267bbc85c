import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { TlsOptions } from './transport.ts';

interface TlsConnectOptions {
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
}

/** Node's `ca` replaces the usual roots; ours adds to them. The context is made once: parsing some 150 certificates takes milliseconds. */
export function toConnectOptions(tls: TlsOptions | undefined): TlsConnectOptions {
  if (!tls) return {};
  const { ca, cert, key, passphrase, rejectUnauthorized } = tls;
  const given = Object.entries({ cert, key, passphrase }).filter(([, value]) => value !== undefined);
  const roots = ca ? { ca: [...getCACertificates('default'), ...ca] } : {};
  const secureContext = ca || given.length > 0 ? createSecureContext({ ...roots, ...Object.fromEntries(given) }) : undefined;
  return { ...(secureContext ? { secureContext } : {}), ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) };
}
