import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataDir, removeDataDir, type ServerProcess, startServer } from '../src/server-process.ts';
import { test as base } from './walk.ts';

/** A fresh installation: nothing is configured, only the demo answers. */
export const test = base.extend({
  site: [
    async ({ simulator }, use) => {
      const dataDir = await createDataDir(simulator.url);
      await writeFile(join(dataDir, 'mmc.config.json'), JSON.stringify({ providers: [] }));
      let server: ServerProcess = await startServer({ dataDir });
      const { url } = server;
      const stop = (signal: NodeJS.Signals): Promise<void> => server.kill(signal);
      const start = async (): Promise<void> => {
        server = await startServer({ dataDir, env: { PORT: new URL(url).port } });
      };
      const restart = async (signal: NodeJS.Signals): Promise<void> => {
        await stop(signal);
        await start();
      };
      await use({ url, dataDir, stop, start, restart });
      await server.kill('SIGTERM');
      await removeDataDir(dataDir);
    },
    { scope: 'worker' },
  ],
});
