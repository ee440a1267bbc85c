/** Where an installation has the two versions of its API. */
export interface ApiAddress {
  /** Without the version, for the transport. */
  readonly root: string;
  /** `/v1`, or nothing where the base has no version. */
  readonly v1: string;
  readonly v2: string;
}

/** The former host keeps its API in a folder. */
const formerHost = 'gigachat.devices.sberbank.ru';

/** `https://api.giga.chat/v1` → root `https://api.giga.chat`, `/v1`, `/v2`. A host alone gets the version that it is known to have. */
export function toApiAddress(baseUrl: string): ApiAddress {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/u, '');
  const root = `${url.origin}${path.replace(/\/v\d+$/u, '')}`;
  if (path === '') return { root: url.hostname === formerHost ? `${root}/api` : root, v1: '/v1', v2: '/v2' };
  return { root, v1: /\/v\d+$/u.test(path) ? '/v1' : '', v2: '/v2' };
}

/** A whole address, cut for a transport. */
export function splitUrl(address: string): { readonly origin: string; readonly path: string } {
  const url = new URL(address);
  return { origin: url.origin, path: `${url.pathname}${url.search}` };
}
