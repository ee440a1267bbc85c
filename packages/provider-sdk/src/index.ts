export type {
  CallOptions,
  ChatModel,
  ChatRequest,
  EmbeddingModel,
  EmbeddingResult,
  FieldFault,
  JsonObject,
  JsonValue,
  Localized,
  MessagePart,
  ModelInfo,
  ModelMessage,
  Provider,
  ProviderContext,
  ProviderError,
  ProviderPlugin,
  StreamEvent,
  ToolDefinition,
  Usage,
} from '@multimodel/core';
export type { Framing } from './decode/framer.ts';
export type { FrameLimits } from './decode/line-splitter.ts';
export { NdjsonParser, ndjsonLines } from './decode/ndjson-parser.ts';
export { parseJson } from './decode/parse-json.ts';
export { type SseEvent, type SseOptions, SseParser, sseData } from './decode/sse-parser.ts';
export { type ErrorAnswer, providerErrorFromStatus, type StatusFault } from './errors/error-from-status.ts';
export { cancelledError, createProviderError, type ProviderFault, recoveryByCode } from './errors/provider-error.ts';
export { redactSecrets } from './errors/redact-secrets.ts';
export { retryAfterMs } from './errors/retry-after.ts';
export { loadPlugin, PluginLoadError, type PluginModule } from './load/load-plugin.ts';
export { BaseChatModel } from './model/base-chat-model.ts';
export type { ChatModelDeps } from './model/chat-model-deps.ts';
export { type Answer, collectAnswer } from './model/collect-answer.ts';
export { type AuthOptions, type RequestAuth, staticAuth } from './model/request-auth.ts';
export type { StreamDecoder } from './model/stream-decoder.ts';
export {
  createTokenCache,
  type Token,
  type TokenCacheOptions,
  type TokenOptions,
  type TokenSource,
  tokenAuth,
} from './model/token-cache.ts';
export type { WireBody, WireRequest } from './model/wire-request.ts';
export { type TimeoutLimits, withTimeouts } from './model/with-timeouts.ts';
export { defineProvider, type ProviderDefinition } from './plugin/define-provider.ts';
export { faultIssue } from './plugin/fault-issue.ts';
export { headerValueFault, headerValueText } from './plugin/header-value-fault.ts';
export { nearestSpelling } from './plugin/nearest-spelling.ts';
export { createRemoteProvider, type RemoteProviderOptions } from './remote/remote-provider.ts';
export { type AnyTransportOptions, createTransport } from './transport/create-transport.ts';
export { createHttp1Transport, type Http1Options } from './transport/http1-transport.ts';
export { createHttp2Transport } from './transport/http2-transport.ts';
export { type ReadJsonOptions, type ReadTextOptions, readJson, readText } from './transport/read-response.ts';
export type {
  RequestHeaders,
  ResponseBody,
  ResponseHeaders,
  TlsOptions,
  Transport,
  TransportOptions,
  TransportRequest,
  TransportResponse,
} from './transport/transport.ts';
export { type FetchRootOptions, fetchPinnedRoot, type PinnedRoot, readPinnedRoot } from './trust/pinned-root.ts';
