import type { ApiErrorCode, Problem } from '@multimodel/contract';

/** The server answered, and the answer was an error. `problem` is absent when something between us and the server answered instead. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly problem: Problem | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;

  constructor(answer: {
    status: number;
    code: ApiErrorCode;
    problem?: Problem | undefined;
    retryAfterMs?: number | undefined;
    requestId?: string | undefined;
  }) {
    super(answer.problem?.detail ?? `The server answered with status ${answer.status}`);
    this.status = answer.status;
    this.code = answer.code;
    this.problem = answer.problem;
    this.retryAfterMs = answer.retryAfterMs;
    this.requestId = answer.requestId;
  }

  /** Whether the same request may succeed later. */
  get isRetryable(): boolean {
    return this.problem?.retryable ?? (this.status >= 500 || this.status === 429 || this.status === 408);
  }
}

/** No answer at all: offline, refused, cut, or a silence that was too long. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

const codeByStatus: Readonly<Record<number, ApiErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'timeout',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  502: 'network',
  503: 'overloaded',
  504: 'timeout',
};

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string'
  );
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get('content-type')?.includes('json')) {
    await response.body?.cancel();
    return undefined;
  }
  const body: unknown = await response.json().catch(() => undefined);
  return isProblem(body) ? body : undefined;
}

function retryAfterHeader(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Turns an answer that is not 2xx into an `ApiError`; reads its body. */
export async function toApiError(response: Response): Promise<ApiError> {
  const problem = await readProblem(response);
  return new ApiError({
    status: response.status,
    code: problem?.code ?? codeByStatus[response.status] ?? 'internal',
    problem,
    retryAfterMs: problem?.retryAfterMs ?? retryAfterHeader(response),
    requestId: problem?.requestId ?? response.headers.get('x-request-id') ?? undefined,
  });
}
