import type { ProviderPluginDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { FakeProviders, fakePlugin } from '../../testing/fake-providers.ts';
import { chosenFacts, factsOfField, groupChoices } from './choice-facts.ts';
import { proposeNames } from './propose-names.ts';
import { ProviderForm } from './provider-form.ts';

const title = (en: string) => ({ ru: `${en}-ru`, en });
const preset: ProviderPluginDto['fields'][number] = {
  name: 'preset',
  kind: 'choice',
  isRequired: false,
  isSecret: false,
  isAdvanced: false,
  label: title('Service'),
  default: 'openai',
  choices: ['openai', 'ollama', 'custom'],
  choiceNames: { openai: 'OpenAI', ollama: 'Ollama' },
  choiceFacts: {
    openai: {
      group: title('Cloud'),
      usual: { baseUrl: 'https://api.openai.com/v1' },
      needs: ['apiKey'],
      links: { apiKey: 'https://platform.openai.com/api-keys' },
    },
    ollama: { group: title('Local'), usual: { baseUrl: 'http://127.0.0.1:11434/v1' } },
    custom: { needs: ['baseUrl'] },
  },
};
const plugin: ProviderPluginDto = { ...fakePlugin, fields: [...fakePlugin.fields, preset] };

const text = (value: string) => ({ kind: 'text', text: value }) as const;
const other = (slug: string, displayName: string) => ({ slug, displayName });

test.each([
  ['nothing is there yet', [], { displayName: 'Fake', slug: 'fake' }],
  ['one has both', [other('fake', 'Fake')], { displayName: 'Fake 2', slug: 'fake-2' }],
  ['one was renamed', [other('fake', 'Work')], { displayName: 'Fake', slug: 'fake-2' }],
  ['two are there', [other('fake', 'Fake'), other('fake-2', 'Fake 2')], { displayName: 'Fake 3', slug: 'fake-3' }],
])('a second account gets names of its own: %s', (_title, others, names) => {
  expect(proposeNames(fakePlugin, {}, others)).toEqual(names);
});

test('of a plugin for many services the chosen one gives the names', () => {
  expect(proposeNames(plugin, {}, [])).toEqual({ displayName: 'OpenAI', slug: 'openai' });
  expect(proposeNames(plugin, { preset: text('ollama') }, [other('ollama', 'Ollama')])).toEqual({
    displayName: 'Ollama 2',
    slug: 'ollama-2',
  });
  expect(proposeNames(plugin, { preset: text('custom') }, [])).toEqual({ displayName: 'Fake', slug: 'custom' });
});

test('the choice tells of the other fields: what holds, what is needed, where it is made', () => {
  const facts = (name: string, choice?: string) =>
    factsOfField(name, chosenFacts(plugin, choice ? { preset: text(choice) } : {}, undefined));
  expect(facts('apiKey')).toEqual({ usual: undefined, isNeeded: true, link: 'https://platform.openai.com/api-keys' });
  expect(facts('baseUrl', 'ollama')).toEqual({ usual: 'http://127.0.0.1:11434/v1', isNeeded: false, link: undefined });
  expect(facts('apiKey', 'ollama')).toEqual({ usual: undefined, isNeeded: false, link: undefined });
  expect(facts('baseUrl', 'custom').isNeeded).toBe(true);
});

test('choices stand under their headings', () => {
  expect(groupChoices(preset, 'ru')).toEqual([
    { title: 'Cloud-ru', choices: ['openai'] },
    { title: 'Local-ru', choices: ['ollama'] },
    { title: undefined, choices: ['custom'] },
  ]);
  expect(groupChoices({ ...preset, choices: ['a', 'b'], choiceFacts: undefined }, 'en')).toEqual([
    { title: undefined, choices: ['a', 'b'] },
  ]);
});

test('a new provider is made under the names that were proposed, or typed, and one that is there keeps its own', async () => {
  const server = new FakeProviders();
  const created: unknown[] = [];
  const api: typeof server.client = {
    ...server.client,
    create: (body, options) => {
      created.push(body);
      return server.client.create(body, options);
    },
  };
  const open = () => {
    const form = new ProviderForm({ api, plugin: fakePlugin, newKey: () => `${created.length}` });
    form.edit('apiKey', text('key'));
    form.standBeside([server.add({ slug: 'fake', displayName: 'Fake' })]);
    return form;
  };
  const proposed = open();
  await proposed.save();
  expect(created[0]).toMatchObject({ displayName: 'Fake 2', slug: 'fake-2' });
  proposed.edit('folderId', text('b1g'));
  await proposed.save();
  expect(server.calls.at(-1)).toBe('update {"settings":{"folderId":"b1g"}}');
  const typed = open();
  typed.rename(' Work ');
  typed.renameSlug(' work ');
  expect(typed.isDirty).toBe(true);
  await typed.save();
  expect(created[1]).toMatchObject({ displayName: 'Work', slug: 'work' });
});
