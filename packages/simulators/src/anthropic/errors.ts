import { randomBytes } from 'node:crypto';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** What the vendor says with a status when a test asks for no more than the status. */
const messages: Readonly<Record<number, string>> = {
  400: 'messages: at least one message is required',
  401: 'invalid x-api-key',
  402: 'Your organization has no valid payment method',
  403: 'Your API key does not have permission to use the specified resource.',
  404: 'model: claude-unknown',
  413: 'Request exceeds the maximum size',
  429: "This request would exceed your organization's rate limit of 50 requests per minute.",
  500: 'Internal server error',
  503: 'Service unavailable',
  504: 'Request timed out',
  529: 'Overloaded',
};

export const makeRequestId = (): string => `req_01${randomBytes(11).toString('hex')}`;

export function errorBody(status: number, message: string): string {
  const error = { type: types[status] ?? 'api_error', message: message === '' ? (messages[status] ?? 'Internal server error') : message };
  return `${JSON.stringify({ type: 'error', error, request_id: makeRequestId() })}\n`;
}
