import { AppError } from '@multimodel/core';
import { type Config, isLoopbackHost } from '../config/config.ts';
import { faultTexts } from '../fault-texts.ts';

export interface GuardedRequest {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Two attacks that a browser can be talked into: a foreign name that resolves to this machine (DNS rebinding, seen in `Host`), and
 * a foreign page that sends a write (CSRF, seen in `Origin` or `Sec-Fetch-Site`). Programs send neither header and pass.
 */
export function createRequestGuard({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): (request: GuardedRequest) => void {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const checksHost = isLoopbackHost(host);
  return (request) => {
    // Asked of loopback only: load balancers' checks in HTTP/1.0 bring no host.
    if (checksHost && !request.host) throw new AppError('invalid_request', faultTexts.noHost);
    if (checksHost && !isOwnHost(request.host, publicHost)) {
      throw new AppError('forbidden', faultTexts.foreignHost(printable(request.host)));
    }
    if (!safeMethods.has(request.method) && !isOwnOrigin(request, publicHost)) {
      throw new AppError('forbidden', faultTexts.foreignPage);
    }
  };
}

function isOwnHost(host: string | undefined, publicHost: string | undefined): boolean {
  if (host === undefined) return false;
  if (host.toLowerCase() === publicHost) return true;
  return isLoopbackHost(host.replace(/:\d+$/, ''));
}

function isOwnOrigin({ origin, site, host }: GuardedRequest, publicHost: string | undefined): boolean {
  if (origin === undefined) return site === undefined || ownSites.has(site);
  const from = URL.parse(origin)?.host;
  return from !== undefined && from !== '' && (from === host?.toLowerCase() || from === publicHost);
}

function printable(host: string | undefined): string {
  return (host ?? '').replaceAll(/[^\w.:[\]-]/g, '?').slice(0, 100);
}
