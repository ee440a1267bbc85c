export type { Schedule } from './back-off.ts';
export type {
  CallOptions,
  ClearOptions,
  Client,
  ClientOptions,
  MessagePageOptions,
  PageOptions,
  SendOptions,
  UploadFile,
  UploadOptions,
} from './client.ts';
export { createClient, newIdempotencyKey } from './client.ts';
export { ApiError, NetworkError } from './errors.ts';
export type { Fetch } from './http.ts';
export type { RunAttempt, RunView } from './run-view.ts';
export { emptyRunView, isTerminal, reduceRunView } from './run-view.ts';
export type { SseFrame } from './sse-decoder.ts';
export { SseDecoder } from './sse-decoder.ts';
export type { WatchConnection, WatchOptions } from './watch-run.ts';
