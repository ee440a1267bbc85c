import type { ErrorDetails, ProviderErrorCode } from '@multimodel/core';
import type { Credential } from './credential.ts';

export interface VendorFault {
  /** HTTP status, the vendor's own where the body has one. */
  readonly status: number;
  readonly grpcCode: number | undefined;
  readonly message: string;
}

interface Verdict {
  readonly code: ProviderErrorCode;
  /** For people: what happened and what to do. */
  readonly message: string;
  readonly details?: ErrorDetails | undefined;
  /** Overrides what the code says: the fault lies in this account's settings. */
  readonly mayFailOver?: boolean | undefined;
}

interface Row {
  readonly pattern?: RegExp;
  readonly status?: number;
  readonly grpcCode?: number;
  verdict(match: readonly string[], credential: Credential['kind']): Verdict;
}

const keysHelp = 'create a key of a service account with the role ai.languageModels.user and put it into the setting apiKey';

const authMessages = {
  apiKey: `Yandex Cloud refused the API key: ${keysHelp}`,
  iamToken: 'The IAM token was refused or has expired (it lives for 12 hours at most): put a new one into iamToken, or use apiKey',
  serviceAccountKey:
    'Yandex Cloud refused the authorized key: check that key and service account still exist, or put a new file into serviceAccountKey',
  metadata: 'The token of the virtual machine was refused: attach a service account with the role ai.languageModels.user to it',
} as const satisfies Record<Credential['kind'], string>;

/** Read from the top; the first row that fits decides. Patterns come first, since statuses alone say little. */
const rows: readonly Row[] = [
  {
    pattern: /folder ID '([^']*)' does not match with service account folder ID '([^']*)'/iu,
    verdict: ([, wrongFolder = '', rightFolder = '']) => ({
      code: 'permission',
      message: `The credential belongs to the folder ${rightFolder}, not to ${wrongFolder}: put ${rightFolder} into the setting folderId`,
      details: { rightFolder, wrongFolder, setting: 'folderId' },
    }),
  },
  {
    pattern: /unknown api key/iu,
    verdict: () => ({
      code: 'auth',
      // The vendor answers a wrong scope with the same words.
      message: `Yandex Cloud does not know the API key in the setting apiKey, or the key lacks the scope yc.ai.languageModels.execute: ${keysHelp}`,
    }),
  },
  {
    pattern: /apikey has expired/iu,
    verdict: () => ({ code: 'auth', message: `The API key has expired: ${keysHelp}` }),
  },
  { grpcCode: 16, verdict: (_match, kind) => ({ code: 'auth', message: authMessages[kind] }) },
  { status: 401, verdict: (_match, kind) => ({ code: 'auth', message: authMessages[kind] }) },
  {
    pattern: /gauge quota limit exceed: allowed (\d+)/iu,
    verdict: ([, limit = '']) => ({
      code: 'rate_limited',
      message: `Too many answers at the same time: the folder allows ${limit}, shared by everything in it`,
      details: { quota: 'concurrency', limit: Number(limit) },
    }),
  },
  {
    pattern: /rate quota limit exceed: allowed (\d+)/iu,
    verdict: ([, limit = '']) => ({
      code: 'rate_limited',
      message: `Too many requests in a row: the folder allows ${limit} in a period`,
      details: { quota: 'rate', limit: Number(limit) },
    }),
  },
  {
    pattern: /billing/iu,
    verdict: () => ({ code: 'quota_exhausted', message: 'The billing account is not active: top it up in the Yandex Cloud console' }),
  },
  {
    pattern: /input tokens must be no more than (\d+)(?:, got (\d+))?/iu,
    verdict: ([, limit = '', got]) => ({
      code: 'context_too_long',
      message: `The conversation is longer than the ${limit} tokens of this model: begin a new chat or choose a model with a larger window`,
      details: { limit: Number(limit), ...(got === undefined ? {} : { got: Number(got) }) },
    }),
  },
  {
    pattern: /invalid model_uri|failed to parse model uri|failed to get model/iu,
    verdict: () => ({ code: 'model_not_found', message: 'Yandex Cloud does not know this model, or it is not available in this folder' }),
  },
  { pattern: /empty message text/iu, verdict: () => ({ code: 'invalid_request', message: 'A message of the conversation has no text' }) },
  {
    pattern: /404 page not found/iu,
    verdict: () => ({
      code: 'invalid_request',
      message: 'There is no such API at this address: check the settings baseUrl and openaiBaseUrl',
      details: { setting: 'baseUrl' },
      mayFailOver: true,
    }),
  },
  { grpcCode: 8, verdict: rateLimited },
  { status: 429, verdict: rateLimited },
  { grpcCode: 7, verdict: denied },
  { status: 403, verdict: denied },
  { grpcCode: 4, verdict: () => ({ code: 'timeout', message: 'The model did not answer in the time that Yandex Cloud allows' }) },
  { grpcCode: 13, verdict: overloaded },
  { grpcCode: 14, verdict: overloaded },
  { grpcCode: 12, verdict: overloaded },
];

function rateLimited(): Verdict {
  return { code: 'rate_limited', message: 'A quota of the folder is used up for now' };
}

function denied(): Verdict {
  return {
    code: 'permission',
    message:
      'The service account may not use this model: give it the role ai.languageModels.user in its folder, or ask for access to the model',
  };
}

function overloaded(): Verdict {
  return { code: 'overloaded', message: 'YandexGPT is out of order or overloaded' };
}

/** What a fault means; `undefined`: no more than its status says. */
export function judge(fault: VendorFault, credential: Credential['kind']): Verdict | undefined {
  for (const row of rows) {
    const match = row.pattern?.exec(fault.message);
    const fits =
      match || (row.status !== undefined && row.status === fault.status) || (row.grpcCode !== undefined && row.grpcCode === fault.grpcCode);
    if (fits) return row.verdict(match ?? [], credential);
  }
  return undefined;
}
