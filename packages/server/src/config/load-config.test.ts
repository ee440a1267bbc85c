import { describe, expect, test } from 'vitest';
import { createFakePlugins, createFakeVendor } from '../testing/fake-plugin.ts';
import type { Config } from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { loadConfig } from './load-config.ts';

interface Given {
  readonly argv?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Content of ./mmc.config.json. */
  readonly file?: unknown;
  readonly files?: Readonly<Record<string, string>>;
}

function load({ argv = [], env = {}, file, files = {} }: Given): Config {
  const all: Record<string, string> = { ...(file !== undefined && { 'mmc.config.json': JSON.stringify(file) }), ...files };
  return loadConfig({
    argv,
    env,
    readText: (path) => all[path],
    cwd: '/srv',
    defaultPublicDir: '/srv/dist',
    plugins: createFakePlugins(createFakeVendor()),
  });
}

function problemsOf(given: Given): readonly ConfigProblem[] {
  try {
    load(given);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('values', () => {
  test('nothing given: a loopback server with SQLite in ./data and the demo', () => {
    expect(load({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      auth: 'none',
      dataDir: '/srv/data',
      databaseUrl: 'file:/srv/data/multimodel.db',
      logLevel: 'info',
      allowPrivateUrls: false,
      sqliteSynchronous: 'NORMAL',
      publicDir: '/srv/dist',
      shutdownGraceMs: 5000,
      providers: [{ slug: 'demo', plugin: 'demo', source: 'built-in', isEnabled: true }],
      warnings: [],
    });
  });

  test.each<[string, Given, number]>([
    ['the file over the default', { file: { port: 1 } }, 1],
    ['the environment over the file', { file: { port: 1 }, env: { PORT: '2' } }, 2],
    ['the command line over all', { file: { port: 1 }, env: { PORT: '2' }, argv: ['--port', '3'] }, 3],
    ['the form --port=4', { argv: ['--port=4'] }, 4],
    ['an empty variable is not set', { file: { port: 1 }, env: { PORT: '' } }, 1],
    ['a number as text in the file', { file: { port: '5' } }, 5],
  ])('%s', (_name, given, port) => {
    expect(load(given).port).toBe(port);
  });

  test('the data folder moves the database; a database of its own stays', () => {
    expect(load({ argv: ['--data-dir', 'elsewhere'] }).databaseUrl).toBe('file:/srv/elsewhere/multimodel.db');
    expect(load({ env: { MMC_DATA_DIR: '/var/mmc', DATABASE_URL: 'postgres://u:p@db/chat' } })).toMatchObject({
      dataDir: '/var/mmc',
      databaseUrl: 'postgres://u:p@db/chat',
    });
  });

  test('a file elsewhere, with $schema for editors and variables in place', () => {
    const files = { '/etc/mmc.json': JSON.stringify({ $schema: './x.json', port: { env: 'MY_PORT' } }) };
    expect(load({ env: { MMC_CONFIG: '/etc/mmc.json', MY_PORT: '4000' }, files }).port).toBe(4000);
  });

  test('REDIS_URL is taken and said to be of no use yet', () => {
    expect(load({ env: { REDIS_URL: 'redis://localhost:6379' } }).warnings).toEqual([expect.stringContaining('REDIS_URL')]);
  });
});

describe('providers', () => {
  const work = { slug: 'work', plugin: 'fake', settings: { apiKey: { env: 'WORK_KEY' }, mode: 'slow' } };

  test('those of the file come first, then the environment, then what is built in', () => {
    const config = load({
      file: { providers: [work] },
      env: { WORK_KEY: 'key-of-work', FAKE_API_KEY: 'key-of-env', FAKE_FOLDER: 'b1g', FAKE_RETRIES: '3' },
    });
    expect(config.providers).toEqual([
      {
        slug: 'work',
        plugin: 'fake',
        displayName: 'Fake AI',
        isEnabled: true,
        settings: { apiKey: 'key-of-work', mode: 'slow' },
        source: 'config',
        place: { path: 'mmc.config.json', at: 'providers[0].settings', variables: new Map([['apiKey', 'WORK_KEY']]) },
      },
      {
        slug: 'fake',
        plugin: 'fake',
        displayName: 'Fake AI',
        isEnabled: true,
        settings: { apiKey: 'key-of-env', folderId: 'b1g', retries: 3 },
        source: 'environment',
      },
      { slug: 'demo', plugin: 'demo', displayName: 'Demo', isEnabled: true, settings: {}, source: 'built-in' },
    ]);
  });

  test('the file hides the environment and the demo under the same name', () => {
    const file = {
      providers: [
        { ...work, slug: 'fake' },
        { slug: 'demo', plugin: 'demo', enabled: false },
      ],
    };
    const config = load({ file, env: { WORK_KEY: 'key-of-work', FAKE_API_KEY: 'other' } });
    expect(config.providers.map(({ slug, source, isEnabled }) => [slug, source, isEnabled])).toEqual([
      ['fake', 'config', true],
      ['demo', 'config', false],
    ]);
    expect(config.warnings).toEqual([expect.stringContaining('"fake"')]);
  });

  test('a folder alone in the environment is no account', () => {
    expect(load({ env: { FAKE_FOLDER: 'b1g' } }).providers).toHaveLength(1);
  });

  test('a private address from the environment needs consent, from the file it has it', () => {
    const env = { FAKE_API_KEY: 'abcd', FAKE_BASE_URL: 'http://127.0.0.1:9000' };
    expect(problemsOf({ env })).toMatchObject([{ key: 'FAKE_BASE_URL', message: expect.stringContaining('MMC_ALLOW_PRIVATE_URLS') }]);
    expect(load({ env: { ...env, MMC_ALLOW_PRIVATE_URLS: 'true' } }).providers).toHaveLength(2);
    expect(
      load({ file: { providers: [{ slug: 'x', plugin: 'fake', settings: { apiKey: 'abcd', baseUrl: env.FAKE_BASE_URL } }] } }).providers,
    ).toHaveLength(2);
  });
});

test('a variable that looks like one of a plugin is a warning, unless the file asks for it or it is empty', () => {
  const file = { providers: [{ slug: 'a', plugin: 'fake', settings: { apiKey: { env: 'FAKE_WORK_KEY' } } }] };
  const env = { FAKE_WORK_KEY: 'abcd', FAKE_APIKEY: 'abcd', FAKE_SOMETHING_ELSE: 'x', FAKE_EMPTY: '', FAKER: 'x' };
  expect(load({ file, env }).warnings).toEqual([
    'FAKE_APIKEY (environment) is not read by anything here. Did you mean FAKE_API_KEY?',
    'FAKE_SOMETHING_ELSE (environment) is not read by anything here. Known are: FAKE_API_KEY, FAKE_FOLDER, FAKE_BASE_URL, FAKE_RETRIES.',
  ]);
});

describe('problems', () => {
  const provider = (entry: unknown): Given => ({ file: { providers: [entry] } });

  test.each<[string, Given, Partial<ConfigProblem>]>([
    [
      'a port that is none',
      { env: { PORT: 'abc' } },
      { key: 'PORT', source: 'environment', message: '"abc" cannot be used.', allowed: 'a whole number from 0 to 65535' },
    ],
    ['a port too high, as option', { argv: ['--port', '70000'] }, { key: '--port', source: 'command line' }],
    ['an option without a value', { argv: ['--port'] }, { key: '--port' }],
    ['a misspelt variable', { env: { MMC_DATADIR: 'x' } }, { key: 'MMC_DATADIR', nearest: 'MMC_DATA_DIR' }],
    ['a misspelt option', { argv: ['--prot', '1'] }, { key: '--prot', nearest: '--port' }],
    ['a loose word', { argv: ['serve'] }, { key: 'serve', source: 'command line' }],
    ['a misspelt key of the file', { file: { dataDri: 'x' } }, { key: 'dataDri', source: 'mmc.config.json', nearest: 'dataDir' }],
    ['a wrong type in the file', { file: { allowPrivateUrls: 'maybe' } }, { key: 'allowPrivateUrls', allowed: 'true, false' }],
    ['a log level that is none', { env: { LOG_LEVEL: 'loud' } }, { key: 'LOG_LEVEL', allowed: 'debug, info, warn, error, silent' }],
    [
      'a database of another kind',
      { env: { DATABASE_URL: 'mysql://root:hunter2@db' } },
      { key: 'DATABASE_URL', message: 'has a value that cannot be used.' },
    ],
    ['a short key', { env: { MMC_SECRET_KEY: 'hunter2' } }, { key: 'MMC_SECRET_KEY', allowed: '32 characters or more' }],
    ['accounts', { env: { MMC_AUTH: 'accounts' } }, { key: 'MMC_AUTH', message: expect.stringContaining('release 3.0') }],
    ['another word for it', { env: { MMC_AUTH: 'ldap' } }, { key: 'MMC_AUTH', allowed: 'none' }],
    ['a host that others reach', { env: { HOST: '0.0.0.0' } }, { key: 'HOST', allowed: '127.0.0.1, localhost or ::1' }],
    [
      'a file that is not there',
      { env: { MMC_CONFIG: 'gone.json' } },
      { key: 'MMC_CONFIG', message: expect.stringContaining('gone.json') },
    ],
    [
      'a file that is not JSON',
      { files: { 'mmc.config.json': '{\n  "port": 1,\n}' } },
      { key: 'mmc.config.json', message: expect.stringContaining('line 3, column 1') },
    ],
    ['a file that ends early', { files: { 'mmc.config.json': '{"port": 1' } }, { key: 'mmc.config.json' }],
    ['a file that is a list', { file: [] }, { key: 'mmc.config.json' }],
    ['routes', { file: { routes: [] } }, { key: 'routes', message: expect.stringContaining('not part of this version') }],
    [
      'a variable that is not set',
      { file: { port: { env: 'NOPE' } } },
      { key: 'port', message: 'the environment variable NOPE is not set.' },
    ],
    ['providers that are no list', { file: { providers: {} } }, { key: 'providers' }],
    [
      'a provider without a slug',
      provider({ plugin: 'fake', settings: { apiKey: 'abcd' } }),
      { key: 'providers[0].slug', message: 'is missing.' },
    ],
    ['a slug with a slash', provider({ slug: 'a/b', plugin: 'fake', settings: { apiKey: 'abcd' } }), { key: 'providers[0].slug' }],
    ['an unknown plugin', provider({ slug: 'a', plugin: 'fakk' }), { key: 'providers[0].plugin', nearest: 'fake', allowed: 'fake, demo' }],
    ['an unknown member', provider({ slug: 'a', plugin: 'demo', setings: {} }), { key: 'providers[0].setings', nearest: 'settings' }],
    ['a missing setting', provider({ slug: 'a', plugin: 'fake', settings: {} }), { key: 'providers[0].settings.apiKey' }],
    [
      'a setting of the wrong kind',
      provider({ slug: 'a', plugin: 'fake', settings: { apiKey: 'abcd', mode: 'soon' } }),
      { key: 'providers[0].settings.mode', message: 'Must be one of: fast, slow.' },
    ],
    [
      'a misspelt setting',
      provider({ slug: 'a', plugin: 'fake', settings: { apiKey: 'abcd', foldreId: 'x' } }),
      { key: 'providers[0].settings.foldreId', message: expect.stringContaining('folderId') },
    ],
    [
      'a key in a variable that is not set',
      provider({ slug: 'a', plugin: 'fake', settings: { apiKey: { env: 'NOPE' } } }),
      { key: 'providers[0].settings.apiKey' },
    ],
    [
      'a slug twice',
      {
        file: {
          providers: [
            { slug: 'a', plugin: 'demo' },
            { slug: 'a', plugin: 'demo' },
          ],
        },
      },
      { key: 'providers[1].slug', message: '"a" is the slug of providers[0] already; each provider needs its own.' },
    ],
    [
      'a bad value of a vendor variable',
      { env: { FAKE_API_KEY: 'abcd', FAKE_RETRIES: 'many' } },
      { key: 'FAKE_RETRIES', source: 'environment' },
    ],
    ['a bad key of a vendor', { env: { FAKE_API_KEY: 'x' } }, { key: 'FAKE_API_KEY' }],
  ])('%s', (_name, given, problem) => {
    expect(problemsOf(given)).toContainEqual(expect.objectContaining(problem));
  });

  test('all at once, one line each, and no value of a secret', () => {
    const env = { PORT: 'x', MMC_DATADIR: 'y', MMC_SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db', FAKE_API_KEY: 'zzz' };
    const file = { providers: [{ slug: 'a', plugin: 'fake', settings: { apiKey: 'qqq' } }] };
    const { message } = new ConfigError(problemsOf({ env, file }));
    expect(message.split('\n')).toHaveLength(7);
    expect(message).toContain('MMC_DATADIR (environment): is not a known setting. Did you mean MMC_DATA_DIR?');
    expect(message).not.toMatch(/hunter2|zzz|qqq/);
  });

  test('variables of the tools beside the server are no mistakes', () => {
    expect(problemsOf({ env: { MMC_TEST_POSTGRES: '1', MMC_BENCH_RUNS: '2', MMC_LANG: 'ru' } })).toEqual([]);
  });
});
