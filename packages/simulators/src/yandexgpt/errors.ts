import { STATUS_CODES } from 'node:http';
import type { Fault } from '../host/script.ts';

/** A refusal before anything was generated. */
export class Refusal extends Error {
  readonly status: number;
  readonly isHtml: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    message: string,
    options: { readonly isHtml?: boolean; readonly retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.isHtml = options.isHtml ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

const grpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 429: 8, 500: 13, 501: 12, 503: 14, 504: 4 };
const grpcCodeOf = (status: number): number => grpcCodes[status] ?? 2;

/** grpc-gateway's form for a streaming call. */
export function wrappedError({ status, message }: Fault): string {
  const error = { grpcCode: grpcCodeOf(status), httpCode: status, message, httpStatus: STATUS_CODES[status] ?? '', details: [] };
  return `${JSON.stringify({ error })}\n`;
}

/** grpc-gateway's customary form for a unary call. */
export function flatError({ status, message }: Fault): string {
  return `${JSON.stringify({ code: grpcCodeOf(status), message, details: [] })}\n`;
}

/** Not confirmed by any recording: the shape that OpenAI's clients understand. */
export function openaiError({ status, message }: Fault): string {
  return `${JSON.stringify({ error: { message, type: 'invalid_request_error', code: String(status) } })}\n`;
}

export const htmlError = (status: number): string =>
  `<html><head><title>${String(status)} ${STATUS_CODES[status] ?? ''}</title></head><body><center><h1>${String(status)}</h1></center></body></html>\n`;

/** What the vendor says with a status when a test asks for no more than the status. */
export const textByStatus: Readonly<Record<number, string>> = {
  400: 'invalid model_uri',
  401: "Unknown api key 'AQVN****'",
  403: 'Permission denied',
  404: 'folder not found',
  429: 'ai.textGenerationCompletionSessionsCount.count gauge quota limit exceed: allowed 10 requests',
  500: 'Internal error',
  501: 'Method not implemented',
  503: 'upstream unavailable',
  504: 'Deadline exceeded',
};
