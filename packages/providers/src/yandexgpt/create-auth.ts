import type { Clock, ProviderError } from '@multimodel/core';
import {
  createTokenCache,
  type ErrorAnswer,
  type RequestAuth,
  staticAuth,
  type Token,
  type Transport,
  tokenAuth,
} from '@multimodel/provider-sdk';
import type { Credential } from './credential.ts';
import { exchangeServiceAccountKey, fetchMetadataToken, refreshEarlyMs } from './iam-token.ts';

export interface AuthDeps {
  readonly providerId: string;
  readonly clock: Clock;
  /** To the token service, or to the metadata service. */
  createTokenTransport(to: 'iam' | 'metadata'): Transport;
  toError(answer: ErrorAnswer): ProviderError;
}

/** Headers for both hosts: the OpenAI-compatible one understands `Api-Key` too. */
export function createAuth(credential: Credential, deps: AuthDeps): RequestAuth {
  switch (credential.kind) {
    case 'apiKey':
      return staticAuth({ authorization: `Api-Key ${credential.secret}` });
    case 'iamToken':
      return staticAuth({ authorization: `Bearer ${credential.secret}` });
    case 'serviceAccountKey': {
      const exchange = { ...deps, transport: deps.createTokenTransport('iam') };
      return refreshing(deps.clock, (signal) => exchangeServiceAccountKey(credential.key, exchange, signal));
    }
    case 'metadata': {
      const exchange = { ...deps, transport: deps.createTokenTransport('metadata') };
      return refreshing(deps.clock, (signal) => fetchMetadataToken(exchange, signal));
    }
    default:
      return credential satisfies never;
  }
}

function refreshing(clock: Clock, fetchToken: (signal: AbortSignal) => Promise<Token>): RequestAuth {
  const tokens = createTokenCache({ fetchToken: ({ signal }) => fetchToken(signal), refreshEarlyMs, clock });
  return tokenAuth(tokens, (token) => ({ authorization: `Bearer ${token}` }));
}

/** Values that must not get into an error. */
export function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case 'apiKey':
    case 'iamToken':
      return [credential.secret];
    case 'serviceAccountKey':
      return [credential.key.privateKey];
    case 'metadata':
      return [];
    default:
      return credential satisfies never;
  }
}
