import type { MigrationReport } from '@multimodel/storage';
import { openDatabase } from '../compose.ts';
import { blameDatabase } from '../config/blame-database.ts';
import type { Config } from '../config/config.ts';
import { createLogger } from '../logging/create-logger.ts';
import { systemClock } from '../system-clock.ts';

/** Whoever asked reads the report, not a log. */
export const silentLogger = createLogger('silent', process.stderr);

/** What a start does to the database, without the start: under the lock, with a backup first. */
export async function migrateOnly(config: Config): Promise<MigrationReport> {
  return blameDatabase(config, async () => {
    await using storage = await openDatabase({ config, clock: systemClock, logger: silentLogger });
    await storage.acquireInstanceLock();
    return await storage.migrate();
  });
}
