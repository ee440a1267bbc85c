import type { Dispatcher, Pool } from 'undici';

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Takes the body of a 2xx answer as it comes; absent = it is collected. */
  readonly onData?: ((chunk: Buffer) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly text: string;
}

/** One HTTP exchange on undici's dispatch: the generator must cost less than what it measures. */
export function exchange(pool: Pool, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ExchangeAnswer>();
  const { method, path, body } = request;
  pool.dispatch({ method, path, headers: { ...request.headers }, body: body ?? null, bodyTimeout: 0 }, receive(request, resolve, reject));
  return promise;
}

function receive(
  { onData, signal }: ExchangeRequest,
  resolve: (answer: ExchangeAnswer) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  let onAbort: (() => void) | undefined;
  return {
    onRequestStart(controller) {
      onAbort = () => controller.abort(new Error('The generator hung up'));
      signal?.addEventListener('abort', onAbort, { once: true });
    },
    onResponseStart(_controller, statusCode) {
      status = statusCode;
    },
    onResponseData(_controller, chunk) {
      if (onData && status < 300) onData(chunk);
      else chunks.push(chunk);
    },
    onResponseEnd() {
      if (onAbort) signal?.removeEventListener('abort', onAbort);
      resolve({ status, text: chunks.length === 0 ? '' : Buffer.concat(chunks).toString() });
    },
    onResponseError(_controller, error) {
      reject(error);
    },
  };
}
