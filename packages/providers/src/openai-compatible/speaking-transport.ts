import { ProviderError } from '@multimodel/core';
import { createProviderError, type Transport, type TransportResponse } from '@multimodel/provider-sdk';
import { type Speaker, sentenceOf } from './fault-texts.ts';

interface Place {
  readonly providerId: string;
  readonly speaker: Speaker;
}

/** A transport whose commonest faults say what to do: nobody listens, or a web page answers where an API should. */
export function speakingTransport(inner: Transport, place: Place): Transport {
  return {
    async request(request) {
      try {
        return refusePage(await inner.request(request), place);
      } catch (error) {
        throw isRefused(error) ? nobodyListens(error, place) : error;
      }
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}

function refusePage(response: TransportResponse, { providerId, speaker }: Place): TransportResponse {
  const isPage = response.status < 300 && /^text\/html\b/iu.test(response.headers['content-type'] ?? '');
  if (!isPage) return response;
  response.body.drain();
  const details = { status: response.status, setting: 'baseUrl', fault: 'page' };
  throw createProviderError('protocol', sentenceOf('page', speaker, details), { providerId, details, isRetryable: false });
}

const isRefused = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && error.code === 'network' && error.details['reason'] === 'refused';

function nobodyListens(cause: ProviderError, { providerId, speaker }: Place): ProviderError {
  const details = { ...cause.details, fault: 'down' };
  return createProviderError('network', sentenceOf('down', speaker, details), { providerId, details, cause });
}
