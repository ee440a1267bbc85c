import type { JsonValue, ModelInfo, ProviderContext, ProviderError } from '@multimodel/core';
import {
  createHttp1Transport,
  createProviderError,
  type ErrorAnswer,
  type RequestAuth,
  staticAuth,
  type Transport,
} from '@multimodel/provider-sdk';
import { z } from 'zod';
import { callJson, type JsonCaller } from '../shared/call-json.ts';
import { rootOf } from './base-url.ts';
import { type Speaker, sentenceOf } from './fault-texts.ts';
import type { Preset } from './preset.ts';
import { presetOf } from './presets.ts';
import { baseUrlOf, type OpenAiSettings } from './settings.ts';
import { speakingTransport } from './speaking-transport.ts';
import { toOpenAiError } from './to-openai-error.ts';

export interface AccountCall<T> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: JsonValue | undefined;
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal;
  /** `root`: where the server keeps what is not part of the compatible API. */
  readonly at?: 'base' | 'root' | undefined;
  /** Whose it is, so that an error can name similar ones. */
  readonly model?: string | undefined;
}

/** What all parts of one configured account share. */
export interface OpenAiAccount extends AsyncDisposable {
  readonly providerId: string;
  readonly settings: OpenAiSettings;
  readonly preset: Preset;
  readonly baseUrl: string;
  readonly speaker: Speaker;
  readonly transport: Transport;
  readonly auth: RequestAuth;
  readonly secrets: readonly string[];
  /** As last listed, by id. */
  readonly known: Map<string, ModelInfo>;
  call<T>(call: AccountCall<T>): Promise<T>;
  toError(answer: ErrorAnswer, model?: string): ProviderError;
}

const defaultConnectTimeoutMs = 10_000;
/** A shorter header is no credential, and hiding it would hide half of every text. */
const shortestSecret = 8;

export function openAccount(settings: OpenAiSettings, { slug }: ProviderContext): OpenAiAccount {
  const preset = presetOf(settings.preset);
  const baseUrl = baseUrlOf(settings);
  const { keysAt, start } = preset;
  const { host } = new URL(baseUrl);
  // A server that no preset knows has no name but its address.
  const speaker: Speaker = { name: preset.baseUrl === undefined ? host : preset.name, keysAt, start, host };
  const { apiKey, headers = {} } = settings;
  const known = new Map<string, ModelInfo>();
  const toError = (answer: ErrorAnswer, model?: string): ProviderError =>
    toOpenAiError(answer, { speaker, hasKey: apiKey !== undefined, model, knownModels: known.keys() });
  const connect = (url: string): Transport => {
    const connectTimeoutMs = settings.connectTimeoutMs ?? defaultConnectTimeoutMs;
    return speakingTransport(createHttp1Transport({ providerId: slug, baseUrl: url, connectTimeoutMs }), { providerId: slug, speaker });
  };
  const transports = { base: connect(baseUrl), root: connect(rootOf(baseUrl)) };
  const auth = staticAuth({ ...headers, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) });
  const secrets = [...(apiKey === undefined ? [] : [apiKey]), ...Object.values(headers).filter(({ length }) => length >= shortestSecret)];
  return {
    providerId: slug,
    settings,
    preset,
    baseUrl,
    speaker,
    transport: transports.base,
    auth,
    secrets,
    known,
    async call({ at = 'base', model, schema, ...rest }) {
      const caller: JsonCaller = {
        providerId: slug,
        transport: transports[at],
        auth,
        secrets,
        toError: (answer) => toError(answer, model),
      };
      const answer = await callJson(caller, { ...rest, schema: z.unknown() });
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      if (hasError(answer)) throw toError({ providerId: slug, status: 500, headers: {}, body: JSON.stringify(answer), secrets }, model);
      throw createProviderError('protocol', sentenceOf('address', speaker, {}), {
        providerId: slug,
        details: { status: 200, fault: 'address' },
      });
    },
    toError,
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(transports).map((transport) => transport[Symbol.asyncDispose]()));
    },
  };
}

/** Some refuse with status 200. */
const hasError = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && ('error' in answer || 'message' in answer || 'detail' in answer);
