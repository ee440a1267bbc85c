export type { InstanceLock, OnQuery, QueryInfo } from './database-handle.ts';
export { fileFault } from './files/file-fault.ts';
export { makeFolder } from './files/make-folder.ts';
export type { MigrationReport } from './migrations/migration.ts';
export type { MigrationErrorReason } from './migrations/migration-error.ts';
export { MigrationError } from './migrations/migration-error.ts';
export type { OpenStorage, StorageOptions } from './open-storage.ts';
export { openStorage } from './open-storage.ts';
export type { StorageDialect } from './storage-dialect.ts';
