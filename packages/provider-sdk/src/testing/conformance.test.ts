import { describe, test } from 'vitest';
import { describeProvider } from './conformance.ts';
import { samplePlugin } from './sample-plugin.ts';
import { startSampleSimulator } from './sample-simulator.ts';

for (const http of ['1.1', '2'] as const) {
  describe(`over HTTP/${http}`, () => {
    describeProvider(samplePlugin, {
      settings: (baseUrl) => ({ apiKey: 'key-that-nobody-may-see', baseUrl, http }),
      model: 'sample-1',
      startSimulator: () => startSampleSimulator({ http }),
      describe,
      test,
    });
  });
}
