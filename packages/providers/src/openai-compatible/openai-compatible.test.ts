import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleOpenAiKey, isOpenAiDialect, openAiDialects, startOpenAiSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { openaiCompatible } from './openai-compatible.ts';
import { type PresetId, presetIds } from './presets.ts';

/** The server that a preset is for; any other is like OpenAI's. */
const dialectFor = (preset: PresetId) => (isOpenAiDialect(preset) ? preset : 'openai');

describe.each(presetIds.map((preset) => ({ preset, dialect: dialectFor(preset) })))('preset $preset', ({ preset, dialect }) => {
  describeProvider(openaiCompatible, {
    settings: (url) => ({ preset, apiKey: exampleOpenAiKey, baseUrl: `${url}${openAiDialects[dialect].basePath}` }),
    model: 'sim-large',
    startSimulator: () => startOpenAiSimulator({ dialect }),
    describe,
    test,
  });
});

/** What no server of a preset does by itself. */
const variations = {
  'everything at once': { usage: 'every-chunk', hasNoMarker: true, hasComments: true, calls: 'object-arguments', reasoning: 'both' },
  'errors in the form of a framework': { errors: 'detail' },
} as const;

describe.each(Object.entries(variations))('%s', (_name, quirks) => {
  describeProvider(openaiCompatible, {
    settings: (url) => ({ preset: 'custom', apiKey: exampleOpenAiKey, baseUrl: `${url}/v1` }),
    model: 'sim-large',
    startSimulator: () => startOpenAiSimulator({ quirks }),
    describe,
    test,
  });
});
