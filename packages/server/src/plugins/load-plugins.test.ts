import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

const timeoutMs = 60_000;
const hello = join(import.meta.dirname, '../../../../examples/plugin-hello/hello.ts');
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mmc-plugins-')));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** The real program: modules are loaded by Node itself, as for a person. */
function server(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../main.ts'), ...args], {
    cwd: tmpdir(),
    env: {
      PATH: process.env['PATH'],
      LANG: 'en_US.UTF-8',
      MMC_CONFIG: join(folder, 'mmc.config.json'),
      MMC_DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  return child;
}

async function write(name: string, content: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function inspection(config: object) {
  await write('mmc.config.json', JSON.stringify(config));
  const child = server(['--inspect']);
  return JSON.parse(child.stdout ? await text(child.stdout) : '');
}

const good = 'settings: { fields: [], parse: () => ({}) }, environment: {}, create: () => ({})';

/** Each module, and what is said of it. */
const broken: Readonly<Record<string, readonly [source: string, message: string]>> = {
  './throws.ts': ["throw new Error('no licence');", 'It failed while it was loaded: no licence'],
  './syntax.mjs': ['export default {', 'It is not valid code'],
  './enum.ts': ['enum A { B } export default A;', 'more than name types'],
  './imports.mjs': ["import 'a-package-that-is-not-there';", 'It imports "a-package-that-is-not-there", which is not there.'],
  './nothing.mjs': ['export const acme = 1;', 'It has no default export. Write: export default defineProvider({...}). It exports: acme.'],
  './text.mjs': ["export default 'acme';", 'its default export must be a plugin'],
  './id.mjs': [`export default { id: 'Acme AI', displayName: 'Acme', ${good} };`, 'id must be lower-case letters, digits and dashes'],
  './create.mjs': [
    "export default { id: 'acme', displayName: 'Acme', settings: { fields: [], parse: () => ({}) }, environment: {} };",
    'create must be a function',
  ],
  './variable.mjs': [
    `export default { id: 'acme', displayName: 'Acme', ${good}, environment: { ACME_KEY: 'apiKey' } };`,
    'environment.ACME_KEY stands for "apiKey", which is no setting',
  ],
  './taken.mjs': [`export default { id: 'demo', displayName: 'Acme', ${good} };`, 'There is a plugin "demo" already'],
  './notes.txt': ['not code', 'A plugin is a .ts, .mts, .js or .mjs file.'],
  './node_modules/typed/index.ts': ['export default 1;', 'A package must ship JavaScript'],
};

test('each broken module is told of by what is wrong with it, and nothing else is touched', { timeout: timeoutMs }, async () => {
  for (const [name, [source]] of Object.entries(broken)) await write(name, source);
  const missing = ['./nowhere.ts', 'no-such-package'];
  const { configuration } = await inspection({ plugins: [...Object.keys(broken), ...missing, hello] });
  expect(configuration).toMatchObject({ ok: true, providers: ['demo'] });
  for (const [name, [, message]] of Object.entries(broken)) {
    const told = configuration.warnings.find((warning: string) => warning.startsWith(`The plugin ${name} is not used.`));
    expect(told, name).toContain(message);
  }
  expect(configuration.warnings).toContainEqual(expect.stringContaining(`There is no such file: ${join(folder, 'nowhere.ts')}`));
  expect(configuration.warnings).toContainEqual(expect.stringContaining(`In ${folder}: npm install no-such-package`));
  expect(configuration.warnings).toHaveLength(Object.keys(broken).length + missing.length);
});

test('a package beside the configuration is found by its name', { timeout: timeoutMs }, async () => {
  await write('node_modules/mmc-acme/package.json', '{"name":"mmc-acme","type":"module","exports":"./index.js"}');
  await write(
    'node_modules/mmc-acme/index.js',
    `import { defineProvider } from '@multimodel/provider-sdk';
     import { z } from 'zod';
     export default defineProvider({ id: 'acme', displayName: 'Acme', settings: z.object({}), create: () => ({}) });`,
  );
  const { configuration } = await inspection({ plugins: ['mmc-acme'], providers: [{ slug: 'a', plugin: 'acme' }] });
  expect(configuration).toMatchObject({ ok: true, providers: ['a', 'demo'], warnings: [] });
});

test('an unknown plugin stops the start where every plugin was loaded', { timeout: timeoutMs }, async () => {
  const { configuration } = await inspection({ plugins: [hello], providers: [{ slug: 'a', plugin: 'helo' }] });
  expect(configuration).toMatchObject({ ok: false, problems: [{ key: 'providers[0].plugin', nearest: 'hello' }] });
});

test('a server serves the provider of a plugin, and shows that of a broken one as not set up', { timeout: timeoutMs }, async () => {
  await write('broken.mjs', 'throw new Error("no licence");');
  const providers = [
    { slug: 'mine', plugin: 'hello', settings: { apiKey: 'key-of-mine', baseUrl: 'http://127.0.0.1:9' } },
    { slug: 'theirs', plugin: 'acme', settings: { apiKey: 'key-of-theirs' } },
  ];
  await write('mmc.config.json', JSON.stringify({ plugins: [hello, './broken.mjs'], providers }));
  const child = server(['--port', '0', '--json-ready']);
  const [line] = await once(child.stdout ?? child, 'data');
  const { url } = JSON.parse(String(line));
  const body = await (await fetch(`${url}/api/v1/providers`)).text();
  expect(JSON.parse(body).items).toMatchObject([
    { slug: 'mine', plugin: 'hello', secrets: { apiKey: { isSet: true } } },
    { slug: 'theirs', plugin: 'acme', state: 'unconfigured' },
    { slug: 'demo' },
  ]);
  expect(body).not.toContain('key-of');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
