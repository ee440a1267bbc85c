import type { Chat, ChatChanges, ChatId, ChatWriter, Page, PageRequest, UserId } from '@multimodel/core';
import { toChatId } from '@multimodel/core';
import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Chat as ChatTable, Database } from '../generated/database.ts';
import { fromNull, fromObject, toJson, toNull, toOptionalText } from './columns.ts';
import { decodeCursor, timeAndIdKey, toPage } from './cursor.ts';

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = ['id', 'owner_id', 'workspace_id', 'title', 'model', 'settings', 'leaf_id', 'created_at', 'updated_at'] as const;

const fromRow = (row: Selectable<ChatTable>): Chat => ({
  id: row.id,
  ownerId: row.owner_id,
  workspaceId: fromNull(row.workspace_id),
  title: fromNull(row.title),
  model: fromNull(row.model),
  settings: fromObject('chats.settings', row.settings),
  leafId: fromNull(row.leaf_id),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const toRow = (chat: Chat): Selectable<ChatTable> => ({
  id: chat.id,
  owner_id: chat.ownerId,
  workspace_id: toNull(chat.workspaceId),
  title: toOptionalText(chat.title),
  model: toNull(chat.model),
  settings: toJson(chat.settings),
  leaf_id: toNull(chat.leafId),
  created_at: chat.createdAt,
  updated_at: chat.updatedAt,
});

const toColumns = (changes: ChatChanges): Updateable<ChatTable> => ({
  updated_at: changes.updatedAt,
  ...('title' in changes ? { title: toOptionalText(changes.title) } : {}),
  ...('model' in changes ? { model: toNull(changes.model) } : {}),
  ...(changes.settings === undefined ? {} : { settings: toJson(changes.settings) }),
  ...('leafId' in changes ? { leaf_id: toNull(changes.leafId) } : {}),
});

export class ChatRepository implements ChatWriter {
  readonly #db: Kysely<Database>;
  readonly #locksRows: boolean;

  /** `locksRows`: inside a PostgreSQL transaction, what was read stays true until it ends. SQLite has one writer anyway. */
  constructor(db: Kysely<Database>, locksRows: boolean) {
    this.#db = db;
    this.#locksRows = locksRows;
  }

  async findById(id: ChatId): Promise<Chat | undefined> {
    const query = this.#db.selectFrom('chats').select(columns).where('id', '=', id);
    const row = await (this.#locksRows ? query.forNoKeyUpdate() : query).executeTakeFirst();
    return row && fromRow(row);
  }

  async listByOwner(ownerId: UserId, { limit, cursor }: PageRequest): Promise<Page<Chat>> {
    const after = decodeCursor(timeAndIdKey, cursor);
    let query = this.#db.selectFrom('chats').select(columns).where('owner_id', '=', ownerId);
    if (after) query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('updated_at', 'id'), '<', tuple(after[0], toChatId(after[1]))));
    const rows = await query
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return toPage({ rows, limit, toItem: fromRow, toKey: (row) => [row.updated_at, row.id] });
  }

  async listHidden(limit: number): Promise<readonly Pick<Chat, 'id' | 'ownerId'>[]> {
    const rows = await this.#db
      .selectFrom('chats')
      .select(['id', 'owner_id'])
      .where('leaf_id', 'is', null)
      .where(({ exists, selectFrom }) => exists(selectFrom('messages').select('messages.id').whereRef('messages.chat_id', '=', 'chats.id')))
      // By both columns of the index: by the id alone PostgreSQL may walk all chats in the order of their keys.
      .orderBy('leaf_id')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ id: row.id, ownerId: row.owner_id }));
  }

  async insert(chat: Chat): Promise<void> {
    await this.#db.insertInto('chats').values(toRow(chat)).execute();
  }

  async update(id: ChatId, changes: ChatChanges): Promise<void> {
    await this.#db.updateTable('chats').set(toColumns(changes)).where('id', '=', id).execute();
  }

  async delete(id: ChatId): Promise<void> {
    await this.#db.deleteFrom('chats').where('id', '=', id).execute();
  }
}
