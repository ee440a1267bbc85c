import { DatabaseSync } from 'node:sqlite';

export interface SeededChat {
  readonly id: string;
  /** Question, answer, question, answer … */
  readonly texts: readonly string[];
}

export const seededId = (chatId: string, index: number): string => `${chatId}-${String(index).padStart(6, '0')}`;

/** Writes chats into the SQLite file of a running server, as if they had been talked through. */
export function seedChats(databasePath: string, chats: readonly SeededChat[]): void {
  using database = new DatabaseSync(databasePath);
  database.exec('PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE');
  const chat = database.prepare(
    `INSERT INTO chats (id, owner_id, title, settings, created_at, updated_at) VALUES (?, 'local', ?, '{}', 1, 1)`,
  );
  const message = database.prepare(
    `INSERT INTO messages (id, chat_id, parent_id, role, text, state, created_at) VALUES (?, ?, ?, ?, ?, 'completed', ?)`,
  );
  const leaf = database.prepare('UPDATE chats SET leaf_id = ? WHERE id = ?');
  for (const { id, texts } of chats) {
    chat.run(id, `Чат ${id}`);
    for (const [index, text] of texts.entries()) {
      const parent = index === 0 ? null : seededId(id, index - 1);
      message.run(seededId(id, index), id, parent, index % 2 === 0 ? 'user' : 'assistant', text, index + 1);
    }
    leaf.run(seededId(id, texts.length - 1), id);
  }
  database.exec('COMMIT');
}
