import { join } from 'node:path';
import {
  AnswerService,
  ChatService,
  ClearedChats,
  type Clock,
  ContextService,
  createIdGenerator,
  ModelCatalog,
  type ProviderPlugin,
  type ProviderPolicy,
  ProviderRegistry,
  ProviderService,
  ProviderTester,
  RunService,
  SettingsService,
  TrustService,
} from '@multimodel/core';
import { type OnQuery, openStorage } from '@multimodel/storage';
import type { FastifyBaseLogger } from 'fastify';
import { createApp } from './app.ts';
import { openAttachments } from './attachments/open-attachments.ts';
import { blameDatabase } from './config/blame-database.ts';
import type { Config } from './config/config.ts';
import { isPrivateUrl } from './config/private-url.ts';
import { Metrics } from './operations/metrics.ts';
import { Readiness } from './operations/readiness.ts';
import { provisionProviders } from './provisioning.ts';
import type { Api } from './rest/api.ts';
import { SealedSettings } from './secrets/sealed-settings.ts';
import { SecretBox } from './secrets/secret-box.ts';
import { createSecretKey, findSecretKey } from './secrets/secret-key.ts';
import { settingPlaces } from './setting-places.ts';
import { OpenStreams } from './sse/open-streams.ts';
import { RootFiles } from './trust/root-files.ts';

export interface ComposeOptions {
  readonly config: Config;
  readonly plugins: readonly ProviderPlugin[];
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
  readonly onQuery?: OnQuery | undefined;
}

/** A whole instance, put together but not listening yet. */
export interface Application extends AsyncDisposable {
  readonly app: Api;
  /** Marks runs of a process that is gone; how many there were. Before the first request. */
  recover(): Promise<number>;
  /** No new runs; those at work get `graceMs`. A second call with less hurries the first. */
  drain(options: { readonly graceMs: number }): Promise<void>;
}

/** How long a start waits for a process that is going away with the same database. */
const lockWaitMs = 2_000;
/** How long readers may take for the last events of a shutdown. */
const lastEventsMs = 1_000;

/** The one place where everything is wired. */
export async function compose({ config, plugins, clock, logger, onQuery }: ComposeOptions): Promise<Application> {
  await using stack = new AsyncDisposableStack();
  const newId = createIdGenerator({ now: () => clock.now(), randomBytes: (target) => crypto.getRandomValues(target) });
  // A key that cannot be read stops the start before anything is written; a new one is made only beside a database that is ours.
  const secretKey = await findSecretKey(config);
  const readiness = await openOwnDatabase({ config, clock, logger, onQuery }, stack);
  const { storage } = readiness;
  const secrets = new SealedSettings(new SecretBox(secretKey ?? (await createSecretKey(config))));
  const records = await provisionProviders({ storage, secrets, plugins, clock, newId }, config.providers);
  const policy = policyOf(config);
  const roots = new RootFiles(config.dataDir, logger);
  const registry = stack.use(
    new ProviderRegistry({
      plugins,
      clock,
      logger,
      placeOf: settingPlaces(config, plugins),
      unseal: (record) => secrets.unseal(record).values,
      isAllowedAddress: (url) => policy.isAllowedAddress(url),
      trustedRoots: (plugin) => roots.find(plugin),
    }),
  );
  registry.load(records);

  const metrics = new Metrics({ process: true });
  const models = new ModelCatalog({ registry, clock, logger });
  const attachments = openAttachments(config, { storage, clock, logger, newId }, stack);
  const process = { id: newId(), newId, observer: metrics, attachments };
  const runs = new RunService({ storage, clock, logger, registry, models, process });
  const chats = new ChatService({ storage, clock, runs, models, attachments, newId });
  stack.use(new ClearedChats({ storage, chats, clock, logger }));
  const answers = new AnswerService({ storage, clock, runs, models, newId });
  const context = new ContextService({ storage, models, attachments });
  const settings = new SettingsService({ storage, clock, models });
  const providers = new ProviderService({ storage, registry, secrets, policy, clock, newId });
  const trust = new TrustService({ registry, providers, roots });
  const tester = new ProviderTester({ storage, registry, secrets, policy, clock, logger });
  const streams = new OpenStreams();
  metrics.watch({ activeRuns: () => runs.activeCount, openStreams: () => streams.count, bufferedBytes: () => streams.bufferedBytes });

  let isShuttingDown = false;
  const app = await createApp({
    config,
    api: {
      services: { chats, answers, attachments, context, runs, providers, trust, tester, models, settings },
      brokenPlugins: config.brokenPlugins,
      clock,
      streams,
    },
    operations: { readiness, metrics, metricsToken: config.metricsToken, isShuttingDown: () => isShuttingDown },
    logger,
    newId,
  });
  stack.defer(() => app.close());
  for (const warning of config.warnings) logger.warn(warning);

  const resources = stack.move();
  return {
    app,
    recover: () => runs.recover(),
    async drain({ graceMs }) {
      isShuttingDown = true;
      // Open connections stay: their readers see the last events.
      app.server.close();
      await runs.shutdown({ graceMs });
      await within(clock, lastEventsMs, streams.whenClosed());
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

function policyOf({ allowPrivateUrls, providers }: Config): ProviderPolicy {
  const configured = new Set(providers.map(({ slug }) => slug));
  return {
    isAllowedAddress: (url) => allowPrivateUrls || !isPrivateUrl(url),
    isConfigured: (slug) => configured.has(slug),
  };
}

/** Locked and migrated. Its faults are those of the set-up. */
async function openOwnDatabase(options: Omit<ComposeOptions, 'plugins'>, stack: AsyncDisposableStack): Promise<Readiness> {
  return blameDatabase(options.config, async () => {
    const storage = stack.use(await openDatabase(options));
    const lock = stack.use(await storage.acquireInstanceLock({ waitMs: lockWaitMs }));
    await storage.migrate();
    return new Readiness({ storage, lock, clock: options.clock });
  });
}

/** The tables are not made yet. */
export async function openDatabase({ config, ...deps }: Omit<ComposeOptions, 'plugins'>): Promise<Awaited<ReturnType<typeof openStorage>>> {
  return openStorage({
    url: config.databaseUrl,
    synchronous: config.sqliteSynchronous,
    backupDir: join(config.dataDir, 'backups'),
    ...deps,
  });
}

async function within(clock: Clock, limitMs: number, work: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const cancel = clock.schedule(limitMs, limit.resolve);
  await Promise.race([work, limit.promise]);
  cancel();
}
