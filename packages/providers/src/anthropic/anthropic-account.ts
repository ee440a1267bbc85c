import type { ProviderContext } from '@multimodel/core';
import { createHttp1Transport, type RequestHeaders, staticAuth } from '@multimodel/provider-sdk';
import type { JsonCaller } from '../shared/call-json.ts';
import { factsOf, type ModelFacts } from './catalog.ts';
import type { AnthropicSettings } from './settings.ts';
import { toAnthropicError } from './to-anthropic-error.ts';

/** What all parts of one configured account share. */
export interface AnthropicAccount extends JsonCaller, AsyncDisposable {
  readonly headers: RequestHeaders;
  /** As the vendor's list told them, else as the catalogue knows them. */
  factsOf(modelId: string): ModelFacts;
  learn(modelId: string, facts: ModelFacts): void;
}

export function openAccount({ apiKey, baseUrl, connectTimeoutMs }: AnthropicSettings, { slug }: ProviderContext): AnthropicAccount {
  // Some write the address with the version, as other clients want it.
  const address = baseUrl.replace(/\/+$/u, '').replace(/\/v1$/u, '');
  const transport = createHttp1Transport({ providerId: slug, baseUrl: address, connectTimeoutMs });
  const learned = new Map<string, ModelFacts>();
  return {
    providerId: slug,
    transport,
    auth: staticAuth({ 'x-api-key': apiKey }),
    secrets: [apiKey],
    headers: { 'anthropic-version': '2023-06-01' },
    toError: toAnthropicError,
    factsOf: (modelId) => learned.get(modelId) ?? factsOf(modelId),
    learn: (modelId, facts) => void learned.set(modelId, facts),
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}
