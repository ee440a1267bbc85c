import type { ModelDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { createStorageArea } from '../../state/storage-area.ts';
import { type ListRequest, listModels } from './list-models.ts';
import { RecentModels } from './recent-models.ts';

const model = (id: string, name: string, providerName = 'Vendor'): ModelDto => ({
  id,
  name,
  provider: id.slice(0, id.indexOf('/')),
  providerName,
  kind: 'chat',
  state: 'ready',
  capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
  parameters: {},
  source: 'live',
  isDemo: false,
});

const yandex = [
  model('yandexgpt/aliceai-llm', 'Alice AI LLM', 'Yandex'),
  model('yandexgpt/yandexgpt-5-lite', 'YandexGPT 5 Lite', 'Yandex'),
  model('yandexgpt/yandexgpt-5-pro', 'YandexGPT 5 Pro', 'Yandex'),
];
const router = [
  model('router/gpt-4o', 'GPT-4o', 'OpenRouter'),
  model('router/gpt-5o', 'GPT-5o', 'OpenRouter'),
  model('router/claude-opus', 'Claude Opus', 'OpenRouter'),
];
const all = [...yandex, ...router];
const shown = (request: ListRequest) =>
  listModels(all, request).map(({ title, items }) => [title, items.map(({ model: { id } }) => id.slice(id.indexOf('/') + 1))]);

test('models stand by provider, those of late above them in the order of their use', () => {
  expect(shown({ query: '' })).toEqual([
    ['Yandex', ['aliceai-llm', 'yandexgpt-5-lite', 'yandexgpt-5-pro']],
    ['OpenRouter', ['gpt-4o', 'gpt-5o', 'claude-opus']],
  ]);
  const recent = { title: 'Recent', ids: ['router/claude-opus', 'gone/model', 'yandexgpt/aliceai-llm'] };
  expect(shown({ query: ' ', recent })[0]).toEqual(['Recent', ['claude-opus', 'aliceai-llm']]);
  const keys = listModels(all, { query: '', recent }).flatMap(({ items }) => items.map(({ key }) => key));
  expect(new Set(keys).size).toBe(all.length + 2);
  expect(shown({ query: '', recent: { title: 'Recent', ids: ['gone/model'] } })[0]?.[0]).toBe('Yandex');
});

test.each([
  ['opus', [['OpenRouter', ['claude-opus']]]],
  ['aliceai', [['Yandex', ['aliceai-llm']]]],
  ['openrouter claude', [['OpenRouter', ['claude-opus']]]],
  ['YANDEX pro', [['Yandex', ['yandexgpt-5-pro']]]],
  // A wrong keyboard layout, and a slip of the finger.
  ['сдфгву', [['OpenRouter', ['claude-opus']]]],
  ['cluade', [['OpenRouter', ['claude-opus']]]],
  ['nothing like it', []],
])('%s finds by name, id and provider', (query, found) => {
  expect(shown({ query, recent: { title: 'Recent', ids: ['router/gpt-4o'] } })).toEqual(found);
});

test('the best answer comes first, with its group, and what only resembles the query stays out', () => {
  expect(shown({ query: 'gpt' })).toEqual([
    ['OpenRouter', ['gpt-4o', 'gpt-5o']],
    ['Yandex', ['yandexgpt-5-lite', 'yandexgpt-5-pro', 'aliceai-llm']],
  ]);
  expect(shown({ query: 'gpt-4o' })).toEqual([['OpenRouter', ['gpt-4o']]]);
});

test('the three models that were chosen last are kept, whatever else lies in the browser', () => {
  const kept = new Map<string, string>();
  const area = createStorageArea(() => ({
    length: kept.size,
    key: () => null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }));
  const recent = new RecentModels(area);
  for (const id of ['a', 'b', 'c', 'a', 'd']) recent.add(id);
  expect(new RecentModels(area).ids()).toEqual(['d', 'a', 'c']);
  kept.set('mmc.recent-models', '{"a":1}');
  expect(recent.ids()).toEqual([]);
  kept.set('mmc.recent-models', '[1,"x"]');
  expect(recent.ids()).toEqual(['x']);
});
