import { expect, test } from 'vitest';
import { createTestCore, testActor } from '../testing/index.ts';
import { defaultUserSettings } from './user-settings.ts';

const ann = testActor('ann');

test('begin with the defaults, change only what is named, and clear with null', async () => {
  const { settings } = await createTestCore();
  expect(await settings.get(ann)).toEqual(defaultUserSettings);
  const changed = await settings.update(ann, {
    theme: 'dark',
    language: 'ru',
    defaultModel: 'scripted/one',
    generation: { temperature: 0 },
    sendOnEnter: false,
  });
  expect(changed).toEqual({
    theme: 'dark',
    language: 'ru',
    defaultModel: 'scripted/one',
    generation: { temperature: 0 },
    sendOnEnter: false,
  });
  expect(await settings.update(ann, {})).toEqual(changed);
  expect(await settings.update(ann, { language: null, defaultModel: null, generation: {} })).toMatchObject({
    theme: 'dark',
    language: undefined,
    defaultModel: undefined,
    generation: {},
  });
  expect(await settings.get(testActor('bob'))).toEqual(defaultUserSettings);
});

test.for(['', 'nonsense', 'gone/one'])('a default model %j that leads nowhere is refused and nothing is stored', async (defaultModel) => {
  const { settings, storage } = await createTestCore();
  await expect(settings.update(ann, { theme: 'dark', defaultModel })).rejects.toMatchObject({ name: 'AppError' });
  expect(storage.tables.settings.size).toBe(0);
});

test('two changes at once both stay', async () => {
  const { settings } = await createTestCore();
  await Promise.all([settings.update(ann, { theme: 'dark' }), settings.update(ann, { sendOnEnter: false })]);
  expect(await settings.get(ann)).toMatchObject({ theme: 'dark', sendOnEnter: false });
});

test('new chats take a person’s own settings unless they bring some', async () => {
  const { settings, chats } = await createTestCore();
  await settings.update(ann, { generation: { temperature: 0.1 } });
  expect((await chats.create(ann, {})).settings).toEqual({ temperature: 0.1 });
  expect((await chats.create(ann, { settings: { topP: 1 } })).settings).toEqual({ topP: 1 });
});
