import { AppError } from '@multimodel/core';

export type MigrationErrorReason = 'edited' | 'unfinished' | 'unknown' | 'failed';

const explanations: Readonly<Record<MigrationErrorReason, (migration: string) => string>> = {
  edited: (migration) =>
    `The database migration ${migration} was changed after it had been applied, so the tables may differ from what this program expects. ` +
    'Restore its file from the release, and put the change into a new migration.',
  unfinished: (migration) =>
    `The database migration ${migration} was begun and never finished, so the tables may be half changed. ` +
    'Restore the backup from before the update; or finish or undo its statements by hand, then set finished_at or rolled_back_at of its row in _prisma_migrations.',
  unknown: (migration) =>
    `The database has the migration ${migration}, which this program does not know: a newer release has written here. ` +
    'Start that release again, or restore the backup that was made before the update.',
  failed: (migration) =>
    `The database migration ${migration} failed and was undone; the data are as they were. ` +
    'The cause is below: remove it (for example, free disk space) and start again, or stay with the release before.',
};

/** The start must stop: the database is not what this program was written for. */
export class MigrationError extends AppError {
  override readonly name: string = 'MigrationError';
  readonly reason: MigrationErrorReason;
  readonly migration: string;

  constructor(reason: MigrationErrorReason, migration: string, cause?: unknown) {
    super('storage_unavailable', explanations[reason](migration), { details: { migration, reason }, cause });
    this.reason = reason;
    this.migration = migration;
  }
}
