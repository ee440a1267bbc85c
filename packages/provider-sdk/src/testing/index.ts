export { conformanceCases, describeProvider, runConformanceCase, type TestRunner } from './conformance.ts';
export type { ConformanceCase } from './conformance-case.ts';
export type { ConformanceContext, ConformanceOptions } from './conformance-context.ts';
export type { ConformanceScenario, ConformanceSimulator, SimulatedRequest } from './conformance-simulator.ts';
export { createFakeClock, type FakeClock } from './fake-clock.ts';
export { createMemoryLogger, type LogEntry, type MemoryLogger } from './memory-logger.ts';
export { type SampleSimulatorOptions, startSampleSimulator } from './sample-simulator.ts';
export { chatCompletionsWire, remoteWire, type SampleWire } from './sample-wire.ts';
