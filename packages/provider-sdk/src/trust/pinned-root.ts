import { X509Certificate } from 'node:crypto';
import { ProviderError, type TrustedRoot } from '@multimodel/core';
import { createProviderError } from '../errors/provider-error.ts';
import { createHttp1Transport } from '../transport/http1-transport.ts';
import { readText } from '../transport/read-response.ts';
import type { TransportResponse } from '../transport/transport.ts';
import { rootTexts } from './root-texts.ts';

/** A root certificate whose fingerprint is the expected one. */
export interface PinnedRoot {
  readonly pem: string;
  /** SHA-256, in groups of two capital letters or digits with colons between. */
  readonly fingerprint: string;
  /** Whom it is for, as it stands in the certificate. */
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly validTo: number;
}

export interface FetchRootOptions {
  /** Named in errors: the slug of a provider, or the plugin's id. */
  readonly providerId: string;
  readonly signal: AbortSignal;
}

const longestBytes = 256 * 1024;
const connectTimeoutMs = 10_000;
const mostRedirects = 3;

/**
 * The root certificate in `text` (PEM), if it has this fingerprint; `undefined` for any other and for what is no certificate.
 *
 * @example
 * const root = readPinnedRoot(await readFile('root.pem', 'utf8'), plugin.trustedRoot.fingerprint);
 */
export function readPinnedRoot(text: string, fingerprint: string): PinnedRoot | undefined {
  const certificate = parseCertificate(text);
  if (!certificate || bare(certificate.fingerprint256) !== bare(fingerprint)) return undefined;
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: /^CN=(.*)$/mu.exec(certificate.subject)?.[1] ?? certificate.subject.replaceAll('\n', ', '),
    validTo: certificate.validToDate.getTime(),
  };
}

/**
 * Fetches a root certificate and accepts it only with the expected fingerprint. Throws `ProviderError`: `network`, `timeout`, `protocol`
 * (an answer that is no certificate) or `tls` with details.reason `fingerprint`. The caller decides where it is kept.
 *
 * @example
 * const { pem } = await fetchPinnedRoot(plugin.trustedRoot, { providerId: plugin.id, signal });
 */
export async function fetchPinnedRoot(root: Pick<TrustedRoot, 'url' | 'fingerprint'>, options: FetchRootOptions): Promise<PinnedRoot> {
  const { providerId } = options;
  const { host } = new URL(root.url);
  const text = await download(root.url, options);
  if (!parseCertificate(text)) {
    throw createProviderError('protocol', rootTexts.notCertificate(host), { providerId, details: { host, reason: 'not_certificate' } });
  }
  const pinned = readPinnedRoot(text, root.fingerprint);
  if (pinned) return pinned;
  throw createProviderError('tls', rootTexts.wrongFingerprint(host), { providerId, details: { host, reason: 'fingerprint' } });
}

async function download(url: string, options: FetchRootOptions, redirects = 0): Promise<string> {
  try {
    return await downloadFrom(url, { ...options, redirects, isVerified: true });
  } catch (error) {
    // The host that gives out a root may show a certificate under that very root. The fingerprint is what is trusted, not the way.
    if (!(error instanceof ProviderError) || error.details['reason'] !== 'unknown_authority') throw error;
    return downloadFrom(url, { ...options, redirects, isVerified: false });
  }
}

interface DownloadOptions extends FetchRootOptions {
  readonly redirects: number;
  readonly isVerified: boolean;
}

async function downloadFrom(url: string, { redirects, isVerified, ...options }: DownloadOptions): Promise<string> {
  const { providerId, signal } = options;
  const { origin, pathname, search, host } = new URL(url);
  const tls = isVerified ? undefined : { rejectUnauthorized: false };
  await using transport = createHttp1Transport({ providerId, baseUrl: origin, connectTimeoutMs, tls });
  const response = await transport.request({ method: 'GET', path: pathname + search, signal });
  const target = redirectOf(response, url);
  if (target !== undefined && redirects < mostRedirects) {
    response.body.drain();
    return await download(target, options, redirects + 1);
  }
  if (response.status === 200) return await readText(response, { limitBytes: longestBytes });
  const details = { host, status: response.status };
  throw createProviderError('network', rootTexts.refused(host, response.status), { providerId, details });
}

function redirectOf({ status, headers }: TransportResponse, from: string): string | undefined {
  const { location } = headers;
  return status >= 300 && status < 400 && location !== undefined ? URL.parse(location, from)?.href : undefined;
}

function parseCertificate(text: string): X509Certificate | undefined {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return undefined;
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

const bare = (fingerprint: string): string => fingerprint.replaceAll(/[^0-9a-f]/giu, '').toLowerCase();
