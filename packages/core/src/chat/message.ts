import type { AttachmentFacts } from '../attachment/attachment.ts';
import type { ToolCallPart } from '../model/chat-request.ts';
import type { FinishReason, Usage, WarningEvent } from '../model/stream-event.ts';
import type { RunError, RunTimings } from '../run/run-event.ts';
import type { ChatId, MessageId, ProviderId, RunId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Cost } from '../usage/cost.ts';

/** `streaming` while its run lives; a user's message is born `completed`. */
export type MessageState = 'streaming' | 'completed' | 'stopped' | 'failed' | 'interrupted';

/** Facts of an answer; a user's message has none. */
export interface AnswerFacts {
  readonly providerId?: ProviderId | undefined;
  /** Slug of the provider and public model name that answered. */
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly modelVersion?: string | undefined;
  readonly reason?: FinishReason | undefined;
  readonly usage?: Usage | undefined;
  readonly cost?: Cost | undefined;
  readonly timings?: RunTimings | undefined;
  readonly warnings?: readonly Omit<WarningEvent, 'type'>[] | undefined;
  readonly error?: RunError | undefined;
}

/** A node of the conversation tree. */
export interface Message extends AnswerFacts {
  readonly id: MessageId;
  readonly chatId: ChatId;
  /** Absent for the first message of a branch from the root. */
  readonly parentId?: MessageId | undefined;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly reasoning?: string | undefined;
  readonly toolCalls?: readonly ToolCallPart[] | undefined;
  /** Of a question: what was sent with it. Of an answer: what the model made. */
  readonly attachments?: readonly AttachmentFacts[] | undefined;
  readonly state: MessageState;
  /** The latest run of an assistant message. */
  readonly runId?: RunId | undefined;
  readonly createdAt: number;
}

/** Where a message stands among those with the same parent: versions of one question, answers to one question. */
export interface Siblings {
  /** From 0, by age. */
  readonly index: number;
  readonly count: number;
  readonly previousId?: MessageId | undefined;
  readonly nextId?: MessageId | undefined;
}

/** A message as part of the branch that is shown. */
export interface BranchMessage extends Message {
  readonly siblings: Siblings;
}

export interface MessageReader {
  findById(id: MessageId): Promise<Message | undefined>;
  /** All branches, by age. `desc` begins with the newest. */
  listByChat(chatId: ChatId, page: PageRequest & { readonly order: 'asc' | 'desc' }): Promise<Page<Message>>;
  /** The path that ends in `leafId`, oldest first, at most the newest `limit` of it. */
  listBranch(leafId: MessageId, limit: number): Promise<readonly Message[]>;
  /** Of each of these messages of one chat. */
  listSiblings(messages: readonly Pick<Message, 'id' | 'chatId' | 'parentId'>[]): Promise<ReadonlyMap<MessageId, Siblings>>;
  /** The newest message of all that follow this one, on whatever branch; itself when none does. */
  findNewestBelow(id: MessageId): Promise<MessageId | undefined>;
}

/** What a run leaves in its message. */
export type MessageOutcome = AnswerFacts &
  Pick<Message, 'text' | 'reasoning' | 'toolCalls' | 'attachments'> & {
    readonly state: Exclude<MessageState, 'streaming'>;
  };

export interface MessageWriter extends MessageReader {
  insert(message: Message): Promise<void>;
  /** An answer at rest goes on under another run. What it says and has cost so far stays, how it had ended goes. */
  resume(id: MessageId, runId: RunId): Promise<void>;
  setOutcome(id: MessageId, outcome: MessageOutcome): Promise<void>;
  /** With their runs and chunks; the chat itself stays and has no leaf. */
  deleteByChat(chatId: ChatId): Promise<void>;
}
