import type { LoadCommands } from './load/load-commands.ts';
import type { BenchOptions } from './options.ts';
import { startWorker } from './process/worker-process.ts';
import { Ledger } from './report/ledger.ts';
import type { Measure } from './report/measure.ts';
import { type BenchContext, createVendor, type Vendor } from './scenario/bench-context.ts';
import { scenarios } from './scenario/scenarios.ts';
import { warmUp } from './scenario/window.ts';
import { type PostgresServer, startPostgres } from './subject/postgres.ts';
import { directSubject, startBaseline, startOurs } from './subject/start-subjects.ts';
import type { Subject } from './subject/subject.ts';
import type { VendorCommands } from './vendor/vendor-commands.ts';

export interface BenchResult {
  readonly measures: readonly Measure[];
  readonly ledger: Ledger;
  /** Why PostgreSQL did not take part. */
  readonly skipped: string | undefined;
}

/** Starts the processes, runs the scenarios, and takes everything down again. */
export async function runBench(options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  await using stack = new AsyncDisposableStack();
  const worker = stack.use(await startWorker<VendorCommands>(new URL('./vendor/mock-vendor.ts', import.meta.url)));
  const vendor = createVendor(worker, await worker.call('listen', undefined));
  const load = stack.use(await startWorker<LoadCommands>(new URL('./load/load-generator.ts', import.meta.url)));
  const started = options.hasPostgres ? await startPostgres(process.env) : 'switched off by --no-postgres';
  const [postgres, skipped] = typeof started === 'string' ? [undefined, started] : [stack.use(started), undefined];
  const ledger = new Ledger();
  const shared = new SharedSubjects(vendor, postgres, stack);
  const context: BenchContext = { plan: options.plan, vendor, load, ledger, postgres, subjects: () => shared.get(context), say };
  const measures: Measure[] = [];
  for (const scenario of scenarios.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
    say(scenario.title);
    measures.push(...(await scenario.run(context)));
  }
  return { measures, ledger, skipped };
}

/** Started when the first scenario asks, so that they do not weigh on those that measure alone. */
class SharedSubjects {
  readonly #vendor: Vendor;
  readonly #postgres: PostgresServer | undefined;
  readonly #stack: AsyncDisposableStack;
  #subjects: Subject[] | undefined;

  constructor(vendor: Vendor, postgres: PostgresServer | undefined, stack: AsyncDisposableStack) {
    this.#vendor = vendor;
    this.#postgres = postgres;
    this.#stack = stack;
  }

  async get(context: BenchContext): Promise<readonly Subject[]> {
    if (this.#subjects) return this.#subjects;
    const vendorUrl = this.#vendor.url;
    const subjects = [
      directSubject(vendorUrl),
      this.#stack.use(await startBaseline(vendorUrl)),
      this.#stack.use(await startOurs({ vendorUrl })),
    ];
    if (this.#postgres) subjects.push(this.#stack.use(await startOurs({ vendorUrl, postgres: this.#postgres })));
    this.#subjects = subjects;
    await context.vendor.pace({ firstMs: 10, gapMs: 1 });
    await warmUp(context, subjects);
    return subjects;
  }
}
