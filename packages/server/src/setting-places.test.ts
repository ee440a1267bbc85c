import { createProviderError } from '@multimodel/provider-sdk';
import { expect, test } from 'vitest';
import { settingPlaces } from './setting-places.ts';
import { createFakePlugins, createFakeVendor } from './testing/fake-plugin.ts';
import { openTestApplication, type TestOptions } from './testing/test-application.ts';

const refused = () => createProviderError('auth', 'The key was refused', { providerId: 'x' });

/** One answer of a vendor that refuses the key: what the message and the provider say then. */
async function refusedBy(options: TestOptions, slug: string) {
  await using server = await openTestApplication(options);
  const failure = Promise.reject(refused());
  failure.catch(() => undefined);
  server.vendor.hold = failure;
  const { id } = (await server.call('POST', '/api/v1/chats', { model: `${slug}/one` })).json();
  await server.call('POST', `/api/v1/chats/${id}/messages`, { text: 'Hi' });
  const answer = async () => (await server.call('GET', `/api/v1/chats/${id}/messages`)).json().items[1];
  await expect.poll(async () => (await answer()).state).toBe('failed');
  const { message, details } = (await answer()).error;
  const { items } = (await server.call('GET', '/api/v1/providers')).json();
  return { message, details, problem: items.find((each: { slug: string }) => each.slug === slug).problem };
}

const file = (apiKey: unknown) => ({
  'mmc.config.json': JSON.stringify({
    providers: [
      { slug: 'first', plugin: 'demo' },
      { slug: 'work', plugin: 'fake', settings: { apiKey } },
    ],
  }),
});
const at = 'providers[1].settings.apiKey';

test.each([
  {
    name: 'a variable',
    options: { env: { FAKE_API_KEY: 'abcd' } },
    slug: 'fake',
    place: { kind: 'environment', variable: 'FAKE_API_KEY' },
    words: 'the environment variable FAKE_API_KEY',
  },
  {
    name: 'the file',
    options: { files: file('abcd') },
    slug: 'work',
    place: { kind: 'file', path: 'mmc.config.json', at },
    words: `mmc.config.json → ${at}`,
  },
  {
    name: 'a variable that the file names',
    options: { files: file({ env: 'WORK_KEY' }), env: { WORK_KEY: 'abcd' } },
    slug: 'work',
    place: { kind: 'file', path: 'mmc.config.json', at, variable: 'WORK_KEY' },
    words: `mmc.config.json → ${at}, from the environment variable WORK_KEY`,
  },
])('a refused key that comes from $name is told with its place', async ({ options, slug, place, words }) => {
  const told = await refusedBy(options, slug);
  const message = `The key was refused (apiKey is set in ${words})`;
  expect(told).toMatchObject({
    message,
    details: { setting: 'apiKey', place },
    problem: { code: 'auth', message, details: { setting: 'apiKey', place } },
  });
});

test('what was added in the app is mended there; what has no variable of its own has no place', () => {
  const placeOf = settingPlaces({ providers: [] }, createFakePlugins(createFakeVendor()));
  const record = { slug: 'x', plugin: 'fake' } as const;
  expect(placeOf({ ...record, source: 'user' }, 'apiKey')).toEqual({ kind: 'app' });
  expect(placeOf({ ...record, source: 'environment' }, 'mode')).toBeUndefined();
  expect(placeOf({ ...record, source: 'config' }, 'apiKey')).toBeUndefined();
  expect(placeOf({ ...record, source: 'built-in' }, 'apiKey')).toBeUndefined();
});
