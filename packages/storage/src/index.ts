export type { InstanceLock, OnQuery, QueryInfo, StorageDialect } from './database-handle.ts';
export { MigrationError } from './migrations/migration-error.ts';
export type { MigrationErrorReason } from './migrations/migration-error.ts';
export type { MigrationReport } from './migrations/migration.ts';
export { openStorage } from './open-storage.ts';
export type { OpenStorage, StorageOptions } from './open-storage.ts';
