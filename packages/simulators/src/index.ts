export type { ConformanceScenario, ConformanceSimulator, RecordedRequest, SimulatorState } from './conformance.ts';
export type { Account, ServiceAccountKeyFile } from './yandexgpt/credentials.ts';
export { exampleApiKey, exampleFolderId, exampleIamToken, tokenAudience } from './yandexgpt/credentials.ts';
export type { SimulatedModel } from './yandexgpt/models.ts';
export type { ErrorEnvelope, NativeFrame, YandexGptScenario } from './yandexgpt/scenarios.ts';
export type { YandexGptSimulator, YandexGptSimulatorOptions } from './yandexgpt/yandexgpt-simulator.ts';
export { startYandexGptSimulator } from './yandexgpt/yandexgpt-simulator.ts';
