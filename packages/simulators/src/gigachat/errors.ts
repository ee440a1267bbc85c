import { STATUS_CODES } from 'node:http';
import type { Fault } from '../host/script.ts';

/** `bare`: a message and nothing else, as the gateway writes it. */
export type ErrorEnvelope = 'api' | 'oauth' | 'bare' | 'text' | 'html';

export interface RefusalOptions {
  readonly envelope?: ErrorEnvelope | undefined;
  /** Of the token service. */
  readonly code?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** A refusal before anything was generated. */
export class Refusal extends Error {
  readonly status: number;
  readonly options: RefusalOptions;

  constructor(status: number, message: string, options: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.options = options;
  }
}

export const invalidJson = 'Your request contains invalid JSON syntax.';

/** What the vendor says with a status when nobody asks for more than the status. */
const textByStatus: Readonly<Record<number, string>> = {
  400: invalidJson,
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Permission denied',
  404: 'No such model',
  413: 'Payload too large',
  422: 'Invalid params: the request is invalid',
  429: 'Too many requests',
  500: 'Internal Server Error',
};

export function refusalOf(status: number, options: RefusalOptions = {}): Refusal {
  return new Refusal(status, textByStatus[status] ?? STATUS_CODES[status] ?? 'Unknown error', options);
}

export const invalidParams = (what: string): Refusal => new Refusal(422, `Invalid params: ${what}`);

/** Everything that a schema refuses is answered with the same words. */
export const badShape = (): Refusal => new Refusal(400, invalidJson);

export const apiError = ({ status, message }: Fault): string => `${JSON.stringify({ status, message })}\n`;

export function errorBody({ status, message, options }: Refusal): string {
  const { envelope = 'api', code } = options;
  switch (envelope) {
    case 'api':
      return apiError({ status, message });
    case 'oauth':
      return JSON.stringify(code === undefined ? { message } : { code, message });
    case 'bare':
      return JSON.stringify({ message });
    case 'text':
      return message;
    case 'html':
      return htmlError(status);
    default:
      return envelope satisfies never;
  }
}

const htmlError = (status: number): string =>
  `<html>\r\n<head><title>${String(status)} ${STATUS_CODES[status] ?? ''}</title></head>\r\n<body>\r\n<center><h1>${String(status)} ${STATUS_CODES[status] ?? ''}</h1></center>\r\n<hr><center>SynGX</center>\r\n</body>\r\n</html>\r\n`;
