import type { ChatDto, GenerationSettingsDto, MessageDto } from '@multimodel/contract';
import type { SendAttempt } from './drafts.ts';
import type { LiveAnswer } from './live-answer.ts';
import type { UnsentFile } from './unsent-file.ts';

export const messagePageSize = 40;

/** A question that is open for changes, and where the focus goes afterwards. */
export interface Editing {
  readonly messageId: string;
  readonly from: 'composer' | 'message';
  /** What it begins with; absent = the question as it is. */
  readonly text?: string | undefined;
  /** Absent = those of the question. */
  readonly files?: readonly UnsentFile[] | undefined;
}

export interface SendHow {
  /** The question that this one replaces. */
  readonly editedId?: string | undefined;
  readonly files?: readonly UnsentFile[] | undefined;
}

export interface Sending {
  readonly attempt: SendAttempt;
  /** The question that this one replaces; absent for a message of the composer. */
  readonly editedId?: string | undefined;
  readonly files: readonly UnsentFile[];
  readonly error?: unknown;
}

/** How far the settings on the screen have come. */
export type SettingsSave =
  | { readonly state: 'saved' }
  | { readonly state: 'saving' }
  /** `kept` is what the server still has. */
  | { readonly state: 'failed'; readonly error: unknown; readonly kept: GenerationSettingsDto };

export interface ConversationState {
  /** Absent until the first message has been sent. */
  readonly chatId: string | undefined;
  /** What the chat is called in this browser while its first message waits for the server. */
  readonly localId: string | undefined;
  readonly chat: ChatDto | undefined;
  readonly status: 'loading' | 'ready' | 'failed' | 'missing';
  readonly loadError: unknown;
  /** The shown branch, oldest first. */
  readonly messages: readonly MessageDto[];
  readonly olderCursor: string | undefined;
  readonly older: 'idle' | 'loading' | 'failed';
  /** Chosen for this chat; absent = the default for new chats. */
  readonly model: string | undefined;
  /** Absent in a new chat until something is chosen: the server then takes the person's own defaults. */
  readonly settings: GenerationSettingsDto | undefined;
  readonly settingsSave: SettingsSave;
  readonly sending: Sending | undefined;
  /** On the way to being cleared: empty on the screen, not yet at the server. */
  readonly isClearing: boolean;
  /** Also of branches that are not shown. */
  readonly live: ReadonlyMap<string, LiveAnswer>;
  /** The question that is open for changes. */
  readonly editing: Editing | undefined;
  /** The message whose branch is being changed at the server. */
  readonly actingOn: string | undefined;
}

/** Whether an answer of the shown branch is being written. */
export function isAnswering({ messages, live }: Pick<ConversationState, 'messages' | 'live'>): boolean {
  return live.size > 0 && messages.some(({ id }) => live.has(id));
}

/** Before anything is loaded. */
export const emptyState: Omit<ConversationState, 'chatId' | 'status'> = {
  localId: undefined,
  chat: undefined,
  loadError: undefined,
  messages: [],
  olderCursor: undefined,
  older: 'idle',
  model: undefined,
  settings: undefined,
  settingsSave: { state: 'saved' },
  sending: undefined,
  isClearing: false,
  live: new Map(),
  editing: undefined,
  actingOn: undefined,
};
