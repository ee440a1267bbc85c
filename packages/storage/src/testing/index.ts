export { describeStorage } from './describe-storage.ts';
export type { OpenTestStorage, TestDatabase, TestStorage } from './test-database.ts';
export { createTestDatabase, openMemoryStorage, postgresServerUrl, postgresTitle } from './test-database.ts';
