import type { SettingsWriter, UserId, UserSettings } from '@multimodel/core';
import { defaultUserSettings } from '@multimodel/core';
import type { Kysely } from 'kysely';
import type { Database } from '../generated/database.ts';
import { fromObject, toJson } from './columns.ts';

export class SettingsRepository implements SettingsWriter {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async findByUser(userId: UserId): Promise<UserSettings | undefined> {
    const row = await this.#db.selectFrom('user_settings').select('value').where('user_id', '=', userId).executeTakeFirst();
    // A setting that came with a later release is not in older rows.
    return row && { ...defaultUserSettings, ...fromObject<UserSettings>('user_settings.value', row.value) };
  }

  async save(userId: UserId, settings: UserSettings, updatedAt: number): Promise<void> {
    const row = { value: toJson(settings), updated_at: updatedAt };
    await this.#db
      .insertInto('user_settings')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute();
  }
}
