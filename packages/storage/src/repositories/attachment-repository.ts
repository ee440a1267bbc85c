import type { Attachment, AttachmentId, AttachmentWriter, ChatId, MessageId } from '@multimodel/core';
import { kindOf } from '@multimodel/core';
import type { Kysely, Selectable } from 'kysely';
import type { Attachment as AttachmentTable, Database } from '../generated/database.ts';
import { fromNull, toNull, toText } from './columns.ts';

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = ['id', 'owner_id', 'message_id', 'sha256', 'name', 'media_type', 'size', 'width', 'height', 'created_at'] as const;

const fromRow = (row: Selectable<AttachmentTable>): Attachment => ({
  id: row.id,
  ownerId: row.owner_id,
  messageId: fromNull(row.message_id),
  sha256: row.sha256,
  name: row.name,
  mediaType: row.media_type,
  kind: kindOf(row.media_type),
  size: row.size,
  width: fromNull(row.width),
  height: fromNull(row.height),
  createdAt: row.created_at,
});

export class AttachmentRepository implements AttachmentWriter {
  readonly #db: Kysely<Database>;
  readonly #locksRows: boolean;

  /** `locksRows`: as of chats. Who sends a file again while its first message is deleted gets it, or hears that it is gone. */
  constructor(db: Kysely<Database>, locksRows: boolean) {
    this.#db = db;
    this.#locksRows = locksRows;
  }

  async findById(id: AttachmentId): Promise<Attachment | undefined> {
    const query = this.#db.selectFrom('attachments').select(columns).where('id', '=', id);
    const row = await (this.#locksRows ? query.forUpdate() : query).executeTakeFirst();
    return row && fromRow(row);
  }

  async listContents(chatId: ChatId): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .innerJoin('attachments', 'attachments.message_id', 'messages.id')
      .select('attachments.sha256')
      .distinct()
      .where('messages.chat_id', '=', chatId)
      .execute();
    return rows.map(({ sha256 }) => sha256);
  }

  async findUsed(contents: readonly string[]): Promise<ReadonlySet<string>> {
    if (contents.length === 0) return new Set();
    const rows = await this.#db.selectFrom('attachments').select('sha256').distinct().where('sha256', 'in', contents).execute();
    return new Set(rows.map(({ sha256 }) => sha256));
  }

  async insert(attachment: Attachment): Promise<void> {
    await this.#db
      .insertInto('attachments')
      .values({
        id: attachment.id,
        owner_id: attachment.ownerId,
        message_id: toNull(attachment.messageId),
        sha256: attachment.sha256,
        name: toText(attachment.name),
        media_type: attachment.mediaType,
        size: attachment.size,
        width: toNull(attachment.width),
        height: toNull(attachment.height),
        created_at: attachment.createdAt,
      })
      .execute();
  }

  async attach(id: AttachmentId, messageId: MessageId): Promise<void> {
    await this.#db.updateTable('attachments').set({ message_id: messageId }).where('id', '=', id).execute();
  }

  async deleteUnsent(id: AttachmentId): Promise<boolean> {
    const deleted = await this.#db.deleteFrom('attachments').where('id', '=', id).where('message_id', 'is', null).executeTakeFirst();
    return deleted.numDeletedRows > 0n;
  }

  async deleteUnsentBefore(createdAt: number, limit: number): Promise<readonly string[]> {
    const rows = await this.#db
      .deleteFrom('attachments')
      .where('id', 'in', (db) =>
        db.selectFrom('attachments').select('id').where('message_id', 'is', null).where('created_at', '<', createdAt).limit(limit),
      )
      .where('message_id', 'is', null)
      .returning('sha256')
      .execute();
    return rows.map(({ sha256 }) => sha256);
  }
}
