import { ProviderError } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { withVersion } from './base-url.ts';
import { sentenceOf } from './fault-texts.ts';
import type { OpenAiAccount } from './openai-account.ts';

const anything = z.unknown();
/** Any JSON with a list in it. */
const listLike = z.union([z.array(z.unknown()), z.object({ data: z.array(z.unknown()) }), z.object({ models: z.array(z.unknown()) })]);

/** Whether the address is that of an API and the key is taken, without a generation. Throws what is wrong. */
export async function probe(account: OpenAiAccount, signal: AbortSignal): Promise<void> {
  const { list, keyCheckPath } = account.preset;
  if (list === 'none') return probeByRefusal(account, signal);
  try {
    if (keyCheckPath !== undefined) await account.call({ method: 'GET', path: keyCheckPath, schema: anything, signal });
    await account.call({ method: 'GET', path: '/models', schema: listLike, signal });
  } catch (error) {
    if (!isWrongAddress(error)) throw error;
    await probeByRefusal(account, signal);
  }
}

/** Where there is no list: a question without a text costs nothing, and who may not ask is told so first. */
async function probeByRefusal(account: OpenAiAccount, signal: AbortSignal): Promise<void> {
  const model = account.preset.catalog?.[0]?.id ?? 'none';
  try {
    await account.call({ method: 'POST', path: '/chat/completions', body: { model, messages: [] }, schema: anything, signal });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (isWrongAddress(error)) throw await withSuggestion(account, error, signal);
    const isUnderstood = error.code === 'invalid_request' || error.code === 'model_not_found';
    if (!isUnderstood) throw error;
  }
}

const isWrongAddress = (error: unknown): boolean => error instanceof ProviderError && error.details['fault'] === 'address';

/** The path that is left out most often, if something answers there. */
async function withSuggestion(account: OpenAiAccount, error: ProviderError, signal: AbortSignal): Promise<ProviderError> {
  const suggested = withVersion(account.baseUrl);
  if (suggested === undefined || !(await answersAt(account, signal))) return error;
  const details = { ...error.details, suggested };
  const { providerId, speaker } = account;
  return createProviderError(error.code, sentenceOf('address', speaker, details), { providerId, details, mayFailOver: true });
}

async function answersAt(account: OpenAiAccount, signal: AbortSignal): Promise<boolean> {
  const { transport, auth } = account;
  try {
    const headers = await auth.headers({ signal, forceRefresh: false });
    const response = await transport.request({ method: 'GET', path: '/v1/models', headers, signal });
    response.body.drain();
    return response.status < 300 || response.status === 401;
  } catch {
    return false;
  }
}
