export type StorageDialect = 'sqlite' | 'postgresql';
