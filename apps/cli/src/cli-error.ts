import { type ExitCode, type ExitName, exitCodes } from './exit-codes.ts';

/** For `--json`, where no more exact one is known. */
const codeOf: Readonly<Record<ExitName, string>> = {
  ok: 'ok',
  failed: 'failed',
  usage: 'usage',
  badInput: 'bad_input',
  noServer: 'no_server',
  retryable: 'retryable',
  configuration: 'configuration',
  stopped: 'stopped',
};

/** Ends the program with a sentence for people and a code for programs. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exit: ExitName;
  /** Stable; for `--json`. */
  readonly code: string;

  constructor(exit: ExitName, message: string, { code = codeOf[exit], cause }: { readonly code?: string; readonly cause?: unknown } = {}) {
    super(message, { cause });
    this.exit = exit;
    this.code = code;
  }

  get exitCode(): ExitCode {
    return exitCodes[this.exit];
  }
}
