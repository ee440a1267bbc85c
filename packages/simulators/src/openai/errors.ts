import { STATUS_CODES } from 'node:http';
import type { OpenAiQuirks } from './quirks.ts';

export interface RefusalOptions {
  readonly code?: string | undefined;
  readonly param?: string | undefined;
  readonly isHtml?: boolean | undefined;
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

/** What is said with a status when nobody asks for more than the status. */
const textByStatus: Readonly<Record<number, readonly [message: string, code: string]>> = {
  400: ['The request is invalid.', 'invalid_request'],
  401: ['Incorrect API key provided.', 'invalid_api_key'],
  402: ['Insufficient Balance', 'insufficient_balance'],
  403: ['Country, region, or territory not supported', 'unsupported_country_region_territory'],
  404: ['The model does not exist or you do not have access to it.', 'model_not_found'],
  413: ['Request too large.', 'request_too_large'],
  429: ['Rate limit reached for requests', 'rate_limit_exceeded'],
  500: ['The server had an error while processing your request.', 'server_error'],
  503: ['The engine is currently overloaded, please try again later.', 'overloaded'],
};

export function refusalOf(status: number, options: RefusalOptions = {}): Refusal {
  const [message, code] = textByStatus[status] ?? [STATUS_CODES[status] ?? 'Unknown error', 'unknown'];
  return new Refusal(status, message, { code, ...options });
}

interface Wording {
  readonly status: number;
  readonly message: string;
  readonly code?: string | undefined;
  readonly param?: string | undefined;
}

const typeOf = (status: number): string => (status >= 500 ? 'server_error' : 'invalid_request_error');

/** An error as this dialect writes it, as an object. */
export function errorValue({ status, message, code, param }: Wording, style: OpenAiQuirks['errors']): Readonly<Record<string, unknown>> {
  switch (style) {
    case 'openai':
      return { error: { message, type: typeOf(status), param: param ?? null, code: code ?? null } };
    case 'numbered':
      return { error: { code: status, message, type: typeOf(status) } };
    case 'flat':
      return { object: 'error', message, type: typeOf(status), param: param ?? null, code: code ?? String(status) };
    case 'text-member':
      return { error: message };
    case 'detail':
      return { detail: message };
    case 'code-and-text':
      return { code: code ?? STATUS_CODES[status] ?? '', error: message };
    default:
      return style satisfies never;
  }
}

export const htmlError = (status: number): string =>
  `<html>\r\n<head><title>${String(status)} ${STATUS_CODES[status] ?? ''}</title></head>\r\n<body><center><h1>${String(status)}</h1></center></body>\r\n</html>\r\n`;
