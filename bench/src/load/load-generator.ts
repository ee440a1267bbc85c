import { Pool } from 'undici';
import { monotonicUs } from '../process/monotonic.ts';
import { serveCommands } from '../process/serve-commands.ts';
import { exchange } from './exchange.ts';
import { HeldStreams } from './held-streams.ts';
import type { LoadCommands, PlainInput, PlainReport } from './load-commands.ts';
import { LoadRun } from './load-run.ts';
import { Samples } from './samples.ts';

/** The process that loads. It holds one pool per address, so that no window pays for the connections of the one before. */
const pools = new Map<string, Pool>();
let held: HeldStreams | undefined;

function poolOf(url: string): Pool {
  const known = pools.get(url);
  if (known) return known;
  const pool = new Pool(url, { connections: null, keepAliveTimeout: 3_000, headersTimeout: 60_000 });
  pools.set(url, pool);
  return pool;
}

async function rest(): Promise<undefined> {
  await Promise.all([...pools.values()].map((pool) => pool.destroy()));
  pools.clear();
  return undefined;
}

async function plain({ url, method, body, slots, seconds }: PlainInput): Promise<PlainReport> {
  const { origin, pathname, search } = new URL(url);
  const pool = poolOf(origin);
  const totalMs = new Samples();
  const problems: string[] = [];
  const beginUs = monotonicUs();
  let completed = 0;
  const slot = async (): Promise<void> => {
    while (monotonicUs() - beginUs < seconds * 1e6 && problems.length < 5) {
      const sentUs = monotonicUs();
      const { status, text } = await exchange(pool, {
        method,
        path: pathname + search,
        body,
        headers: { 'content-type': 'application/json' },
      });
      if (status !== 200) problems.push(`status ${status}: ${text.slice(0, 200)}`);
      totalMs.push((monotonicUs() - sentUs) / 1000);
      completed += 1;
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
  return { completed, perSecond: (completed * 1e6) / (monotonicUs() - beginUs), totalMs: totalMs.take(), problems };
}

serveCommands<LoadCommands>({
  run: ({ target, arrivals }) => new LoadRun(poolOf(target.url), target).run(arrivals),
  hold: ({ target, count }) => {
    held = new HeldStreams(poolOf(target.url), target);
    return held.open(count);
  },
  release: async () => {
    const report = await held?.release();
    held = undefined;
    return report ?? { held: 0, problems: [] };
  },
  plain,
  rest,
});
