import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleApiKey, exampleFolderId, startYandexGptSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { yandexgpt } from './yandexgpt.ts';

const settings = (url: string) => ({ apiKey: exampleApiKey, folderId: exampleFolderId, baseUrl: url, openaiBaseUrl: `${url}/v1` });
const startSimulator = () => startYandexGptSimulator();

describe('native API', () => {
  describeProvider(yandexgpt, { settings, model: 'yandexgpt-5-lite', startSimulator, describe, test });
});

describe('OpenAI-compatible API', () => {
  describeProvider(yandexgpt, { settings, model: 'qwen3-235b-a22b-fp8', startSimulator, describe, test });
});

describe('folder found by the key', () => {
  const withoutFolder = (url: string) => ({ ...settings(url), folderId: undefined });
  describeProvider(yandexgpt, { settings: withoutFolder, model: 'yandexgpt-5-lite', startSimulator, describe, test });
});
