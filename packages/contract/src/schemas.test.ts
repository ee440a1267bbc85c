import { describe, expect, test } from 'vitest';
import { messagesQuerySchema, modelNameSchema, sendMessageSchema, updateChatSchema } from './chats.ts';
import { limits } from './limits.ts';
import { newProviderSchema, providerPatchSchema, providerSettingsSchema } from './providers.ts';
import { generationSettingsSchema, userSettingsPatchSchema } from './settings.ts';
import { pageQuerySchema } from './shared.ts';

const isTaken = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => schema.safeParse(value).success;

describe('names', () => {
  test.each(['a/b', 'work/yandexgpt-lite/latest', 'work/gpt://folder/x', `a/${'x'.repeat(limits.modelNameCharacters - 2)}`])(
    '%s is the name of a model',
    (name) => expect(isTaken(modelNameSchema, name)).toBe(true),
  );
  test.each(['', 'a', '/b', 'a/', 'a b/c', 'a/b c', `a/${'x'.repeat(limits.modelNameCharacters)}`])('%s is none', (name) => {
    expect(isTaken(modelNameSchema, name)).toBe(false);
  });

  const withSlug = (slug: string): boolean => isTaken(newProviderSchema, { plugin: 'acme', slug, settings: {} });
  test.each(['a', 'a1', 'work-gigachat', 'a.b_c', 'x'.repeat(60)])('%s is a slug', (slug) => expect(withSlug(slug)).toBe(true));
  test.each(['', '-a', 'a-', 'A', 'мой', 'a/b', 'a b', 'x'.repeat(61), 'a\n'])('%j is none', (slug) => expect(withSlug(slug)).toBe(false));

  test('white space around a name is a slip', () => {
    expect(providerPatchSchema.parse({ displayName: '  Work ' })).toEqual({ displayName: 'Work' });
    expect(updateChatSchema.parse({ title: ' Plans ' })).toEqual({ title: 'Plans' });
    expect(isTaken(providerPatchSchema, { displayName: '   ' })).toBe(false);
    expect(isTaken(updateChatSchema, { title: '   ' })).toBe(false);
  });
});

describe('what is left out, cleared, or unknown', () => {
  test('null clears only what may be absent', () => {
    expect(updateChatSchema.parse({ title: null, model: null, leafId: null })).toEqual({ title: null, model: null, leafId: null });
    expect(userSettingsPatchSchema.parse({ language: null, defaultModel: null })).toEqual({ language: null, defaultModel: null });
    expect(isTaken(userSettingsPatchSchema, { theme: null })).toBe(false);
    expect(isTaken(updateChatSchema, { settings: null })).toBe(false);
  });

  test('nothing is filled in by itself', () => {
    expect(updateChatSchema.parse({})).toEqual({});
    expect(userSettingsPatchSchema.parse({})).toEqual({});
    expect(generationSettingsSchema.parse({})).toEqual({});
  });

  test.each([updateChatSchema, generationSettingsSchema, userSettingsPatchSchema, providerPatchSchema, pageQuerySchema])(
    'a misspelt field is not swallowed (%#)',
    (schema) => expect(isTaken(schema, { tilte: 'x' })).toBe(false),
  );
});

describe('a message', () => {
  test('of white space alone is none', () => {
    expect(isTaken(sendMessageSchema, { text: ' \n\t' })).toBe(false);
    expect(sendMessageSchema.parse({ text: ' hi ' })).toEqual({ text: ' hi ' });
  });

  test('may be as long as the limit, and no longer', () => {
    expect(isTaken(sendMessageSchema, { text: 'x'.repeat(limits.messageCharacters) })).toBe(true);
    expect(isTaken(sendMessageSchema, { text: 'x'.repeat(limits.messageCharacters + 1) })).toBe(false);
  });

  test('a parent of null is another thing than none', () => {
    expect(sendMessageSchema.parse({ text: 'a', parentId: null })).toEqual({ text: 'a', parentId: null });
    expect('parentId' in sendMessageSchema.parse({ text: 'a' })).toBe(false);
  });
});

describe('queries', () => {
  test('numbers come as text', () => {
    expect(pageQuerySchema.parse({ limit: '7' })).toEqual({ limit: 7 });
    expect(pageQuerySchema.parse({})).toEqual({ limit: limits.defaultPageSize });
    expect(messagesQuerySchema.parse({ branch: 'current' })).toMatchObject({ branch: 'current' });
  });

  test.each(['0', '-1', '1.5', 'many', String(limits.pageSize + 1)])('%s messages are no page', (limit) => {
    expect(isTaken(pageQuerySchema, { limit })).toBe(false);
  });
});

describe('settings', () => {
  test.each([
    { temperature: -0.1 },
    { temperature: 2.1 },
    { topP: 1.1 },
    { maxOutputTokens: 0 },
    { maxOutputTokens: 1.5 },
    { stop: [] },
    { stop: [''] },
    { stop: Array.from({ length: limits.stopTexts + 1 }, () => 'x') },
    { seed: -1 },
    { seed: limits.seed + 1 },
    { reasoningEffort: 'much' },
  ])('%j is refused', (settings) => expect(isTaken(generationSettingsSchema, settings)).toBe(false));

  test.each([{ temperature: 0 }, { temperature: 2 }, { topP: 0 }, { stop: ['\n'] }, { seed: limits.seed }, { reasoningEffort: 'off' }])(
    '%j is taken',
    (settings) => expect(isTaken(generationSettingsSchema, settings)).toBe(true),
  );

  test('of a provider may be any JSON under a name', () => {
    const deep = { key: { list: [1, 'a', null, { b: true }] } };
    expect(providerSettingsSchema.parse(deep)).toEqual(deep);
    expect(isTaken(providerSettingsSchema, { '': 1 })).toBe(false);
    expect(isTaken(providerSettingsSchema, { ['x'.repeat(limits.settingNameCharacters + 1)]: 1 })).toBe(false);
    expect(isTaken(providerSettingsSchema, { a: undefined })).toBe(false);
  });
});
