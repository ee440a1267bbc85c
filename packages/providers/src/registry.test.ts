import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtinProviders } from './index.ts';

test('every folder is a provider in the registry, under its own name', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => name);
  expect(builtinProviders.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
});

test('every setting has a label in both languages, and secrets have no default', () => {
  for (const { settings } of builtinProviders) {
    for (const field of settings.fields) {
      expect(field.label.ru, field.name).not.toBe(field.name);
      expect(field.label.en, field.name).not.toBe(field.name);
      if (field.isSecret) expect(field.default).toBeUndefined();
    }
  }
});

test('only the demo calls itself one: the page labels it, and the server always offers it', () => {
  expect(builtinProviders.filter(({ isDemo }) => isDemo).map(({ id }) => id)).toEqual(['demo']);
});

test('whom each connects is told in both languages', () => {
  const silent = builtinProviders.filter(({ about, isDemo }) => !isDemo && !(about?.ru && about.en && about.ru !== about.en));
  expect(silent.map(({ id }) => id)).toEqual([]);
});
