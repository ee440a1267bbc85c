export { createFakeClock, type FakeClock, settle } from './fake-clock.ts';
export { createMemoryFiles, type MemoryFiles } from './memory-files.ts';
export { createMemoryLogger, type LogLine, type MemoryLogger } from './memory-logger.ts';
export { createMemoryStorage, type Fault, MemoryStorage, type StorageCounters } from './memory-storage.ts';
export {
  modelInfo,
  providerFault,
  type ScriptedCall,
  type ScriptedModel,
  type ScriptedModelOptions,
  scriptedModel,
} from './scripted-model.ts';
export { createTestCore, createTestIds, readAll, type TestCore, type TestCoreOptions, testActor, testUploadBytes } from './test-core.ts';
export { createTestProviders, FakeSecrets, type TestProviders, type TestProvidersOptions } from './test-providers.ts';
