import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from './launcher/commands.mjs';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const documents = ['README.md', 'README.ru.md', 'CONTRIBUTING.md', 'AGENTS.md'].filter(existsSync);
/** npm's own, and the short forms that need no `run`. */
const ownToNpm = new Set(['install', 'ci', 'config', 'start', 'test']);

/** `npm start`, `npm run check`: in code blocks and between backticks. */
function npmCommandsIn(document: string): readonly string[] {
  const text = readFileSync(document, 'utf8');
  const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([found]) => found).join('\n');
  return [...code.matchAll(/(?:^|[`$&;|])\s*npm (run )?([\w:-]+)/gm)].map((match) => `${match[1] ?? ''}${match[2] ?? ''}`);
}

test.each(documents)('every npm command that %s names exists', (document) => {
  const missing = npmCommandsIn(document).filter((command) => {
    const name = command.replace(/^run /, '');
    return scripts[name] === undefined && !(command === name && ownToNpm.has(name));
  });
  expect(missing).toEqual([]);
});

test('the commands of package.json are those of the launcher', () => {
  const expected = [...commands.keys()].map((name) => [name, `node scripts/launch.mjs ${name}`]);
  expect(scripts).toEqual(Object.fromEntries(expected));
});
