import { describe, test } from 'vitest';
import { z } from 'zod';
import { defineProvider } from '../plugin/define-provider.ts';
import { describeProvider } from '../testing/conformance.ts';
import { startSampleSimulator } from '../testing/sample-simulator.ts';
import { remoteWire } from '../testing/sample-wire.ts';
import { createRemoteProvider } from './remote-provider.ts';

const underTest = defineProvider({
  id: 'remote-under-test',
  displayName: 'Remote',
  settings: z.object({
    baseUrl: z.url(),
    token: z.string().meta({ secret: true, label: { ru: 'Токен', en: 'Token' } }),
  }),
  create: (settings, context) =>
    createRemoteProvider({ ...settings, connectTimeoutMs: 2000, firstTokenTimeoutMs: 60_000, idleTimeoutMs: 60_000 }, context),
});

describeProvider(underTest, {
  settings: (baseUrl) => ({ baseUrl, token: 'token-that-nobody-may-see' }),
  model: 'any',
  startSimulator: () => startSampleSimulator({ wire: remoteWire }),
  describe,
  test,
});
