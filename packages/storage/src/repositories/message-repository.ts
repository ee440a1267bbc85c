import type {
  AnswerFacts,
  ChatId,
  Message,
  MessageId,
  MessageOutcome,
  MessageReader,
  MessageWriter,
  Page,
  ProviderId,
  RunId,
  Siblings,
} from '@multimodel/core';
import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database, Message as MessageTable } from '../generated/database.ts';
import type { StorageDialect } from '../storage-dialect.ts';
import { fromNull, fromOptionalObject, toNull, toOptionalJson, toOptionalText, toText } from './columns.ts';
import { decodeCursor, idKey, toPage } from './cursor.ts';

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = [
  'id',
  'chat_id',
  'parent_id',
  'role',
  'text',
  'reasoning',
  'tool_calls',
  'attachments',
  'state',
  'run_id',
  'provider_id',
  'provider',
  'model',
  'model_version',
  'reason',
  'usage',
  'cost',
  'timings',
  'warnings',
  'error',
  'created_at',
] as const;
const parentColumns = columns.map((column) => `parent.${column}` as const);

/** The age of a message is in its id. The casts: PostgreSQL counts in a type that the driver gives as text. */
const placeColumns = [
  'message.id' as const,
  sql<number>`cast(count(*) as integer)`.as('count'),
  sql<number>`cast(sum(case when sibling.id < message.id then 1 else 0 end) as integer)`.as('older'),
  sql<MessageId | null>`max(case when sibling.id < message.id then sibling.id end)`.as('previous_id'),
  sql<MessageId | null>`min(case when sibling.id > message.id then sibling.id end)`.as('next_id'),
];

const factsFromRow = (row: Selectable<MessageTable>): AnswerFacts => ({
  providerId: fromNull(row.provider_id),
  provider: fromNull(row.provider),
  model: fromNull(row.model),
  modelVersion: fromNull(row.model_version),
  reason: fromNull(row.reason),
  usage: fromOptionalObject('messages.usage', row.usage),
  cost: fromOptionalObject('messages.cost', row.cost),
  timings: fromOptionalObject('messages.timings', row.timings),
  warnings: fromOptionalObject('messages.warnings', row.warnings),
  error: fromOptionalObject('messages.error', row.error),
});

const fromRow = (row: Selectable<MessageTable>): Message => ({
  id: row.id,
  chatId: row.chat_id,
  parentId: fromNull(row.parent_id),
  role: row.role,
  text: row.text,
  reasoning: fromNull(row.reasoning),
  toolCalls: fromOptionalObject('messages.tool_calls', row.tool_calls),
  attachments: fromOptionalObject('messages.attachments', row.attachments),
  state: row.state,
  runId: fromNull(row.run_id),
  ...factsFromRow(row),
  createdAt: row.created_at,
});

const contentColumns = (message: AnswerFacts & Pick<Message, 'text' | 'reasoning' | 'toolCalls' | 'attachments' | 'state'>) => ({
  text: toText(message.text),
  reasoning: toOptionalText(message.reasoning),
  tool_calls: toOptionalJson(message.toolCalls),
  attachments: toOptionalJson(message.attachments),
  state: message.state,
  provider_id: toNull(message.providerId),
  provider: toNull(message.provider),
  model: toNull(message.model),
  model_version: toOptionalText(message.modelVersion),
  reason: toNull(message.reason),
  usage: toOptionalJson(message.usage),
  cost: toOptionalJson(message.cost),
  timings: toOptionalJson(message.timings),
  warnings: toOptionalJson(message.warnings),
  error: toOptionalJson(message.error),
});

/**
 * The provider may have been deleted while it was answering: its name stays, the reference would be refused. PostgreSQL waits here
 * for a deletion that has not been committed yet; SQLite has one writer.
 */
function stillConfigured(providerId: ProviderId | undefined, dialect: StorageDialect) {
  if (providerId === undefined) return {};
  const lock = dialect === 'postgresql' ? sql` for key share` : sql``;
  return { provider_id: sql<ProviderId | null>`(select id from providers where id = ${providerId}${lock})` };
}

const toRow = (message: Message): Selectable<MessageTable> => ({
  id: message.id,
  chat_id: message.chatId,
  parent_id: toNull(message.parentId),
  role: message.role,
  run_id: toNull(message.runId),
  ...contentColumns(message),
  created_at: message.createdAt,
});

export class MessageRepository implements MessageWriter {
  readonly #db: Kysely<Database>;
  readonly #dialect: StorageDialect;

  constructor(db: Kysely<Database>, dialect: StorageDialect) {
    this.#db = db;
    this.#dialect = dialect;
  }

  async findById(id: MessageId): Promise<Message | undefined> {
    const row = await this.#db.selectFrom('messages').select(columns).where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  async listByChat(chatId: ChatId, { limit, cursor, order }: Parameters<MessageReader['listByChat']>[1]): Promise<Page<Message>> {
    const after = decodeCursor(idKey, cursor);
    let query = this.#db.selectFrom('messages').select(columns).where('chat_id', '=', chatId);
    if (after) query = query.where(sql<boolean>`id ${sql.raw(order === 'asc' ? '>' : '<')} ${after[0]}`);
    const rows = await query
      .orderBy('id', order)
      .limit(limit + 1)
      .execute();
    return toPage({ rows, limit, toItem: fromRow, toKey: (row) => [row.id] });
  }

  async listBranch(leafId: MessageId, limit: number): Promise<readonly Message[]> {
    if (limit < 1) return [];
    const rows = await this.#db
      .withRecursive('branch', (db) =>
        db
          .selectFrom('messages')
          .select(columns)
          .select(sql<number>`1`.as('depth'))
          .where('id', '=', leafId)
          .unionAll(
            db
              .selectFrom('branch')
              .innerJoin('messages as parent', 'parent.id', 'branch.parent_id')
              .select(parentColumns)
              .select(sql<number>`branch.depth + 1`.as('depth'))
              .where('branch.depth', '<', limit),
          ),
      )
      .selectFrom('branch')
      .select(columns)
      .orderBy('depth', 'desc')
      .execute();
    return rows.map(fromRow);
  }

  async listSiblings(messages: Parameters<MessageReader['listSiblings']>[0]): Promise<ReadonlyMap<MessageId, Siblings>> {
    const [root] = messages.filter(({ parentId }) => parentId === undefined);
    const ids = messages.filter((message) => message !== root).map(({ id }) => id);
    const places = await Promise.all([ids.length > 0 ? this.#placesOf(ids) : [], root ? this.#placesOfRoot(root.id) : []]);
    return new Map(
      places.flat().map(({ id, older, count, previous_id, next_id }) => {
        const siblings: Siblings = { index: older, count, previousId: fromNull(previous_id), nextId: fromNull(next_id) };
        return [id, siblings];
      }),
    );
  }

  #placesOf(ids: readonly MessageId[]) {
    return this.#db
      .selectFrom('messages as message')
      .innerJoin('messages as sibling', 'sibling.parent_id', 'message.parent_id')
      .select(placeColumns)
      .where('message.id', 'in', ids)
      .groupBy('message.id')
      .execute();
  }

  /** First messages are found through their chat: as far as the index of parents goes, all chats have the same parent, none. */
  #placesOfRoot(id: MessageId) {
    return this.#db
      .selectFrom('messages as message')
      .innerJoin('messages as sibling', 'sibling.chat_id', 'message.chat_id')
      .select(placeColumns)
      .where('message.id', '=', id)
      .where(sql<boolean>`coalesce(sibling.parent_id, '') = ''`)
      .groupBy('message.id')
      .execute();
  }

  async findNewestBelow(id: MessageId): Promise<MessageId | undefined> {
    const row = await this.#db
      .withRecursive('branch', (db) =>
        db
          .selectFrom('messages')
          .select('id')
          .where('id', '=', id)
          .unionAll(db.selectFrom('branch').innerJoin('messages as child', 'child.parent_id', 'branch.id').select('child.id')),
      )
      .selectFrom('branch')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirst();
    return fromNull(row?.id ?? null);
  }

  async insert(message: Message): Promise<void> {
    await this.#db.insertInto('messages').values(toRow(message)).execute();
  }

  async resume(id: MessageId, runId: RunId): Promise<void> {
    await this.#db
      .updateTable('messages')
      .set({ state: 'streaming', run_id: runId, reason: null, error: null })
      .where('id', '=', id)
      .execute();
  }

  async setOutcome(id: MessageId, outcome: MessageOutcome): Promise<void> {
    await this.#db
      .updateTable('messages')
      .set({ ...contentColumns(outcome), ...stillConfigured(outcome.providerId, this.#dialect) })
      .where('id', '=', id)
      .execute();
  }

  async deleteByChat(chatId: ChatId): Promise<void> {
    await this.#db.updateTable('chats').set({ leaf_id: null }).where('id', '=', chatId).execute();
    await this.#db.deleteFrom('messages').where('chat_id', '=', chatId).execute();
  }
}
