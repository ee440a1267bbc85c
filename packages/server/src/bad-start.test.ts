import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start } from './start.ts';
import { openRefusingPostgresql } from './testing/refusing-postgresql.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mmc-bad-start-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `<folder>` in values is the folder of the test, which is also where the start stands. */
interface Given {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly folders?: readonly string[];
}

/** A start that cannot succeed: its exit code, what a person reads, and what it made. */
async function badStart({ argv = [], env = {}, files = {}, folders = [] }: Given) {
  for (const name of folders) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 });
  const list = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const before = list();
  let output = '';
  const stream = {
    write(text: string) {
      output += text;
    },
  };
  const place = (text: string): string => text.replaceAll('<folder>', folder);
  const entries = Object.entries(env).map(([name, value]) => [name, place(value)]);
  const code = await start(argv.map(place), Object.fromEntries([['LANG', 'en_US.UTF-8'], ['LOG_LEVEL', 'silent'], ...entries]), {
    stdout: stream,
    stderr: stream,
    cwd: () => folder,
  });
  return { code, output: output.replaceAll(folder, '<folder>'), made: list().filter((name) => !before.includes(name)) };
}

type Case = readonly [given: Given, ...problems: string[]];

function cases(title: string, table: Readonly<Record<string, Case>>): void {
  describe(title, () => {
    test.each(Object.entries(table))('%s', async (_name, [given, ...problems]) => {
      const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
      const lines = problems.map((problem) => `  - ${problem}\n`).join('');
      const output = `Multimodel Chat could not start.\nThe configuration has ${count}:\n${lines}`;
      expect(await badStart(given)).toEqual({ code: 78, output, made: [] });
    });
  });
}

const file = (content: unknown): Given => ({
  files: { 'mmc.config.json': typeof content === 'string' ? content : JSON.stringify(content) },
});
const providers = (...entries: readonly unknown[]): Given => file({ providers: entries });
const yandex = (settings: unknown): Given => providers({ slug: 'y', plugin: 'yandexgpt', settings });
const postgres = 'postgres://user:hunter2@';
const databases = 'Allowed: file:path/to/file.db, or postgres://user:password@host:5432/database.';
const slugs = 'Allowed: small Latin letters, digits, "-", "_" and ".", 60 characters at most.';
const apiKey = 'AQVNexample0000000000000000000000000000aa';

cases('the database', {
  'nothing answers': [
    { env: { DATABASE_URL: `${postgres}127.0.0.1:1/chat` } },
    'DATABASE_URL (environment): Nothing answers at 127.0.0.1:1: start PostgreSQL there, or correct host and port.',
  ],
  'an unknown host': [
    { argv: ['--database-url', `${postgres}no-such-host.invalid/chat`] },
    '--database-url (command line): There is no host "no-such-host.invalid": correct its name.',
  ],
  'an address that is none': [
    { env: { DATABASE_URL: `${postgres}host:port/chat` } },
    `DATABASE_URL (environment): has a value that cannot be used. ${databases}`,
  ],
  'a file of another machine': [
    { env: { DATABASE_URL: 'file://chat.db' } },
    `DATABASE_URL (environment): has a value that cannot be used. ${databases}`,
  ],
  'no database': [
    { env: { DATABASE_URL: 'file:<folder>/x.db' }, files: { 'x.db': 'hello, this is no database at all. '.repeat(40) } },
    'DATABASE_URL (environment): The database <folder>/x.db cannot be used. The file is not a database: correct the path, or restore a backup.',
  ],
  'a folder': [
    { env: { DATABASE_URL: 'file:<folder>/x' }, folders: ['x'] },
    'DATABASE_URL (environment): The database file <folder>/x cannot be created or written: it is a folder and no file: correct the path.',
  ],
  'below a file': [
    { ...file({ databaseUrl: 'file:/dev/null/x.db' }) },
    'databaseUrl (mmc.config.json): The database file /dev/null/x.db cannot be created or written: a file stands where a folder is needed: correct the path.',
  ],
  'Redis without its scheme': [
    { env: { REDIS_URL: 'localhost' } },
    'REDIS_URL (environment): has a value that cannot be used. Allowed: redis://host:6379 or rediss://host:6379.',
  ],
});

test.each([
  ['28P01', 'The PostgreSQL server refused the user name or the password: correct them in the address.'],
  ['3D000', 'The PostgreSQL database does not exist: create it first, or correct its name.'],
  ['53300', 'The PostgreSQL server has no free connections: raise max_connections or lower the pool size.'],
])('PostgreSQL refuses with %s; the password is not shown', async (sqlState, sentence) => {
  await using server = await openRefusingPostgresql(sqlState);
  const { code, output, made } = await badStart({ env: { DATABASE_URL: `${postgres}127.0.0.1:${server.port}/chat` } });
  expect(output).toBe(`Multimodel Chat could not start.\nThe configuration has a problem:\n  - DATABASE_URL (environment): ${sentence}\n`);
  expect({ code, made }).toEqual({ code: 78, made: [] });
});

cases('the data folder', {
  'below a file': [
    { argv: ['--data-dir', '<folder>/file/data'], files: { file: '' } },
    '--data-dir (command line): The database file <folder>/file/data/multimodel.db cannot be created or written: a file stands where a folder is needed: correct the path.',
  ],
  'a file itself': [
    { env: { MMC_DATA_DIR: 'file' }, files: { file: '' } },
    'MMC_DATA_DIR (environment): The database file <folder>/file/multimodel.db cannot be created or written: a file stands where a folder is needed: correct the path.',
  ],
  'not named, and a file is in its place': [
    { files: { data: '' } },
    'MMC_DATA_DIR (not set: ./data): The database file <folder>/data/multimodel.db cannot be created or written: a file stands where a folder is needed: correct the path.',
  ],
  ...(process.platform === 'linux' && {
    'in a file system that takes nothing': [
      file({ dataDir: '/proc/x' }),
      'dataDir (mmc.config.json): The database file /proc/x/multimodel.db cannot be created or written: it is not there and cannot be made: choose another place.',
    ],
    'where nobody may write': [
      { argv: ['--data-dir', '/sys/x'] },
      '--data-dir (command line): The database file /sys/x/multimodel.db cannot be created or written: the user that runs the server may not do it: check owner and rights.',
    ],
  }),
  'a key of the wrong length': [
    { argv: ['--data-dir', '<folder>'], files: { 'secret.key': 'abc' } },
    '<folder>/secret.key (secret key): is damaged: restore it from a backup. Without it the stored keys of providers cannot be read.',
  ],
  'a key that is a folder': [
    { argv: ['--data-dir', '<folder>'], folders: ['secret.key'] },
    process.platform === 'win32'
      ? '<folder>/secret.key (secret key): cannot be read: it is a folder and no file: correct the path.'
      : '<folder>/secret.key (secret key): can be read by other users of this machine. Close it: chmod 600.',
  ],
});

cases('the configuration file', {
  'not there': [{ env: { MMC_CONFIG: 'gone.json' } }, 'MMC_CONFIG (environment): the file gone.json does not exist.'],
  'a folder': [
    { env: { MMC_CONFIG: '<folder>/x' }, folders: ['x'] },
    '<folder>/x (configuration file): cannot be read: it is a folder and no file: correct the path.',
  ],
  'below a file': [
    { env: { MMC_CONFIG: 'x/mmc.json' }, files: { x: '' } },
    'x/mmc.json (configuration file): cannot be read: a file stands where a folder is needed: correct the path.',
  ],
  empty: [file(' \n'), 'mmc.config.json (configuration file): is empty; it must hold one JSON object: {...}.'],
  'UTF-16': [
    { files: { 'mmc.config.json': Buffer.from('\ufeff{}', 'utf16le') } },
    'mmc.config.json (configuration file): is not UTF-8 text: save it in this encoding.',
  ],
  'another encoding': [
    { files: { 'mmc.config.json': Buffer.from([0x7b, 0x22, 0xef, 0xf0, 0x22, 0x7d]) } },
    'mmc.config.json (configuration file): is not UTF-8 text: save it in this encoding.',
  ],
  'a comma too many': [
    file('{\n  "port": 1,\n}'),
    'mmc.config.json (configuration file): is not valid JSON: line 3, column 1: a name in double quotes is missing here, or the comma before it is one too many.',
  ],
  'a word without quotes': [
    file('{\n  "logLevel": info\n}'),
    'mmc.config.json (configuration file): is not valid JSON: line 2, column 15: a value is missing here.',
  ],
  'cut off': [
    file('{"port": 1'),
    'mmc.config.json (configuration file): is not valid JSON: line 1, column 11: the file ends too early: a comma or "}" is missing here.',
  ],
  'a list': [file([]), 'mmc.config.json (configuration file): must hold one JSON object: {...}.'],
  'misspelt and foreign keys': [
    file({ prot: 1, colour: 2 }),
    'prot (mmc.config.json): is not a known setting. Did you mean port?',
    'colour (mmc.config.json): is not a known setting.',
  ],
  'wrong types': [
    file({ port: true, host: 5, dataDir: [], publicUrl: 'nope', secretKey: 'hunter2', allowPrivateUrls: 7, logLevel: 'loud' }),
    'port (mmc.config.json): true cannot be used. Allowed: a whole number from 0 to 65535.',
    'host (mmc.config.json): 5 cannot be used. Allowed: a host name or an IP address.',
    'publicUrl (mmc.config.json): "nope" cannot be used. Allowed: the http:// or https:// address under which people open this server.',
    'dataDir (mmc.config.json): [] cannot be used. Allowed: a path of a folder.',
    'secretKey (mmc.config.json): has a value that cannot be used. Allowed: 32 characters or more.',
    'logLevel (mmc.config.json): "loud" cannot be used. Allowed: debug, info, warn, error, silent.',
    'allowPrivateUrls (mmc.config.json): 7 cannot be used. Allowed: true, false.',
  ],
  'a variable that is not set': [file({ port: { env: 'NOPE' } }), 'port (mmc.config.json): the environment variable NOPE is not set.'],
});

cases('command line and environment', {
  'a misspelt option': [{ argv: ['--prot', '1'] }, '--prot (command line): is not a known option. Did you mean --port?'],
  'a misspelt variable': [{ env: { MMC_DATADIR: 'x' } }, 'MMC_DATADIR (environment): is not a known setting. Did you mean MMC_DATA_DIR?'],
  'a port that is none': [
    { argv: ['--port', 'http'] },
    '--port (command line): "http" cannot be used. Allowed: a whole number from 0 to 65535.',
  ],
  'a host that others reach': [
    { env: { HOST: '0.0.0.0' } },
    'HOST (environment): "0.0.0.0" can be reached from other machines, and this version has no accounts to keep them out (MMC_AUTH=none). Allowed: 127.0.0.1, localhost or ::1.',
  ],
  'a host that is none': [
    { argv: ['--host', '127.0.0.300'] },
    '--host (command line): "127.0.0.300" is no address of this machine (ENOTFOUND). Allowed: 127.0.0.1, localhost or ::1.',
  ],
});

cases('providers of the file', {
  'no list': [file({ providers: {} }), 'providers (mmc.config.json): must be a list: [{"slug": ..., "plugin": ..., "settings": {...}}].'],
  'no object': [
    providers(5),
    'providers[0] (mmc.config.json): must be an object. Allowed: {"slug": ..., "plugin": ..., "settings": {...}}.',
  ],
  'members of wrong types': [
    providers({ slug: 5, plugin: 7, displayName: 9, enabled: 'yes', settings: [] }),
    `providers[0].slug (mmc.config.json): 5 cannot be used. ${slugs}`,
    'providers[0].plugin (mmc.config.json): 7 cannot be used. Allowed: the id of a plugin.',
    'providers[0].displayName (mmc.config.json): 9 cannot be used. Allowed: a text of 1 to 80 characters.',
    'providers[0].enabled (mmc.config.json): "yes" cannot be used. Allowed: true or false.',
    'providers[0].settings (mmc.config.json): cannot be used. Allowed: an object with the settings of the plugin.',
  ],
  'a slug with a space': [
    providers({ slug: 'My AI', plugin: 'demo' }),
    `providers[0].slug (mmc.config.json): "My AI" cannot be used. ${slugs}`,
  ],
  'a slug twice': [
    providers({ slug: 'a', plugin: 'demo' }, { slug: 'a', plugin: 'demo' }),
    'providers[1].slug (mmc.config.json): "a" is the slug of providers[0] already; each provider needs its own.',
  ],
  'a misspelt member': [
    providers({ slug: 'a', plugin: 'demo', setings: {} }),
    'providers[0].setings (mmc.config.json): is not a known setting. Did you mean settings? Allowed: slug, plugin, package, displayName, enabled, settings.',
  ],
  'a misspelt plugin': [
    providers({ slug: 'a', plugin: 'yandexgp' }),
    'providers[0].plugin (mmc.config.json): there is no plugin "yandexgp". Did you mean yandexgpt? Allowed: yandexgpt, gigachat, openai-compatible, anthropic, google, ai-sdk, remote, demo.',
  ],
  'a slug in a variable that is not set': [
    providers({ slug: { env: 'NOPE' }, plugin: 'demo' }),
    'providers[0].slug (mmc.config.json): the environment variable NOPE is not set.',
  ],
  'settings of wrong types': [
    yandex({ apiKey: 5, baseUrl: 'nope', concurrency: 'many', useMetadata: 'yes', totalTimeoutMs: 0 }),
    'providers[0].settings.apiKey (mmc.config.json): Must be text, not a number.',
    'providers[0].settings.useMetadata (mmc.config.json): Must be true or false, not text.',
    'providers[0].settings.concurrency (mmc.config.json): Must be a number, not text.',
    'providers[0].settings.baseUrl (mmc.config.json): Must be an address that begins with https:// or http://.',
    'providers[0].settings.totalTimeoutMs (mmc.config.json): Must be at least 1.',
  ],
  'no credential': [
    yandex({ folderId: 'b1gexample' }),
    'providers[0].settings.apiKey (mmc.config.json): Give one of: apiKey, iamToken, serviceAccountKey, useMetadata.',
  ],
  'a credential in a variable that is not set, told once': [
    yandex({ iamToken: { env: 'NOPE' } }),
    'providers[0].settings.iamToken (mmc.config.json): the environment variable NOPE is not set.',
  ],
  'two credentials': [
    yandex({ apiKey, useMetadata: true }),
    'providers[0].settings.apiKey (mmc.config.json): Give only one of: apiKey, iamToken, serviceAccountKey, useMetadata; given are apiKey, useMetadata.',
  ],
});

cases('providers of the environment', {
  'two credentials, in the names of the variables': [
    { env: { YC_API_KEY: apiKey, YC_IAM_TOKEN: 't1.abc' } },
    'YC_API_KEY (environment): Give only one of: YC_API_KEY, YC_IAM_TOKEN, YC_SERVICE_ACCOUNT_KEY, useMetadata; given are YC_API_KEY, YC_IAM_TOKEN.',
  ],
  'a token as the key': [
    { env: { YC_API_KEY: 't1.abc' } },
    'YC_API_KEY (environment): This is an IAM token, not an API key: put it into YC_IAM_TOKEN.',
  ],
  'a key in Cyrillic': [
    { env: { YC_API_KEY: 'ключ' } },
    'YC_API_KEY (environment): Holds a letter or sign outside the Latin alphabet (character 1), which no key has: copy it again.',
  ],
  'a key with a space': [
    { env: { YC_API_KEY: 'AQVN abc' } },
    'YC_API_KEY (environment): Holds a space (character 5), which no key has: copy it again.',
  ],
  'an address without its scheme, and an account as the folder': [
    { env: { YC_API_KEY: apiKey, YC_API_BASE_URL: 'llm.example', YC_FOLDER_ID: 'ajeabc' } },
    'YC_FOLDER_ID (environment): This is the id of a service account (aje…); a folder id begins with b1 and stands in the address of the console.',
    'YC_API_BASE_URL (environment): Must be an address that begins with https:// or http://.',
  ],
});
