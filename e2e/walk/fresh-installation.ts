import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataDir } from '../src/server-process.ts';
import { openSite } from './open-site.ts';
import { test as base } from './walk.ts';

/** A fresh installation: nothing is configured, only the demo answers. */
export const test = base.extend({
  site: [
    async ({ simulator }, use) => {
      const dataDir = await createDataDir(simulator.url);
      await writeFile(join(dataDir, 'mmc.config.json'), JSON.stringify({ providers: [] }));
      await using site = await openSite(dataDir);
      await use(site);
    },
    { scope: 'worker' },
  ],
});
