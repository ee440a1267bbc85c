import type { Attachment, Chat, Message, ProviderRecord, Run, RunEvent, StorageWriter, UsageRecord } from '@multimodel/core';
import { toAttachmentId, toChatId, toMessageId, toProviderId, toRunId, toUserId } from '@multimodel/core';

export const localUser = toUserId('local');

let counter = 0;
/** Ascending like UUIDv7, and the same in each run of the tests. */
export function nextId(): string {
  counter += 1;
  return `018f0000-0000-7000-8000-${counter.toString(16).padStart(12, '0')}`;
}

export const sampleChat = (changes: Partial<Chat> = {}): Chat => ({
  id: toChatId(nextId()),
  ownerId: localUser,
  settings: {},
  createdAt: 1_000,
  updatedAt: 1_000,
  ...changes,
});

export const sampleMessage = (chat: Pick<Chat, 'id'>, changes: Partial<Message> = {}): Message => ({
  id: toMessageId(nextId()),
  chatId: chat.id,
  role: 'user',
  text: 'Hello',
  state: 'completed',
  createdAt: 2_000,
  ...changes,
});

export const sampleRun = (message: Pick<Message, 'id' | 'chatId'>, changes: Partial<Run> = {}): Run => ({
  id: toRunId(nextId()),
  chatId: message.chatId,
  messageId: message.id,
  ownerId: localUser,
  state: 'queued',
  model: 'demo/echo',
  settings: {},
  processId: 'process-1',
  lastSeq: 0,
  createdAt: 3_000,
  ...changes,
});

export const sampleProvider = (changes: Partial<ProviderRecord> = {}): ProviderRecord => {
  const id = nextId();
  return {
    id: toProviderId(id),
    slug: `slug-${id}`,
    plugin: 'yandexgpt',
    displayName: 'YandexGPT',
    settings: { folderId: 'b1g' },
    source: 'user',
    isEnabled: true,
    position: 1,
    createdAt: 4_000,
    updatedAt: 4_000,
    ...changes,
  };
};

export const sampleUsage = (changes: Partial<UsageRecord> = {}): UsageRecord => ({
  id: nextId(),
  ownerId: localUser,
  provider: 'work',
  model: 'work/yandexgpt',
  attempt: 1,
  outcome: 'completed',
  queueMs: 0,
  totalMs: 1_234.5,
  createdAt: 5_000,
  ...changes,
});

/** Of a content of its own, waiting to be sent. */
export const sampleAttachment = (changes: Partial<Attachment> = {}): Attachment => {
  const id = nextId();
  return {
    id: toAttachmentId(id),
    ownerId: localUser,
    name: 'cat.png',
    mediaType: 'image/png',
    kind: 'image',
    size: 1_234,
    sha256: id.replaceAll('-', '').padStart(64, '0'),
    createdAt: 6_000,
    ...changes,
  };
};

export const textEvents = (from: number, ...texts: readonly string[]): readonly RunEvent[] =>
  texts.map((text, index) => ({ seq: from + index, type: 'text-delta', text }));

/** A chat with a question, an answer that is being written, and its run. */
export async function insertConversation(tx: StorageWriter, run: Partial<Run> = {}) {
  const chat = sampleChat();
  const question = sampleMessage(chat);
  const answer = sampleMessage(chat, { parentId: question.id, role: 'assistant', text: '', state: 'streaming' });
  const started = sampleRun(answer, run);
  await tx.chats.insert(chat);
  await tx.messages.insert(question);
  await tx.messages.insert(answer);
  await tx.runs.insert(started);
  return { chat, question, answer, run: started };
}
