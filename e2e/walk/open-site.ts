import { removeDataDir, type ServerProcess, startServer } from '../src/server-process.ts';

/** A server that can be killed and started again on the same port and data. */
export interface Site {
  readonly url: string;
  /** Holds the database, `multimodel.db`. */
  readonly dataDir: string;
  stop(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  restart(signal: NodeJS.Signals): Promise<void>;
}

/** Disposing stops the server and removes its data. */
export async function openSite(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Site & AsyncDisposable> {
  let server: ServerProcess = await startServer({ dataDir, env });
  const { url } = server;
  const stop = (signal: NodeJS.Signals): Promise<void> => server.kill(signal);
  const start = async (): Promise<void> => {
    server = await startServer({ dataDir, env: { ...env, PORT: new URL(url).port } });
  };
  return {
    url,
    dataDir,
    stop,
    start,
    async restart(signal) {
      await stop(signal);
      await start();
    },
    async [Symbol.asyncDispose]() {
      await server.kill('SIGTERM');
      await removeDataDir(dataDir);
    },
  };
}
