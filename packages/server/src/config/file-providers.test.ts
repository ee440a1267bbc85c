import { aiSdk, anthropic } from '@multimodel/providers';
import { expect, test } from 'vitest';
import type { ConfigProblem } from './config-error.ts';
import { readFileProviders } from './file-providers.ts';

function read(entry: object) {
  const problems: ConfigProblem[] = [];
  const context = { source: 'mmc.config.json', plugins: [aiSdk, anthropic], brokenPlugins: [], problems, references: new Map() };
  return { providers: readFileProviders([entry], context), problems };
}

test('the package of an AI SDK provider may stand beside its plugin', () => {
  const { providers, problems } = read({ slug: 'm', plugin: 'ai-sdk', package: '@ai-sdk/mistral', settings: { apiKey: 'key-0000' } });
  expect(problems).toEqual([]);
  expect(providers).toMatchObject([{ slug: 'm', plugin: 'ai-sdk', settings: { package: '@ai-sdk/mistral', apiKey: 'key-0000' } }]);
});

test('without a package it is said which setting is missing', () => {
  const { problems } = read({ slug: 'm', plugin: 'ai-sdk', settings: { apiKey: 'key-0000' } });
  expect(problems).toMatchObject([{ key: 'providers[0].settings.package' }]);
});

test('a plugin that needs no package refuses one', () => {
  const { problems } = read({ slug: 'c', plugin: 'anthropic', package: '@ai-sdk/anthropic', settings: { apiKey: 'sk-ant-api03-key' } });
  expect(problems).toMatchObject([{ key: 'providers[0].settings.package' }]);
});
