import type { Attachment } from '../attachment/attachment.ts';
import type { Chat } from '../chat/chat.ts';
import type { Message, Siblings } from '../chat/message.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { ProviderRecord } from '../provider/provider-record.ts';
import type { Run, RunChunk } from '../run/run.ts';
import type { RunEvent } from '../run/run-event.ts';
import type { UserSettings } from '../settings/user-settings.ts';
import type { IdempotencyRecord } from '../shared/idempotency.ts';
import type { AttachmentId, ChatId, MessageId, ProviderId, RunId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { StorageReader, StorageWriter } from '../shared/storage.ts';
import type { UsageRecord } from '../usage/usage-record.ts';

/** Rows are never changed, only replaced: a copy of the maps is a snapshot of the database. */
export interface Tables {
  readonly chats: Map<ChatId, Chat>;
  readonly messages: Map<MessageId, Message>;
  readonly attachments: Map<AttachmentId, Attachment>;
  readonly runs: Map<RunId, Run>;
  readonly events: Map<RunId, readonly RunEvent[]>;
  readonly providers: Map<ProviderId, ProviderRecord>;
  readonly settings: Map<UserId, UserSettings>;
  readonly usage: Map<string, UsageRecord>;
  readonly idempotency: Map<string, IdempotencyRecord>;
}

export const emptyTables = (): Tables => copyTables();

export function copyTables(from?: Tables): Tables {
  return {
    chats: new Map(from?.chats),
    messages: new Map(from?.messages),
    attachments: new Map(from?.attachments),
    runs: new Map(from?.runs),
    events: new Map(from?.events),
    providers: new Map(from?.providers),
    settings: new Map(from?.settings),
    usage: new Map(from?.usage),
    idempotency: new Map(from?.idempotency),
  };
}

const isActive = ({ state }: Run): boolean => state === 'queued' || state === 'running';
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function pageOf<T>(sorted: readonly T[], { limit, cursor }: PageRequest, keyOf: (row: T) => string): Page<T> {
  const after = cursor === undefined ? -1 : sorted.findIndex((row) => keyOf(row) === cursor);
  const items = sorted.slice(after + 1, after + 1 + limit);
  const last = items.at(-1);
  return { items, nextCursor: last && after + 1 + limit < sorted.length ? keyOf(last) : undefined };
}

/** `tables` is asked anew for each read; `before` stands for the way to the database. */
export function createReader(tables: () => Tables, before: () => void): StorageReader {
  // Asynchronous like a database: `before` and the look-up happen in the call, the answer comes later.
  const read = async <T>(look: (from: Tables) => T): Promise<T> => {
    before();
    return look(tables());
  };
  return {
    chats: {
      findById: (id) => read(({ chats }) => chats.get(id)),
      listHidden: (limit) =>
        read(({ chats, messages }) => {
          const spoken = new Set([...messages.values()].map(({ chatId }) => chatId));
          return [...chats.values()].filter(({ id, leafId }) => leafId === undefined && spoken.has(id)).slice(0, limit);
        }),
      listByOwner: (ownerId, page) =>
        read(({ chats }) => {
          const own = [...chats.values()].filter((chat) => chat.ownerId === ownerId);
          return pageOf(
            own.toSorted((a, b) => b.updatedAt - a.updatedAt || compare(b.id, a.id)),
            page,
            ({ id }) => id,
          );
        }),
    },
    messages: {
      findById: (id) => read(({ messages }) => messages.get(id)),
      listByChat: (chatId, page) =>
        read(({ messages }) => {
          const sorted = [...messages.values()].filter((message) => message.chatId === chatId).toSorted((a, b) => compare(a.id, b.id));
          return pageOf(page.order === 'asc' ? sorted : sorted.toReversed(), page, ({ id }) => id);
        }),
      listBranch: (leafId, limit) => read(({ messages }) => branchOf(messages, leafId, limit)),
      listSiblings: (of) => read(({ messages }) => new Map(of.map((message) => [message.id, siblingsOf(messages, message)]))),
      findNewestBelow: (id) => read(({ messages }) => newestBelow(messages, id)),
    },
    attachments: {
      findById: (id) => read(({ attachments }) => attachments.get(id)),
      listContents: (chatId) =>
        read(({ attachments, messages }) => {
          const own = [...attachments.values()].filter(({ messageId }) => messageId && messages.get(messageId)?.chatId === chatId);
          return [...new Set(own.map(({ sha256 }) => sha256))];
        }),
      findUsed: (contents) =>
        read(({ attachments }) => {
          const named = new Set([...attachments.values()].map(({ sha256 }) => sha256));
          return new Set(contents.filter((sha256) => named.has(sha256)));
        }),
    },
    runs: {
      findById: (id) => read(({ runs }) => runs.get(id)),
      findActiveByChat: (chatId) => read(({ runs }) => [...runs.values()].find((run) => run.chatId === chatId && isActive(run))),
      listOrphans: (processId, limit) =>
        read(({ runs }) => [...runs.values()].filter((run) => isActive(run) && run.processId !== processId).slice(0, limit)),
      loadEvents: (id) => read(({ events }) => events.get(id) ?? []),
    },
    providers: {
      findBySlug: (slug) => read(({ providers }) => [...providers.values()].find((record) => record.slug === slug)),
      list: () => read(({ providers }) => [...providers.values()].toSorted((a, b) => a.position - b.position)),
    },
    settings: { findByUser: (userId) => read(({ settings }) => settings.get(userId)) },
    usage: { listByRun: (runId) => read(({ usage }) => [...usage.values()].filter((record) => record.runId === runId)) },
    idempotency: { find: (ownerId, key) => read(({ idempotency }) => idempotency.get(`${ownerId} ${key}`)) },
  };
}

export interface WriteHooks {
  /** Called for each run that chunks are appended to or that is finished; may throw. */
  onRunWrite(id: RunId): void;
}

export function createWriter(tables: Tables, hooks: WriteHooks): StorageWriter {
  const reader = createReader(
    () => tables,
    () => undefined,
  );
  return {
    chats: { ...reader.chats, ...chatWrites(tables) },
    messages: { ...reader.messages, ...messageWrites(tables) },
    attachments: { ...reader.attachments, ...attachmentWrites(tables) },
    runs: { ...reader.runs, ...runWrites(tables, hooks) },
    providers: {
      ...reader.providers,
      save: async (record) => {
        const before = [...tables.providers.values()].find(({ slug }) => slug === record.slug);
        const { id, createdAt } = before ?? record;
        tables.providers.set(id, { ...record, id, createdAt });
      },
      delete: async (id) => {
        tables.providers.delete(id);
        for (const [key, message] of tables.messages)
          if (message.providerId === id) tables.messages.set(key, { ...message, providerId: undefined });
      },
    },
    settings: { ...reader.settings, save: async (userId, settings) => void tables.settings.set(userId, settings) },
    usage: { ...reader.usage, insert: async (record) => insert(tables.usage, record.id, record) },
    idempotency: {
      ...reader.idempotency,
      insert: async (record) => {
        const key = `${record.ownerId} ${record.key}`;
        if (tables.idempotency.has(key)) return false;
        tables.idempotency.set(key, record);
        return true;
      },
      deleteOlderThan: async (createdAt) => {
        for (const [key, record] of tables.idempotency) if (record.createdAt < createdAt) tables.idempotency.delete(key);
      },
    },
  };
}

function chatWrites(tables: Tables): Pick<StorageWriter['chats'], 'insert' | 'update' | 'delete'> {
  return {
    insert: async (chat) => insert(tables.chats, chat.id, chat),
    update: async (id, changes) => {
      const chat = tables.chats.get(id);
      if (chat) tables.chats.set(id, { ...chat, ...changes });
    },
    delete: async (id) => {
      deleteMessages(tables, id);
      tables.chats.delete(id);
    },
  };
}

function messageWrites(tables: Tables): Pick<StorageWriter['messages'], 'insert' | 'resume' | 'setOutcome' | 'deleteByChat'> {
  return {
    insert: async (message) => {
      mustExist(tables.chats, message.chatId);
      if (message.parentId !== undefined) mustExist(tables.messages, message.parentId);
      insert(tables.messages, message.id, message);
    },
    resume: async (id, runId) => {
      const message = tables.messages.get(id);
      if (message) tables.messages.set(id, { ...message, state: 'streaming', runId, reason: undefined, error: undefined });
    },
    setOutcome: async (id, outcome) => {
      const message = tables.messages.get(id);
      if (message) tables.messages.set(id, { ...message, ...outcome });
    },
    deleteByChat: async (chatId) => {
      deleteMessages(tables, chatId);
      const chat = tables.chats.get(chatId);
      if (chat) tables.chats.set(chatId, { ...chat, leafId: undefined });
    },
  };
}

function attachmentWrites(tables: Tables): Pick<StorageWriter['attachments'], 'insert' | 'attach' | 'deleteUnsent' | 'deleteUnsentBefore'> {
  const { attachments } = tables;
  const remove = (id: AttachmentId): boolean => attachments.get(id)?.messageId === undefined && attachments.delete(id);
  return {
    insert: async (attachment) => {
      if (attachment.messageId !== undefined) mustExist(tables.messages, attachment.messageId);
      insert(attachments, attachment.id, attachment);
    },
    attach: async (id, messageId) => {
      mustExist(tables.messages, messageId);
      const attachment = attachments.get(id);
      if (attachment) attachments.set(id, { ...attachment, messageId });
    },
    deleteUnsent: async (id) => remove(id),
    deleteUnsentBefore: async (createdAt, limit) => {
      const waiting = [...attachments.values()]
        .filter((each) => each.messageId === undefined && each.createdAt < createdAt)
        .slice(0, limit);
      for (const { id } of waiting) remove(id);
      return waiting.map(({ sha256 }) => sha256);
    },
  };
}

function runWrites(tables: Tables, hooks: WriteHooks): Pick<StorageWriter['runs'], 'insert' | 'markRunning' | 'appendChunks' | 'finish'> {
  return {
    insert: async (run) => {
      mustExist(tables.chats, run.chatId);
      mustExist(tables.messages, run.messageId);
      insert(tables.runs, run.id, run);
    },
    markRunning: async (id) => {
      const run = tables.runs.get(id);
      if (run?.state === 'queued') tables.runs.set(id, { ...run, state: 'running' });
    },
    appendChunks: async (chunks) => {
      for (const chunk of chunks) {
        hooks.onRunWrite(chunk.runId);
        appendChunk(tables, chunk);
      }
    },
    finish: async (id, { state, lastSeq, finishedAt }) => {
      hooks.onRunWrite(id);
      const run = tables.runs.get(id);
      if (!run || !isActive(run)) return false;
      tables.runs.set(id, { ...run, state, lastSeq, finishedAt });
      tables.events.delete(id);
      return true;
    },
  };
}

/** As the real ones: nothing for a run that is gone, and never the same place twice. */
function appendChunk({ runs, events: log }: Tables, { runId, events }: RunChunk): void {
  const lastSeq = events.at(-1)?.seq;
  if (lastSeq === undefined || !runs.has(runId)) return;
  const logged = log.get(runId) ?? [];
  const loggedSeq = logged.at(-1)?.seq ?? 0;
  if ((events[0]?.seq ?? 0) > loggedSeq + 1) throw new Error(`events of ${runId} leave a gap`);
  if (lastSeq === loggedSeq) throw new AppError('conflict', faultTexts.recordExists);
  log.set(runId, [...logged, ...events]);
}

function branchOf(messages: ReadonlyMap<MessageId, Message>, leafId: MessageId, limit: number): readonly Message[] {
  const branch: Message[] = [];
  let message = messages.get(leafId);
  while (message && branch.length < limit) {
    branch.unshift(message);
    message = message.parentId === undefined ? undefined : messages.get(message.parentId);
  }
  return branch;
}

function siblingsOf(messages: ReadonlyMap<MessageId, Message>, of: Pick<Message, 'id' | 'chatId' | 'parentId'>): Siblings {
  const ids = [...messages.values()]
    .filter(({ chatId, parentId }) => chatId === of.chatId && parentId === of.parentId)
    .map(({ id }) => id)
    .toSorted(compare);
  const index = ids.indexOf(of.id);
  return { index, count: ids.length, previousId: ids[index - 1], nextId: ids[index + 1] };
}

function newestBelow(messages: ReadonlyMap<MessageId, Message>, id: MessageId): MessageId | undefined {
  if (!messages.has(id)) return undefined;
  const below = new Set([id]);
  // Ids grow: a child stands after its parent.
  for (const message of [...messages.values()].toSorted((a, b) => compare(a.id, b.id)))
    if (message.parentId !== undefined && below.has(message.parentId)) below.add(message.id);
  return [...below].toSorted(compare).at(-1);
}

function deleteMessages(tables: Tables, chatId: ChatId): void {
  for (const { id, chatId: of } of tables.messages.values()) if (of === chatId) tables.messages.delete(id);
  for (const { id, messageId } of tables.attachments.values())
    if (messageId !== undefined && !tables.messages.has(messageId)) tables.attachments.delete(id);
  for (const { id, chatId: of } of tables.runs.values()) {
    if (of !== chatId) continue;
    tables.runs.delete(id);
    tables.events.delete(id);
  }
}

function insert<Key extends string, Row>(table: Map<Key, Row>, id: Key, row: Row): void {
  if (table.has(id)) throw new Error(`unique constraint: ${id}`);
  table.set(id, row);
}

function mustExist<Key extends string>(table: ReadonlyMap<Key, unknown>, id: Key): void {
  if (!table.has(id)) throw new Error(`foreign key constraint: ${id}`);
}
