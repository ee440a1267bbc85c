import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type CommandTypes, type ControlReply, isControlReply } from './control-channel.ts';

/** A process of the bench itself: the vendor, the proxy, the load. */
export interface WorkerProcess<Commands extends CommandTypes> extends AsyncDisposable {
  readonly pid: number;
  call<Name extends keyof Commands & string>(command: Name, input: Commands[Name]['input']): Promise<Commands[Name]['output']>;
}

export interface WorkerOptions {
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly nodeOptions?: readonly string[] | undefined;
}

/** Starts a module as a process and resolves when it serves commands. */
export async function startWorker<Commands extends CommandTypes>(
  module: URL,
  { environment = {}, nodeOptions = [] }: WorkerOptions = {},
): Promise<WorkerProcess<Commands>> {
  const env = { ...process.env, NODE_ENV: 'production', ...environment };
  const child = fork(module, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...nodeOptions],
    env,
  });
  const replies = new PendingReplies(child);
  await replies.wait(readyId);
  return {
    pid: child.pid ?? 0,
    call: async <Name extends keyof Commands & string>(command: Name, input: Commands[Name]['input']) => {
      const id = replies.nextId();
      child.send({ id, command, input });
      const output = await replies.wait(id);
      if (!isOutputOf<Commands[Name]['output']>(output)) throw new TypeError(`${command} gave no output`);
      return output;
    },
    [Symbol.asyncDispose]: () => stopProcess(child),
  };
}

/** Ends a child: SIGTERM, and SIGKILL when it has not gone by then. */
export async function stopProcess(child: ChildProcess, graceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}

const readyId = 0;

/** Both ends share the type of their commands: what comes back is what was declared. */
function isOutputOf<Output>(_output: unknown): _output is Output {
  return true;
}

class PendingReplies {
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = readyId;

  constructor(child: ChildProcess) {
    child.on('message', (message: unknown) => {
      if (isControlReply(message)) this.#settle(message);
    });
    child.on('exit', (code) => this.#failAll(new Error(`A process of the bench ended with code ${code}: ${child.spawnargs.join(' ')}`)));
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  wait(id: number): Promise<unknown> {
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    return waiting.promise;
  }

  #settle(reply: ControlReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.output);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
