import type { ReasoningEffort } from '../model/chat-request.ts';
import type { ChatId, MessageId, UserId, WorkspaceId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** What a person set for answers; absent = the model's own default. */
export interface GenerationSettings {
  readonly systemPrompt?: string | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** Texts at which the answer ends. */
  readonly stop?: readonly string[] | undefined;
  /** The same question with the same seed gives the same answer, as far as the vendor keeps to it. */
  readonly seed?: number | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
}

export interface Chat {
  readonly id: ChatId;
  readonly ownerId: UserId;
  readonly workspaceId?: WorkspaceId | undefined;
  /** Absent until named by a person or by the first message. */
  readonly title?: string | undefined;
  /** Public model name, `providerSlug/modelId`; absent = the instance's default. */
  readonly model?: string | undefined;
  readonly settings: GenerationSettings;
  /** The end of the branch that is shown. */
  readonly leafId?: MessageId | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Moves with each new message; lists are ordered by it. */
  readonly updatedAt: number;
}

export type ChatChanges = Partial<Pick<Chat, 'title' | 'model' | 'settings' | 'leafId'>> & { readonly updatedAt: number };

export interface ChatReader {
  findById(id: ChatId): Promise<Chat | undefined>;
  /** Newest `updatedAt` first. */
  listByOwner(ownerId: UserId, page: PageRequest): Promise<Page<Chat>>;
  /** Chats that have messages and show none: they were cleared, and that may still be undone. */
  listHidden(limit: number): Promise<readonly Pick<Chat, 'id' | 'ownerId'>[]>;
}
export interface ChatWriter extends ChatReader {
  insert(chat: Chat): Promise<void>;
  /** A member present with value `undefined` is cleared. */
  update(id: ChatId, changes: ChatChanges): Promise<void>;
  /** With all messages, runs and chunks; usage records stay. */
  delete(id: ChatId): Promise<void>;
}
