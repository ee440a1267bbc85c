import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder } from '../migrations/migration.ts';
import type { StorageDialect } from '../storage-dialect.ts';
import { createTestFolder } from './test-database.ts';

export interface MigrationFolder extends Disposable {
  readonly path: string;
  write(name: string, sql: string): void;
  remove(name: string): void;
}

/** Our migrations, and whatever a test adds to them or changes in them. */
export function copyMigrations(dialect: StorageDialect): MigrationFolder {
  const folder = createTestFolder();
  cpSync(migrationsFolder(dialect), folder.path, { recursive: true });
  return {
    path: folder.path,
    write(name, sql) {
      mkdirSync(join(folder.path, name), { recursive: true });
      writeFileSync(join(folder.path, name, 'migration.sql'), sql);
    },
    remove: (name) => rmSync(join(folder.path, name), { recursive: true }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
