import { ServerResponse } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';

/** What an answer is written to, over HTTP/1.1 and over HTTP/2 alike. */
export interface WireResponse {
  readonly headersSent: boolean;
  readonly writableFinished: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): unknown;
  once(event: 'close' | 'drain', listener: () => void): unknown;
}

export type HttpResponse = ServerResponse | Http2ServerResponse;

export function hasClosed(response: HttpResponse): boolean {
  return response instanceof ServerResponse ? response.destroyed : response.stream.destroyed;
}

/** Breaks the answer off without its end, after what was written has left. */
export function resetResponse(response: HttpResponse): void {
  if (response instanceof ServerResponse) {
    response.flushHeaders();
    response.write('', () => setImmediate(() => resetSocket(response)));
    return;
  }
  response.write('', () => setImmediate(() => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)));
}

function resetSocket({ socket }: ServerResponse): void {
  // Only a bare TCP socket can send a reset; ending TLS without its farewell is as abrupt.
  if (socket === null) return;
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}
