import { randomUUID } from 'node:crypto';
import type { Clock, Logger, ProviderContext } from '@multimodel/core';
import {
  createTransport,
  type RequestAuth,
  staticAuth,
  type TlsOptions,
  type Transport,
  type TransportOptions,
  tokenAuth,
} from '@multimodel/provider-sdk';
import type { JsonCaller } from '../shared/call-json.ts';
import { type ApiAddress, splitUrl, toApiAddress } from './addresses.ts';
import { CallMemory } from './call-memory.ts';
import { type Credential, secretsOf } from './credential.ts';
import type { Habits } from './habits.ts';
import { credentialOf, type GigaChatSettings } from './settings.ts';
import { shareToken, type TokenLease } from './shared-tokens.ts';
import { retellTransportFault, toGigaChatError } from './to-gigachat-error.ts';
import { fetchKeyToken, fetchPasswordToken } from './token-service.ts';
import { Uploads } from './uploads.ts';

type LearnedHabits = Pick<Habits, 'draws' | 'resultRole'>;

/** What all parts of one configured account share. */
export interface GigaChatAccount extends AsyncDisposable {
  readonly settings: GigaChatSettings;
  readonly address: ApiAddress;
  /** To the API, both versions. */
  readonly api: JsonCaller;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly calls: CallMemory;
  /** Tokens that a model's window holds, learned from refusals. */
  readonly windows: Map<string, number>;
  readonly uploads: Uploads;
  /** How a model is asked; learned from refusals. */
  habitsOf(modelId: string): LearnedHabits;
  keepHabits(modelId: string, habits: LearnedHabits): void;
  /** What the API was last reached over. */
  readonly connection: { readonly httpVersion: '1.1' | '2' | undefined };
}

/** `api.giga.chat` refuses those who do not say who they are. */
const userAgent = 'multimodel-chat';

export function openAccount(settings: GigaChatSettings, context: ProviderContext): GigaChatAccount {
  const { slug, clock, logger } = context;
  const credential = credentialOf(settings);
  const secrets = [...secretsOf(credential), ...[settings.clientKey, settings.clientKeyPassphrase].filter((value) => value !== undefined)];
  const trusted = settings.trustRussianRoot ? (context.trustedRoots ?? []) : [];
  const tls = tlsOf(settings, trusted);
  const hasRoot = trusted.length > 0;
  const connect = (baseUrl: string): TransportOptions => ({ providerId: slug, baseUrl, connectTimeoutMs: settings.connectTimeoutMs, tls });
  const address = toApiAddress(settings.baseUrl);
  const connection = new Connection(createTransport({ ...connect(address.root), http: settings.http }), { logger, hasRoot });
  const token = createAuth({ settings, credential, address, secrets, context, trusted, connect });
  if (!settings.verifyTls) logger.warn({}, 'certificates are not checked: anybody on the way can read along and take the key (verifyTls)');
  const api: JsonCaller = { providerId: slug, transport: connection, auth: token.auth, secrets, toError: toGigaChatError };
  const habits = new Map<string, LearnedHabits>();
  return {
    settings,
    address,
    clock,
    logger,
    connection,
    calls: new CallMemory(),
    windows: new Map(),
    api,
    uploads: new Uploads({ api, v1: address.v1, logger }),
    habitsOf: (modelId) => habits.get(modelId) ?? { draws: settings.drawsPictures, resultRole: 'tool' },
    keepHabits: (modelId, { draws, resultRole }) => void habits.set(modelId, { draws, resultRole }),
    async [Symbol.asyncDispose]() {
      await Promise.all([token[Symbol.asyncDispose](), connection[Symbol.asyncDispose]()]);
    },
  };
}

function tlsOf(settings: GigaChatSettings, trusted: readonly string[]): TlsOptions | undefined {
  const { caBundle = [], clientCertificate: cert, clientKey, clientKeyPassphrase: passphrase, verifyTls } = settings;
  const ca = [...caBundle, ...trusted];
  const pair = cert === undefined ? {} : { cert, key: clientKey ?? cert, passphrase };
  return { ...(ca.length === 0 ? {} : { ca }), ...pair, ...(verifyTls ? {} : { rejectUnauthorized: false }) };
}

interface ConnectionFacts {
  /** Told over which version of HTTP answers come; tokens are no answers. */
  readonly logger?: Logger | undefined;
  /** The root that the vendor's hosts need is trusted. */
  readonly hasRoot: boolean;
}

/** A transport that names us, tells faults in words, and tells over what it reaches the vendor. */
class Connection implements Transport {
  httpVersion: '1.1' | '2' | undefined;
  readonly #transport: Transport;
  readonly #facts: ConnectionFacts;

  constructor(transport: Transport, facts: ConnectionFacts) {
    this.#transport = transport;
    this.#facts = facts;
  }

  async request(request: Parameters<Transport['request']>[0]): ReturnType<Transport['request']> {
    const headers = { 'user-agent': userAgent, 'x-client-id': userAgent, 'x-request-id': randomUUID(), ...request.headers };
    try {
      const response = await this.#transport.request({ ...request, headers });
      this.#note(response.httpVersion);
      return response;
    } catch (error) {
      throw retellTransportFault(error, this.#facts.hasRoot);
    }
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#transport[Symbol.asyncDispose]();
  }

  #note(httpVersion: '1.1' | '2'): void {
    if (this.httpVersion === httpVersion) return;
    this.httpVersion = httpVersion;
    const isSlow = httpVersion === '1.1';
    this.#facts.logger?.info(
      { http: httpVersion },
      isSlow ? 'reached over HTTP/1.1: answers may come at once and not word by word' : 'reached over HTTP/2',
    );
  }
}

interface AuthDeps {
  readonly settings: GigaChatSettings;
  readonly credential: Credential;
  readonly address: ApiAddress;
  readonly secrets: readonly string[];
  readonly context: ProviderContext;
  readonly trusted: readonly string[];
  connect(baseUrl: string): TransportOptions;
}

interface AccountAuth extends AsyncDisposable {
  readonly auth: RequestAuth;
}

const nothing = (): Promise<void> => Promise.resolve();

function createAuth(deps: AuthDeps): AccountAuth {
  const { credential, settings, address } = deps;
  switch (credential.kind) {
    case 'accessToken':
      return { auth: staticAuth({ authorization: `Bearer ${credential.token}` }), [Symbol.asyncDispose]: nothing };
    case 'certificate':
      return { auth: staticAuth({}), [Symbol.asyncDispose]: nothing };
    case 'authorizationKey': {
      const { origin, path } = splitUrl(settings.authUrl);
      const account = { key: credential.key, scope: settings.scope };
      const identity = [settings.authUrl, account.key, account.scope];
      return exchanging(deps, { origin, identity, service: 'key' }, (service, signal) =>
        fetchKeyToken({ ...service, path }, account, signal),
      );
    }
    case 'password': {
      const identity = [settings.baseUrl, credential.user, credential.password];
      const path = `${address.v1}/token`;
      return exchanging(deps, { origin: address.root, identity, service: 'password' }, (service, signal) =>
        fetchPasswordToken({ ...service, path }, credential, signal),
      );
    }
    default:
      return credential satisfies never;
  }
}

interface Exchange {
  readonly origin: string;
  readonly identity: readonly string[];
  readonly service: 'key' | 'password';
}

type ExchangeCaller = Omit<JsonCaller, 'auth'> & { readonly clock: Clock };

function exchanging(
  { settings, secrets, context: { slug, clock }, trusted, connect }: AuthDeps,
  { origin, identity, service }: Exchange,
  fetchToken: (caller: ExchangeCaller, signal: AbortSignal) => ReturnType<typeof fetchKeyToken>,
): AccountAuth {
  const transport = new Connection(createTransport({ ...connect(origin), http: '1.1' }), {
    hasRoot: trusted.length > 0,
  });
  const toError: JsonCaller['toError'] = (answer) => toGigaChatError(answer, service);
  const caller = { providerId: slug, transport, secrets, toError, clock };
  const { caBundle = [], clientCertificate = '', verifyTls } = settings;
  // Another trust or another certificate may lead to another answer.
  const account = [...identity, ...caBundle, ...trusted, clientCertificate, String(verifyTls)];
  const lease: TokenLease = shareToken({ clock, providerId: slug, account, fetchToken: (signal) => fetchToken(caller, signal) });
  return {
    auth: tokenAuth(lease, (token) => ({ authorization: `Bearer ${token}` })),
    async [Symbol.asyncDispose]() {
      lease[Symbol.dispose]();
      await transport[Symbol.asyncDispose]();
    },
  };
}
