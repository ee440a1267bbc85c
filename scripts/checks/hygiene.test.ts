import { expect, test } from 'vitest';
import { faultsIn } from './hygiene.ts';

test.each([
  ['a lock file with an address', 'a/package-lock.json', '"resolved": "https://registry.example/a.tgz"'],
  ['a path of one machine', 'docs/a.md', `see ${['', 'home', 'ann', 'code.ts'].join('/')}`],
  ['a Russian text in a component', 'apps/web/src/a.tsx', '<p>Привет</p>'],
  ['a long AGENTS.md', 'AGENTS.md', 'line\n'.repeat(101)],
])('%s is a fault', (_, path, text) => {
  expect(faultsIn({ path, text })).toHaveLength(1);
});

test.each([
  ['a link in a lock file', 'package-lock.json', '"resolved": "packages/core"'],
  ['an address with such a part', 'docs/a.md', 'https://example.org/home/ann/'],
  ['Russian in the catalogue and in tests', 'apps/web/src/messages/ru.json', 'Привет'],
  ['a short AGENTS.md', 'AGENTS.md', 'line\n'.repeat(100)],
])('%s is not', (_, path, text) => {
  expect(faultsIn({ path, text })).toEqual([]);
});
