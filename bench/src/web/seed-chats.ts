import { DatabaseSync } from 'node:sqlite';
import { longAnswer } from './long-answer.ts';

export interface SeededChat {
  readonly id: string;
  readonly title: string;
  /** Question, answer, question, answer … */
  readonly texts: readonly string[];
}

/** Writes chats into the database of a server that runs, as if they had been talked through. */
export function seedChats(databasePath: string, chats: readonly SeededChat[]): void {
  using database = new DatabaseSync(databasePath);
  database.exec('PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE');
  const chat = database.prepare(
    `INSERT INTO chats (id, owner_id, title, settings, leaf_id, created_at, updated_at) VALUES (?, 'local', ?, '{}', ?, 1, 1)`,
  );
  const message = database.prepare(
    `INSERT INTO messages (id, chat_id, parent_id, role, text, state, created_at) VALUES (?, ?, ?, ?, ?, 'completed', ?)`,
  );
  for (const { id, title, texts } of chats) {
    chat.run(id, title, null);
    for (const [index, text] of texts.entries()) {
      const role = index % 2 === 0 ? 'user' : 'assistant';
      message.run(messageId(id, index), id, index === 0 ? null : messageId(id, index - 1), role, text, index + 1);
    }
    database.prepare('UPDATE chats SET leaf_id = ? WHERE id = ?').run(messageId(id, texts.length - 1), id);
  }
  database.exec('COMMIT');
}

export const messageId = (chatId: string, index: number): string => `${chatId}-${String(index).padStart(6, '0')}`;

const answerLengths = [400, 1_500, 2_800, 900, 5_000, 1_200];

/** Answers of the lengths that people get, 2,000 characters on average. */
export function longChat(id: string, messages: number): SeededChat {
  const texts = Array.from({ length: messages }, (_, index) =>
    index % 2 === 0 ? `Вопрос ${index / 2 + 1}: и что было дальше?` : longAnswer(answerLengths[index % answerLengths.length] ?? 1_000),
  );
  return { id, title: `Чат из ${messages} сообщений`, texts };
}

export function oneAnswerChat(id: string, length: number): SeededChat {
  return { id, title: `Ответ из ${length} знаков`, texts: [`Расскажите подробно, ${length} знаков`, longAnswer(length)] };
}
