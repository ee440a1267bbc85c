import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, testFile, testSupport } from './arrows.ts';

/** Whose errors a person may meet in the page or in `mmc chat`. */
const parts = ['core', 'server', 'provider-sdk', 'providers', 'storage'] as const;

/** Told by a start that fails, in a terminal or a log: English. */
const readAtStart = [
  'server/src/listen.ts',
  'server/src/provisioning.ts',
  'server/src/secrets/secret-box.ts',
  'provider-sdk/src/load/',
  'storage/src/open-storage.ts',
  'storage/src/sqlite/sqlite-instance-lock.ts',
  'storage/src/postgresql/postgresql-handle.ts',
];

/** Of which people get a sentence of ours instead, and the log the reason. */
const hiddenCodes = /^\(\s*'(?:internal|storage_unavailable)'/;

const isProduct = (path: string): boolean =>
  path.endsWith('.ts') &&
  ![testFile, testSupport].some((pattern) => new RegExp(pattern).test(path)) &&
  !/\/(?:generated|testing)\//.test(path);

const folders = parts.map((part) => join(folderOf(part), 'src'));
const sources = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(isProduct),
);

/** Errors whose sentence stands in the code itself, and so in one language. */
function untranslatedIn(source: string): readonly string[] {
  const made = source.matchAll(
    /new AppError(\(\s*'\w+',\s*['"`][^\n]*)|(?:createProviderError|new ProviderError)(\(\s*'\w+',\s*['"`][^\n]*)/g,
  );
  return [...made].map((match) => match[1] ?? match[2] ?? '').filter((call) => !hiddenCodes.test(call));
}

/** Texts of a catalogue that lack Russian or English words. */
function emptyTextsIn(source: string): readonly string[] {
  const russian = source.matchAll(/\bru: ?(['"`])(.*?)\1/g);
  return [...russian]
    .map((match) => match[2] ?? '')
    .filter((text) => !/[а-яё]/i.test(text) && /[a-z]{3}/i.test(text.replaceAll(/\$\{[^}]*\}/g, '')));
}

test.each(sources.filter((path) => !readAtStart.some((part) => path.includes(part))))('errors of %s are told in every language', (path) => {
  expect(untranslatedIn(readFileSync(path, 'utf8'))).toEqual([]);
});

test('what is meant by Russian is Russian', () => {
  const catalogues = sources.filter((path) => path.endsWith('texts.ts'));
  expect(catalogues.length).toBeGreaterThan(4);
  // Words of programs that are the same in every language.
  const same = /^(?:null|true|false)/;
  for (const path of catalogues)
    expect(
      emptyTextsIn(readFileSync(path, 'utf8')).filter((text) => !same.test(text)),
      path,
    ).toEqual([]);
});

test('this test sees what it looks for', () => {
  expect(untranslatedIn(`throw new AppError('conflict', 'No');\nreturn createProviderError(\n  'auth',\n  \`No \${x}\`, {`)).toHaveLength(
    2,
  );
  expect(untranslatedIn(`new AppError('conflict', texts.no); new AppError('internal', 'Hidden')`)).toEqual([]);
  expect(emptyTextsIn(`a: { ru: 'Not Russian', en: 'x' }, b: { ru: 'Да', en: 'Yes' }`)).toEqual(['Not Russian']);
});
