import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemSchema } from '@multimodel/contract';
import {
  type AnswerService,
  AppError,
  type AttachmentId,
  type AttachmentService,
  attachmentTexts,
  type ChatId,
  type ChatService,
  type Clock,
  type ContextService,
  faultTexts,
  type MessageId,
  type ModelCatalog,
  type ProviderId,
  type ProviderService,
  type ProviderTester,
  type RunId,
  type RunService,
  type SettingsService,
  type TrustService,
  toAttachmentId,
  toChatId,
  toMessageId,
  toProviderId,
  toRunId,
} from '@multimodel/core';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { BrokenPlugin } from '../config/config.ts';
import type { OpenStreams } from '../sse/open-streams.ts';

/** The services that the routes call, as far as they call them. */
export interface Services {
  readonly chats: Pick<ChatService, 'create' | 'get' | 'list' | 'update' | 'delete' | 'listMessages' | 'listBranch' | 'clear' | 'send'>;
  readonly answers: Pick<AnswerService, 'regenerate' | 'continue'>;
  readonly attachments: Pick<AttachmentService, 'limits' | 'upload' | 'get' | 'open' | 'delete'>;
  readonly context: Pick<ContextService, 'forecast'>;
  readonly runs: Pick<RunService, 'get' | 'stop' | 'watch' | 'activeCount'>;
  readonly providers: Pick<ProviderService, 'plugins' | 'list' | 'get' | 'create' | 'update' | 'delete'>;
  readonly tester: Pick<ProviderTester, 'test' | 'testStored'>;
  readonly trust: Pick<TrustService, 'isTrusted' | 'trust'>;
  readonly models: Pick<ModelCatalog, 'list'>;
  readonly settings: Pick<SettingsService, 'get' | 'update'>;
}

export interface ApiDeps {
  readonly services: Services;
  /** Of the configuration; listed beside those that work. */
  readonly brokenPlugins: readonly BrokenPlugin[];
  readonly clock: Clock;
  readonly streams: OpenStreams;
}

/** A server whose routes are typed by their schemas. */
export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

export const idParams = z.object({ id: z.string() });

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemSchema } } });

/** Every route may answer so. */
export const problems = {
  '4xx': problem('The request was refused; `code` says why'),
  '5xx': problem('A fault of the server or of a vendor'),
} as const;

export const emptySchema = z.null().meta({ description: 'No content' });

/** An id that cannot be one of ours is answered like one that does not exist. */
export function chatIdOf({ id }: { readonly id: string }): ChatId {
  return toChatId(wellFormed('Chat', id));
}

export function messageIdOf({ messageId }: { readonly messageId: string }): MessageId {
  return toMessageId(wellFormed('Message', messageId));
}

export function runIdOf({ id }: { readonly id: string }): RunId {
  return toRunId(wellFormed('Run', id));
}

export function providerIdOf({ id }: { readonly id: string }): ProviderId {
  return toProviderId(wellFormed('Provider', id));
}

export function attachmentIdOf({ id }: { readonly id: string }): AttachmentId {
  if (isWellFormed(id)) return toAttachmentId(id);
  throw new AppError('not_found', attachmentTexts.notFound(), { details: { what: 'Attachment' } });
}

const isWellFormed = (id: string): boolean => /^[\w-]{1,64}$/.test(id);

function wellFormed(what: 'Chat' | 'Message' | 'Run' | 'Provider', id: string): string {
  if (isWellFormed(id)) return id;
  throw new AppError('not_found', faultTexts.notFound(what), { details: { what } });
}

/** Our own share of the time to an answer, for `server-timing`. */
export function serverTiming(reply: Pick<FastifyReply, 'elapsedTime'>): string {
  return `app;dur=${reply.elapsedTime.toFixed(2)}`;
}
