import pg from 'pg';

/** The PostgreSQL server that `npm test` brings; its tests are skipped, and counted so, without it. */
export const postgresUrl = process.env['MMC_TEST_POSTGRES_URL'];

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

let counter = 0;

/** A database of its own, dropped at the end. */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  counter += 1;
  const name = `mmc_e2e_${process.pid}_${counter}`;
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, [Symbol.asyncDispose]: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
