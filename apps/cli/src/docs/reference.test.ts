import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createContext } from '../context.ts';
import { createProgram } from '../program.ts';
import { commandReference, exitCodeTable, replaceSection } from './reference.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'cli.md');

/** `npx vitest run apps/cli -u` writes it anew. */
test('docs/cli.md says what the program says', async () => {
  const program = createProgram({ context: createContext({ LANG: 'en' }), done: () => undefined }, '0.0.0');
  const document = replaceSection(await readFile(path, 'utf8'), 'commands', commandReference(program));
  await expect(replaceSection(document, 'exit codes', exitCodeTable())).toMatchFileSnapshot(path);
});
