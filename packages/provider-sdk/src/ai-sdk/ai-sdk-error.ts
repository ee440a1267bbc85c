import { type Localized, ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { z } from 'zod';
import { providerErrorFromStatus } from '../errors/error-from-status.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { codeOf, transportError } from '../transport/transport-fault.ts';

export interface ErrorPlace {
  /** Slug of the configured provider. */
  readonly providerId: string;
  /** Values that must not stand in an error. */
  readonly secrets: readonly string[];
}

const text = z.string().nullish().catch(undefined);
const shape = z.object({
  name: text,
  message: text,
  url: text,
  statusCode: z.number().nullish().catch(undefined),
  responseHeaders: z.record(z.string(), z.string()).nullish().catch(undefined),
  responseBody: text,
});
type Shape = z.output<typeof shape>;

interface Named {
  readonly code: ProviderErrorCode;
  readonly words: Localized;
  readonly mayFailOver?: boolean;
}

/** Errors of the AI SDK that no answer of a server stands behind, by the names that all its versions share. */
const named: Readonly<Record<string, Named>> = {
  AI_LoadAPIKeyError: {
    code: 'auth',
    words: { ru: 'Пакет не получил ключа: впишите его в настройки', en: 'The package was given no key: put one into the settings' },
  },
  AI_LoadSettingError: {
    code: 'invalid_request',
    mayFailOver: true,
    words: { ru: 'Пакету не хватает настройки', en: 'The package lacks a setting' },
  },
  AI_NoSuchModelError: {
    code: 'model_not_found',
    words: { ru: 'Пакет не знает такой модели', en: 'The package does not know this model' },
  },
  AI_UnsupportedFunctionalityError: {
    code: 'invalid_request',
    mayFailOver: true,
    words: { ru: 'Эта модель такого не умеет', en: 'This model cannot do that' },
  },
};

/** The body was not what it should be, though its status was good. */
const notUnderstood: Named = {
  code: 'protocol',
  words: {
    ru: 'Провайдер прислал ответ, которого пакет не понял',
    en: 'The provider sent an answer that the package did not understand',
  },
};
const failed: Named = {
  code: 'protocol',
  words: { ru: 'Пакет провайдера завершился ошибкой', en: 'The package of the provider failed' },
};

const notUnderstoodNames = new Set([
  'AI_TypeValidationError',
  'AI_JSONParseError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
]);
/** A stream that broke, in the words of `fetch`. */
const brokenNames = new Set(['TypeError', 'SocketError', 'AI_APICallError']);

/**
 * What an AI SDK model throws or streams, as a `ProviderError`: by status where a server answered, by the system's code where none did.
 * The error itself is not kept as the cause: it holds the whole request.
 *
 * @example
 * toAiSdkError(error, { providerId: 'mistral', secrets: [apiKey] }).code; // 'rate_limited' for a status of 429
 */
export function toAiSdkError(error: unknown, place: ErrorPlace): ProviderError {
  if (error instanceof ProviderError) return error;
  const told = shape.safeParse(error).data ?? { message: typeof error === 'string' ? error : undefined };
  const status = told.statusCode ?? undefined;
  if (status !== undefined && (status < 200 || status >= 300)) return byStatus(told, status, place);
  const known = byName(told.name ?? '', status);
  return known ? failure(known, told.message, place) : withoutStatus(error, told, place);
}

function byName(name: string, status: number | undefined): Named | undefined {
  return named[name] ?? (status !== undefined || notUnderstoodNames.has(name) ? notUnderstood : undefined);
}

function withoutStatus(error: unknown, told: Shape, place: ErrorPlace): ProviderError {
  const name = told.name ?? '';
  const code = codeOf(error);
  if (code !== 'UNKNOWN' || brokenNames.has(name)) return byConnection(told, code, place.providerId);
  return name === '' ? inStream(told, place) : failure(failed, told.message, place);
}

/** An error inside the stream is the vendor's own word. */
function inStream({ message }: Shape, { providerId, secrets }: ErrorPlace): ProviderError {
  const answer = { providerId, secrets, status: 200, headers: {} };
  return providerErrorFromStatus({ ...answer, code: 'overloaded', vendorMessage: message ?? undefined });
}

function byStatus({ responseHeaders, responseBody, message }: Shape, status: number, { providerId, secrets }: ErrorPlace): ProviderError {
  const headers = Object.fromEntries(Object.entries(responseHeaders ?? {}).map(([header, value]) => [header.toLowerCase(), value]));
  const isMarkup = (responseBody ?? '').trimStart().startsWith('<');
  const vendorMessage = responseBody || isMarkup ? undefined : (message ?? undefined);
  return providerErrorFromStatus({ providerId, secrets, status, headers, body: responseBody ?? '', vendorMessage });
}

/** The cause is told by its code alone: what `fetch` threw may hold the request. */
function byConnection({ url }: Shape, code: string, providerId: string): ProviderError {
  const { host } = URL.parse(url ?? '') ?? { host: providerId };
  return transportError(Object.assign(new Error(code), { code }), { providerId, host, phase: url ? 'connect' : 'stream' });
}

function failure(
  { code, words, mayFailOver }: Named,
  message: string | null | undefined,
  { providerId, secrets }: ErrorPlace,
): ProviderError {
  const said = (message ?? '').replace(/\s+/gu, ' ').trim().slice(0, 300);
  const inFull = said === '' ? words : { ru: `${words.ru}: ${said}`, en: `${words.en}: ${said}` };
  return createProviderError(code, inFull, { providerId, secrets, mayFailOver });
}
