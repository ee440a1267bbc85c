import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import { type Context, createContext, defaultServer, serverUrl } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { createProgram } from './program.ts';
import { languages } from './texts/catalogue.ts';
import { takeLanguage } from './texts/texts.ts';
import { toUsageError } from './usage-error.ts';

/** From the words of the command line to the exit code. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { rest, wanted } = takeLanguage(argv);
  // Programs of ours that are started read the same variable.
  const context = createContext(wanted === undefined ? env : { ...env, MMC_LANG: wanted });
  leaveWithReader(context.stdout);
  if (wanted !== undefined && !languages.some((language) => language === wanted)) {
    return fail(new CliError('usage', context.texts.say('badLanguage', { value: wanted })), rest, context);
  }
  return run(rest, context);
}

async function run(argv: readonly string[], context: Context): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram({ context, done: (code) => (exitCode = code) }, version());
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    return exitCodes.usage;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return fail(error, argv, context);
  }
}

function fail(error: unknown, argv: readonly string[], context: Context): number {
  // Help and version end the parser this way too.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
  const { texts, stdout, stderr, notices } = context;
  const name =
    /^[a-z]+$/.test(argv[0] ?? '') && error instanceof CommanderError && error.code !== 'commander.unknownCommand' ? ` ${argv[0]}` : '';
  const told =
    error instanceof CommanderError
      ? toUsageError(error, { texts, command: `mmc${name}` })
      : explainError(error, { texts, url: urlOf(argv, context) });
  const { code, message, exitCode } = told;
  if (argv.includes('--json')) stdout.write(`${JSON.stringify({ type: 'error', code, message, exitCode })}\n`);
  else stderr.write(`${notices.error(message)}\n`);
  return exitCode;
}

/** The server that was meant, for a message about it. */
function urlOf(argv: readonly string[], context: Context): string {
  const at = argv.indexOf('--server');
  const given = at === -1 ? argv.find((arg) => arg.startsWith('--server='))?.slice('--server='.length) : argv[at + 1];
  try {
    return serverUrl(context, given);
  } catch (error) {
    if (error instanceof CliError) return defaultServer;
    throw error;
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

/** `mmc models | head -1`: who reads us has enough. */
function leaveWithReader(stdout: NodeJS.WriteStream): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
}
