import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, ProviderPlugin } from '@multimodel/core';
import type { QueryInfo } from '@multimodel/storage';
import type { LightMyRequestResponse } from 'fastify';
import { compose } from '../compose.ts';
import type { BrokenPlugin } from '../config/config.ts';
import { type ConfigSources, loadConfig } from '../config/load-config.ts';
import { createLogger } from '../logging/create-logger.ts';
import type { Api } from '../rest/api.ts';
import { systemClock } from '../system-clock.ts';
import { createFakePlugins, createFakeVendor, type FakeVendor } from './fake-plugin.ts';

export interface TestApplication extends AsyncDisposable {
  readonly app: Api;
  readonly vendor: FakeVendor;
  /** Everything that was logged. */
  readonly log: string[];
  readonly queries: QueryInfo[];
  readonly dataDir: string;
  drain(options: { readonly graceMs: number }): Promise<void>;
  call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

export interface TestOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** An earlier application's, to start again on the same data. */
  readonly dataDir?: string | undefined;
  /** Beside those of the fake vendor. */
  readonly plugins?: readonly ProviderPlugin[] | undefined;
  /** Plugins that were named and could not be loaded. */
  readonly brokenPlugins?: readonly BrokenPlugin[] | undefined;
  /** Absent: the real one. */
  readonly clock?: Clock | undefined;
}

/** The whole instance over a real SQLite file, with a fake vendor; nothing listens. */
export async function openTestApplication(options: TestOptions = {}): Promise<TestApplication> {
  const { env = {}, files = {}, dataDir, clock = systemClock } = options;
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'mmc-server-')));
  const vendor = createFakeVendor();
  const plugins = [...createFakePlugins(vendor), ...(options.plugins ?? [])];
  const log: string[] = [];
  const queries: QueryInfo[] = [];
  const config = loadConfig({
    ...testSources({ env, files }),
    argv: ['--data-dir', folder],
    plugins,
    brokenPlugins: options.brokenPlugins,
  });
  const logger = createLogger('debug', { write: (line) => void log.push(line) });
  const application = await compose({ config, plugins, clock, logger, onQuery: (query) => void queries.push(query) });
  return {
    app: application.app,
    vendor,
    log,
    queries,
    dataDir: folder,
    drain: (options) => application.drain(options),
    call: (method, url, body, headers = {}) =>
      application.app.inject({
        method,
        url,
        headers: { host: 'localhost:3000', ...headers },
        ...(body !== undefined && {
          payload: JSON.stringify(body),
          headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers },
        }),
      }),
    async [Symbol.asyncDispose]() {
      await application[Symbol.asyncDispose]();
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export function testSources({ env = {}, files = {} }: Pick<TestOptions, 'env' | 'files'>): Omit<ConfigSources, 'plugins'> {
  return { argv: [], env, readText: (path) => files[path], cwd: '/nowhere', defaultPublicDir: '/nowhere/dist' };
}
