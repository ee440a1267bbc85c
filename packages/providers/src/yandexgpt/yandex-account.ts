import { randomUUID } from 'node:crypto';
import type { ProviderContext, ProviderError } from '@multimodel/core';
import { createHttp1Transport, type ErrorAnswer, type RequestAuth, type RequestHeaders, type Transport } from '@multimodel/provider-sdk';
import type { JsonCaller } from '../shared/call-json.ts';
import { createAuth, secretsOf } from './create-auth.ts';
import { discoveredFolder, type FolderSource, fixedFolder } from './folder-source.ts';
import { credentialOf, type YandexGptSettings } from './settings.ts';
import { toYandexError } from './to-yandex-error.ts';

/** What all parts of one configured account share. */
export interface YandexAccount extends AsyncDisposable {
  readonly providerId: string;
  readonly settings: YandexGptSettings;
  readonly auth: RequestAuth;
  readonly secrets: readonly string[];
  /** Where requests go. */
  readonly folder: FolderSource;
  /** The one that the credential belongs to, whatever the settings say. */
  readonly ownFolder: FolderSource;
  /** To `/foundationModels/v1`. */
  readonly native: JsonCaller;
  /** To the OpenAI-compatible host. */
  readonly openai: JsonCaller;
  /** Made anew for each request. */
  headers(folderId: string): RequestHeaders;
  toError(answer: ErrorAnswer): ProviderError;
}

export function openAccount(settings: YandexGptSettings, { slug, clock }: ProviderContext): YandexAccount {
  const credential = credentialOf(settings);
  const toError = (answer: ErrorAnswer): ProviderError => toYandexError(answer, credential.kind);
  const transports: Transport[] = [];
  const connect = (baseUrl: string): Transport => {
    const transport = createHttp1Transport({ providerId: slug, baseUrl, connectTimeoutMs: settings.connectTimeoutMs });
    transports.push(transport);
    return transport;
  };
  const createTokenTransport = (to: 'iam' | 'metadata'): Transport => connect(to === 'iam' ? settings.iamUrl : settings.metadataUrl);
  const auth = createAuth(credential, { providerId: slug, clock, createTokenTransport, toError });
  const secrets = secretsOf(credential);
  const native: JsonCaller = { providerId: slug, transport: connect(settings.baseUrl), auth, secrets, toError };
  const ownFolder = discoveredFolder(native);
  return {
    providerId: slug,
    settings,
    auth,
    secrets,
    native,
    openai: { ...native, transport: connect(settings.openaiBaseUrl) },
    folder: settings.folderId === undefined ? ownFolder : fixedFolder(settings.folderId),
    ownFolder,
    headers: (folderId) => ({
      'x-client-request-id': randomUUID(),
      'x-data-logging-enabled': String(settings.dataLogging),
      // The token of a person is bound to no folder and must name one.
      ...(credential.kind === 'iamToken' ? { 'x-folder-id': folderId } : {}),
    }),
    toError,
    async [Symbol.asyncDispose]() {
      await Promise.all(transports.map((transport) => transport[Symbol.asyncDispose]()));
    },
  };
}
