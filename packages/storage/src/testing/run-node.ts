import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../index.ts', import.meta.url));

export interface NodeProcess {
  /** First line that the program writes. */
  readonly firstLine: Promise<string>;
  /** All of its output, once it has ended. */
  readonly output: Promise<string>;
  kill(): Promise<void>;
}

interface ProcessLimits {
  /** Files may not grow beyond it: what a full disk is like. Not on Windows. */
  readonly maxFileKb?: number | undefined;
}

function commandLine(source: string, { maxFileKb }: ProcessLimits): readonly [string, readonly string[]] {
  const own = ['--input-type=module', '--eval', source];
  if (maxFileKb === undefined) return [process.execPath, own];
  return ['bash', ['-c', `ulimit -f ${maxFileKb}; trap '' XFSZ; exec "$0" "$@"`, process.execPath, ...own]];
}

/** Runs a program in a process of its own; `openStorage`, `options(url)` and `print(value)` are at hand. */
export function runNode(program: string, limits: ProcessLimits = {}): NodeProcess {
  const source = `
    import { openStorage } from ${JSON.stringify(entry)};
    const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
    const clock = { now: Date.now, monotonic: () => performance.now(), schedule: (ms, call) => { const timer = setTimeout(call, ms); return () => clearTimeout(timer); } };
    const options = (url, more = {}) => ({ url, clock, logger: silent, ...more });
    const print = (value) => console.log(JSON.stringify(value));
    ${program}`;
  const child = spawn(...commandLine(source, limits), { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.on('close', () => resolve(text));
  });
  return {
    firstLine,
    output: exited.then(() => text.trim()),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
