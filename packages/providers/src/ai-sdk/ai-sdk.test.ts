import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleOpenAiKey, startOpenAiSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { aiSdk } from './ai-sdk.ts';

const packages = [
  ['v4', '@ai-sdk/mistral', 'mistral'],
  ['v3', '@ai-sdk/openai-compatible', 'openai'],
  ['v2', 'ai-sdk-v2-openai-compatible', 'openai'],
] as const;

describe.each(packages)('specification %s, %s', (_version, name, dialect) => {
  const settings = (url: string) => ({
    package: name,
    apiKey: exampleOpenAiKey,
    baseUrl: `${url}/v1`,
    models: 'sim-large',
    ...(dialect === 'openai' ? { options: { includeUsage: true } } : {}),
  });
  describeProvider(aiSdk, { settings, model: 'sim-large', startSimulator: () => startOpenAiSimulator({ dialect }), describe, test });
});
