import type { Fetch } from '@multimodel/client';

interface Watcher {
  reached(): void;
  failed(): void;
}

/** `fetch` for uploads: only the older interface tells how much has left. */
export function fetchWithProgress(onProgress: (share: number) => void, watcher: Watcher): Fetch {
  return (input, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const abort = () => request.abort();
      signal?.addEventListener('abort', abort, { once: true });
      request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
      request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
      request.addEventListener('load', () => {
        watcher.reached();
        resolve(toResponse(request));
      });
      request.addEventListener('error', () => {
        watcher.failed();
        reject(new TypeError('The upload was cut'));
      });
      request.addEventListener('abort', () => reject(new DOMException('The upload was cancelled', 'AbortError')));
      request.open(method, input);
      request.responseType = 'text';
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
      request.send(body instanceof Blob ? body : null);
    });
}

function toResponse(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const name of ['content-type', 'x-request-id', 'retry-after']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(request.responseText, { status: request.status, headers });
}
