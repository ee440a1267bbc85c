import { flushCompileCache } from 'node:module';
import { AppError } from '@multimodel/core';
import { MigrationError } from '@multimodel/storage';
import { pino } from 'pino';
import { type Application, compose } from './compose.ts';
import { type Config, isLoopbackHost } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { readCommandLine } from './config/read-sources.ts';
import { usage } from './config/usage.ts';
import { checkHost, listenOnFreePort } from './listen.ts';
import { createLogger } from './logging/create-logger.ts';
import { inspect } from './maintenance/inspect.ts';
import { migrateOnly } from './maintenance/migrate-only.ts';
import { type ReadConfig, readConfig } from './read-config.ts';
import { systemClock } from './system-clock.ts';
import { type TerminalTexts, terminalTexts } from './terminal-texts.ts';

const exitCodes = { ok: 0, failed: 1, badConfiguration: 78 } as const;

/** Where a person reads and stands. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  cwd(): string;
}

/** From the command line to the exit code: starts, serves until told to stop, and goes in order. */
export async function start(argv: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal = process): Promise<number> {
  const texts = terminalTexts(env);
  const { isJsonReady, wantsHelp, task } = readCommandLine(argv, []);
  if (wantsHelp) {
    terminal.stdout.write(usage());
    return exitCodes.ok;
  }
  try {
    const cwd = terminal.cwd();
    // A person at a terminal wants the address, not a log; whoever collects logs wants them.
    const read = () => readConfig({ argv, env, cwd, defaultLogLevel: terminal.stderr.isTTY ? 'warn' : 'info' });
    if (task === 'inspect') return await reportInspection(read, terminal);
    const { config, plugins } = await read();
    if (task === 'migrate') print(await migrateOnly(config), terminal);
    else await serve(config, { plugins, texts, isJsonReady, terminal });
    return exitCodes.ok;
  } catch (error) {
    terminal.stderr.write(`${task === 'serve' ? `${texts.failed}\n` : ''}${explain(error)}\n`);
    return error instanceof ConfigError ? exitCodes.badConfiguration : exitCodes.failed;
  }
}

async function reportInspection(read: () => Promise<ReadConfig>, terminal: Terminal): Promise<number> {
  const inspection = await inspect(async () => (await read()).config);
  print(inspection, terminal);
  return inspection.configuration.ok ? exitCodes.ok : exitCodes.badConfiguration;
}

function print(report: object, { stdout }: Terminal): void {
  stdout.write(`${JSON.stringify(report)}\n`);
}

interface ServeOptions {
  readonly plugins: ReadConfig['plugins'];
  readonly texts: TerminalTexts;
  readonly isJsonReady: boolean;
  readonly terminal: Terminal;
}

async function serve(config: Config, { plugins, texts, isJsonReady, terminal }: ServeOptions): Promise<void> {
  await checkHost(config);
  // Logs go to stderr: stdout belongs to the person, or to the program that reads the ready line.
  const destination = pino.destination({ dest: 2, sync: false });
  const logger = createLogger(config.logLevel, destination);
  await using application = await compose({ config, plugins, clock: systemClock, logger });
  const recovered = await application.recover();
  const { host, places } = config;
  const port = await listenOnFreePort(application.app, { host, port: config.port, places, noFreePort: texts.noFreePort });
  logger.info({ host, port, recovered }, 'ready');
  announce({ host, port, wanted: config.port, recovered }, isJsonReady ? undefined : texts, terminal);
  // Now, not at the end: a process that is killed must not make the next start slow.
  flushCompileCache();
  await stopSignal(application, config, isJsonReady ? undefined : texts);
  logger.info('stopped');
  destination.flushSync();
}

interface Announcement {
  readonly host: string;
  readonly port: number;
  readonly wanted: number;
  readonly recovered: number;
}

function announce({ host, port, wanted, recovered }: Announcement, texts: TerminalTexts | undefined, { stdout }: Terminal): void {
  if (!texts) {
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    stdout.write(`${JSON.stringify({ ready: true, url: `http://${name}:${port}`, pid: process.pid })}\n`);
    return;
  }
  if (wanted !== 0 && port !== wanted) stdout.write(`${texts.portTaken(wanted, port)}\n`);
  if (recovered > 0) stdout.write(`${texts.recovered(recovered)}\n`);
  stdout.write(`${texts.ready(`http://${isLoopbackHost(host) ? 'localhost' : host}:${port}`)}\n`);
}

/** Resolves when runs have ended after the first signal; a second one ends them at once. */
async function stopSignal(application: Application, { shutdownGraceMs }: Config, texts: TerminalTexts | undefined): Promise<void> {
  const drained = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals === 1 && texts) process.stderr.write(`${texts.stopping}\n`);
    application.drain({ graceMs: signals === 1 ? shutdownGraceMs : 0 }).then(drained.resolve, drained.reject);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
  await drained.promise;
}

function explain(error: unknown): string {
  if (error instanceof MigrationError && error.cause instanceof Error) return `${error.message}\n${error.cause.message}`;
  if (error instanceof ConfigError || error instanceof AppError) return error.message;
  // Nobody foresaw it, so only the stack can help.
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
