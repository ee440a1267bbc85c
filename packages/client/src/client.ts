import type {
  Answering,
  AttachmentDto,
  AttachmentLimitsDto,
  ChatDto,
  ChatPage,
  ContextForecastDto,
  ContinueMessage,
  CreateChat,
  ForecastContext,
  ForecastNewChat,
  MessagePage,
  ModelPage,
  NewProvider,
  NewProviderTest,
  ProviderDto,
  ProviderPage,
  ProviderPatch,
  ProviderPluginPage,
  ProviderTestDto,
  RegenerateMessage,
  RunDto,
  RunEventDto,
  SendMessage,
  SentMessage,
  TrustedRootDto,
  UpdateChat,
  UploadedAttachmentDto,
  UserSettingsDto,
  UserSettingsPatch,
} from '@multimodel/contract';
import { type Schedule, systemSchedule } from './back-off.ts';
import { createHttp, type Fetch, type Http, type HttpOptions } from './http.ts';
import { type WatchOptions, watchRun } from './watch-run.ts';

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of a list; `cursor` comes from the page before. */
export interface PageOptions extends CallOptions {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** `desc` lists the newest first. */
export interface MessagePageOptions extends PageOptions {
  readonly order?: 'asc' | 'desc' | undefined;
  /** One branch, newest first, with the siblings of each message: `current`, or the id of the message that it ends in. */
  readonly branch?: string | undefined;
}

/** The same key for every try of one write: the server then does it once, however many tries reach it. */
export interface SendOptions extends CallOptions {
  readonly idempotencyKey?: string | undefined;
}

/** A file for a message. The server goes by its bytes; name and type help where bytes do not tell. */
export interface UploadFile {
  readonly content: Blob | Uint8Array<ArrayBuffer>;
  readonly name: string;
  readonly mediaType?: string | undefined;
}

/** `fetch`: for this request only, such as one that tells how far it has come. */
export interface UploadOptions extends SendOptions {
  readonly fetch?: Fetch | undefined;
}

/** `onlyHidden`: nothing is removed if the chat shows messages again. */
export interface ClearOptions extends CallOptions {
  readonly onlyHidden?: boolean | undefined;
}

/** How the client reaches its server. `schedule` and `random` are for tests. */
export interface ClientOptions extends HttpOptions {
  readonly schedule?: Schedule | undefined;
  readonly random?: (() => number) | undefined;
}

/** The REST API, typed. Calls reject with `ApiError`, `NetworkError`, or the reason of their own signal. */
export interface Client {
  readonly chats: {
    list(options?: PageOptions): Promise<ChatPage>;
    create(chat?: CreateChat, options?: SendOptions): Promise<ChatDto>;
    get(id: string, options?: CallOptions): Promise<ChatDto>;
    update(id: string, changes: UpdateChat, options?: CallOptions): Promise<ChatDto>;
    delete(id: string, options?: CallOptions): Promise<void>;
    /** Removes all messages; the chat and its settings stay. */
    clear(id: string, options?: ClearOptions): Promise<void>;
    /** What sending a message would give the model: how much of its window, and what does not fit. Sends nothing. */
    forecast(id: string, message?: ForecastContext, options?: CallOptions): Promise<ContextForecastDto>;
    /** The same for the first message of a chat that does not exist yet. */
    forecastNew(message?: ForecastNewChat, options?: CallOptions): Promise<ContextForecastDto>;
  };
  readonly messages: {
    list(chatId: string, options?: MessagePageOptions): Promise<MessagePage>;
    /** Resolves when the server has the message; the answer is then in `runs.watch`. */
    send(chatId: string, message: SendMessage, options?: SendOptions): Promise<SentMessage>;
    /** Another answer to the same question, as a branch beside the old one. */
    regenerate(chatId: string, messageId: string, how?: RegenerateMessage, options?: SendOptions): Promise<Answering>;
    /** The same answer goes on, with any model: one that was stopped, interrupted, failed, or cut at its length limit. */
    continue(chatId: string, messageId: string, how?: ContinueMessage, options?: SendOptions): Promise<Answering>;
  };
  readonly attachments: {
    /** The largest size and the types of files that this server takes; what a model takes stands in `files` of the model. */
    limits(options?: CallOptions): Promise<AttachmentLimitsDto>;
    /** The id that it answers with goes into `attachments` of a message. */
    upload(file: UploadFile, options?: UploadOptions): Promise<UploadedAttachmentDto>;
    get(id: string, options?: CallOptions): Promise<AttachmentDto>;
    /** Only one that was not sent: the others go with their chat. */
    delete(id: string, options?: CallOptions): Promise<void>;
    /** Where the file itself is. */
    contentUrl(id: string): string;
  };
  readonly runs: {
    get(id: string, options?: CallOptions): Promise<RunDto>;
    stop(id: string, options?: CallOptions): Promise<void>;
    /** Follows a run over any number of connections: each event once, in order, to the end. */
    watch(id: string, options?: WatchOptions): AsyncIterable<RunEventDto>;
  };
  readonly models: { list(options?: PageOptions): Promise<ModelPage> };
  readonly providers: {
    /** Every configured provider, those that are switched off among them. */
    list(options?: PageOptions): Promise<ProviderPage>;
    /** What can be added, with the fields of its settings. */
    plugins(options?: PageOptions): Promise<ProviderPluginPage>;
    get(id: string, options?: CallOptions): Promise<ProviderDto>;
    create(provider: NewProvider, options?: SendOptions): Promise<ProviderDto>;
    update(id: string, changes: ProviderPatch, options?: CallOptions): Promise<ProviderDto>;
    delete(id: string, options?: CallOptions): Promise<void>;
    /** Asks the vendor with settings that may not be stored. What the vendor refuses is in the answer, not an error. */
    test(settings: NewProviderTest, options?: CallOptions): Promise<ProviderTestDto>;
    /** Fetches the root certificate that a plugin's vendor needs; it is trusted for that plugin only. */
    trust(pluginId: string, options?: CallOptions): Promise<TrustedRootDto>;
    /** The same with a provider as it is stored. */
    testStored(id: string, options?: CallOptions): Promise<ProviderTestDto>;
  };
  readonly settings: {
    get(options?: CallOptions): Promise<UserSettingsDto>;
    update(changes: UserSettingsPatch, options?: CallOptions): Promise<UserSettingsDto>;
  };
}

/**
 * Makes a client of a Multimodel Chat server; the same in a browser and in Node.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://localhost:3000' });
 * const chat = await client.chats.create();
 * const { run } = await client.messages.send(chat.id, { text: 'Привет!' });
 * for await (const event of client.runs.watch(run.id)) {
 *   if (event.type === 'text-delta') process.stdout.write(event.text);
 * }
 */
export function createClient(options: ClientOptions): Client {
  const http = createHttp(options);
  const watching = { http, schedule: options.schedule ?? systemSchedule, random: options.random ?? Math.random };
  return {
    chats: createChats(http),
    messages: createMessages(http),
    attachments: createAttachments(http, options.baseUrl.replace(/\/+$/, '')),
    runs: {
      get: (id, call = {}) => http.json(`/api/v1/runs/${encodeURIComponent(id)}`, call),
      stop: (id, call = {}) => discard(http.send(`/api/v1/runs/${encodeURIComponent(id)}/stop`, { method: 'POST', ...call })),
      watch: (id, call = {}) => watchRun(watching, id, call),
    },
    models: { list: (call = {}) => http.json('/api/v1/models', toListRequest(call)) },
    providers: createProviders(http),
    settings: {
      get: (call = {}) => http.json('/api/v1/settings', call),
      update: (changes, call = {}) => http.json('/api/v1/settings', { method: 'PATCH', body: changes, ...call }),
    },
  };
}

function createChats(http: Http): Client['chats'] {
  const path = (id: string) => `/api/v1/chats/${encodeURIComponent(id)}`;
  return {
    list: (call = {}) => http.json('/api/v1/chats', toListRequest(call)),
    create: (chat = {}, options = {}) => post(http, '/api/v1/chats', chat, options),
    get: (id, call = {}) => http.json(path(id), call),
    update: (id, changes, call = {}) => http.json(path(id), { method: 'PATCH', body: changes, ...call }),
    delete: (id, call = {}) => discard(http.send(path(id), { method: 'DELETE', ...call })),
    clear: (id, { onlyHidden, ...call } = {}) =>
      discard(http.send(`${path(id)}/messages`, { method: 'DELETE', query: { onlyHidden: onlyHidden ? 'true' : undefined }, ...call })),
    forecast: (id, message = {}, call = {}) => http.json(`${path(id)}/context`, { method: 'POST', body: message, ...call }),
    forecastNew: (message = {}, call = {}) => http.json('/api/v1/context', { method: 'POST', body: message, ...call }),
  };
}

function createProviders(http: Http): Client['providers'] {
  const path = (id: string) => `/api/v1/providers/${encodeURIComponent(id)}`;
  return {
    list: (call = {}) => http.json('/api/v1/providers', toListRequest(call)),
    plugins: (call = {}) => http.json('/api/v1/provider-plugins', toListRequest(call)),
    get: (id, call = {}) => http.json(path(id), call),
    create: (provider, options = {}) => post(http, '/api/v1/providers', provider, options),
    update: (id, changes, call = {}) => http.json(path(id), { method: 'PATCH', body: changes, ...call }),
    delete: (id, call = {}) => discard(http.send(path(id), { method: 'DELETE', ...call })),
    test: (settings, call = {}) => http.json('/api/v1/providers/test', { method: 'POST', body: settings, ...call }),
    trust: (id, call = {}) => http.json(`/api/v1/plugins/${encodeURIComponent(id)}/trust`, { method: 'POST', ...call }),
    testStored: (id, call = {}) => http.json(`${path(id)}/test`, { method: 'POST', ...call }),
  };
}

function createMessages(http: Http): Client['messages'] {
  const path = (chatId: string) => `/api/v1/chats/${encodeURIComponent(chatId)}/messages`;
  const act =
    (name: string) =>
    (chatId: string, messageId: string, body: object = {}, options: SendOptions = {}) =>
      post<Answering>(http, `${path(chatId)}/${encodeURIComponent(messageId)}/${name}`, body, options);
  return {
    list: (chatId, { order, branch, ...call } = {}) => {
      const request = toListRequest(call);
      return http.json(path(chatId), { ...request, query: { ...request.query, order, branch } });
    },
    send: (chatId, message, options = {}) => post(http, path(chatId), message, options),
    regenerate: act('regenerate'),
    continue: act('continue'),
  };
}

function createAttachments(http: Http, baseUrl: string): Client['attachments'] {
  const path = (id: string) => `/api/v1/attachments/${encodeURIComponent(id)}`;
  return {
    limits: (call = {}) => http.json('/api/v1/attachment-limits', call),
    upload: ({ content, name, mediaType = '' }, { idempotencyKey = newIdempotencyKey(), ...call } = {}) => {
      const type = mediaType === '' ? 'application/octet-stream' : mediaType;
      const headers = { 'content-type': type, 'x-file-name': encodeURIComponent(name.toWellFormed()), 'idempotency-key': idempotencyKey };
      return http.json('/api/v1/attachments', { method: 'POST', content, headers, ...call });
    },
    get: (id, call = {}) => http.json(path(id), call),
    delete: (id, call = {}) => discard(http.send(path(id), { method: 'DELETE', ...call })),
    contentUrl: (id) => `${baseUrl}${path(id)}/content`,
  };
}

function post<Body>(http: Http, path: string, body: unknown, { idempotencyKey = newIdempotencyKey(), signal }: SendOptions): Promise<Body> {
  return http.json(path, { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey }, signal });
}

function toListRequest({ cursor, limit, signal }: PageOptions) {
  return { query: { cursor, limit }, signal };
}

async function discard(answer: Promise<Response>): Promise<void> {
  await (await answer).body?.cancel();
}

/** A random key for `messages.send`; works on plain http pages too, where `crypto.randomUUID` does not. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
