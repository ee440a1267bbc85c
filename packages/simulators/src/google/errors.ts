const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** What the vendor says with a status when a test asks for no more than the status. */
const messages: Readonly<Record<number, string>> = {
  400: 'Request contains an invalid argument.',
  401: 'Request had invalid authentication credentials.',
  403: 'The caller does not have permission',
  404: 'models/gemini-unknown is not found for API version v1beta, or is not supported for generateContent.',
  429: 'You exceeded your current quota, please check your plan and billing details.',
  500: 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
  503: 'The model is overloaded. Please try again later.',
  504: 'The request timed out. Please try again.',
};

export const badKey = {
  message: 'API key not valid. Please pass a valid API key.',
  details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
};

export function errorBody(status: number, message: string, details: readonly unknown[] = []): string {
  const error = {
    code: status,
    message: message === '' ? (messages[status] ?? 'Unknown error') : message,
    status: statuses[status] ?? 'UNKNOWN',
  };
  return JSON.stringify({ error: details.length === 0 ? error : { ...error, details } });
}

export const retryDetails = (seconds: number): readonly unknown[] => [
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${String(seconds)}s` },
];
