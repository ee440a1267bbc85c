/** Paths that people copy together with the address out of an example. */
const endpoints = /\/(?:chat\/completions|completions|models|embeddings|responses)$/u;

/** The address before the paths of the API. */
export function toBaseUrl(entered: string): string {
  const url = new URL(entered);
  url.search = '';
  url.hash = '';
  return withoutSlash(withoutSlash(url.href).replace(endpoints, ''));
}

const withoutSlash = (text: string): string => text.replace(/\/+$/u, '');

/** Where servers keep what is not part of the compatible API. */
export const rootOf = (baseUrl: string): string => baseUrl.replace(/\/v\d+$/u, '');

/** The address with the path that is most often left out; absent when it has one of the kind. */
export function withVersion(baseUrl: string): string | undefined {
  return /\/v\d+(?:\/|$)/u.test(new URL(baseUrl).pathname) ? undefined : `${baseUrl}/v1`;
}
