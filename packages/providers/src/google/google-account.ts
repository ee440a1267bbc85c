import type { ProviderContext } from '@multimodel/core';
import { createHttp1Transport, staticAuth } from '@multimodel/provider-sdk';
import type { JsonCaller } from '../shared/call-json.ts';
import type { GoogleSettings } from './settings.ts';
import { toGoogleError } from './to-google-error.ts';

/** What all parts of one configured account share. */
export interface GoogleAccount extends JsonCaller, AsyncDisposable {}

/** The key goes into a header, never into an address: addresses stand in logs. */
export function openAccount({ apiKey, baseUrl, connectTimeoutMs }: GoogleSettings, { slug }: ProviderContext): GoogleAccount {
  const transport = createHttp1Transport({ providerId: slug, baseUrl: baseUrl.replace(/\/+$/u, ''), connectTimeoutMs });
  return {
    providerId: slug,
    transport,
    auth: staticAuth({ 'x-goog-api-key': apiKey }),
    secrets: [apiKey],
    toError: toGoogleError,
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}
