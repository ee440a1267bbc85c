import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly elapsedMs: number;
}

export interface CommandOptions {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Ends the program. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end and keeps what it printed, both streams in the order they came. */
export function runCommand(
  file: string,
  args: readonly string[],
  { cwd, env, onOutput, signal }: CommandOptions = {},
): Promise<CommandResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      onOutput?.(chunk.toString());
    };
    const end = (exitCode: number): void => resolve({ exitCode, output, elapsedMs: performance.now() - startedAt });
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], signal });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      output += `${file}: ${error.message}\n`;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** Runs a JavaScript or TypeScript file with the Node that runs us. */
export function runNode(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
  return runCommand(process.execPath, args, options);
}
