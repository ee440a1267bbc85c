import type { ModelInfo, Provider, ProviderContext } from '@multimodel/core';
import type { z } from 'zod';
import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { staticAuth } from '../model/request-auth.ts';
import { withTimeouts } from '../model/with-timeouts.ts';
import { createTransport } from '../transport/create-transport.ts';
import { readJson, readText } from '../transport/read-response.ts';
import { RemoteChatModel, remoteError } from './remote-chat-model.ts';
import { remoteManifestSchema, remoteModelsSchema } from './remote-protocol.ts';

export interface RemoteProviderOptions {
  /** Of the service; `/manifest`, `/models` and `/stream` lie below it. */
  readonly baseUrl: string;
  /** Sent as `authorization: Bearer …`. */
  readonly token?: string | undefined;
  readonly connectTimeoutMs: number;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
}

const answerLimitBytes = 4 * 1024 * 1024;
const errorLimitBytes = 64 * 1024;

/**
 * A service that speaks the remote protocol (docs/remote-provider.md) as a provider.
 *
 * @example
 * const provider = createRemoteProvider({ baseUrl: 'http://localhost:9000', connectTimeoutMs: 5000, … }, context);
 */
export function createRemoteProvider(options: RemoteProviderOptions, { slug, clock }: ProviderContext): Provider {
  const { baseUrl, token, connectTimeoutMs, firstTokenTimeoutMs: firstTokenMs, idleTimeoutMs: idleMs } = options;
  const transport = createTransport({ http: 'auto', providerId: slug, baseUrl, connectTimeoutMs });
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const secrets = token === undefined ? [] : [token];
  const model = { providerId: slug, transport, auth: staticAuth(headers), secrets };
  const get = async <T>(path: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> => {
    const response = await transport.request({ method: 'GET', path, headers: { accept: 'application/json', ...headers }, signal });
    if (response.status >= 200 && response.status < 300)
      return readJson(response, schema, { providerId: slug, limitBytes: answerLimitBytes });
    const body = await readText(response, { limitBytes: errorLimitBytes });
    if (response.status === 404) throw notSpoken(slug, path);
    throw remoteError({ providerId: slug, status: response.status, headers: response.headers, body, secrets });
  };
  return {
    limits: {},
    chatModel: (id) => withTimeouts(new RemoteChatModel(id, model), { providerId: slug, firstTokenMs, idleMs }, clock),
    listModels: async ({ signal }) => (await get('/models', remoteModelsSchema, signal)).models.map(toModelInfo),
    async probe({ signal }) {
      const startedAt = clock.monotonic();
      await get('/manifest', remoteManifestSchema, signal);
      return { ok: true, latencyMs: clock.monotonic() - startedAt };
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}

function notSpoken(providerId: string, path: string) {
  const details = { status: 404, reason: 'no_manifest' };
  return createProviderError('protocol', faultTexts.notRemote(path), {
    providerId,
    details,
    isRetryable: false,
  });
}

function toModelInfo({ name, ...model }: z.output<typeof remoteModelsSchema>['models'][number]): ModelInfo {
  return { ...model, name: name ?? model.id, source: 'live' };
}
