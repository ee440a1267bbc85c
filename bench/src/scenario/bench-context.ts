import type { LoadCommands } from '../load/load-commands.ts';
import type { Plan } from '../plan.ts';
import type { WorkerProcess } from '../process/worker-process.ts';
import type { Ledger } from '../report/ledger.ts';
import type { Measure } from '../report/measure.ts';
import type { PostgresServer } from '../subject/postgres.ts';
import type { Subject } from '../subject/subject.ts';
import type { Pace, VendorCommands, VendorCounters } from '../vendor/vendor-commands.ts';

export interface Vendor {
  readonly url: string;
  pace(pace: Pace): Promise<void>;
  counters(): Promise<VendorCounters>;
}

export function createVendor(worker: WorkerProcess<VendorCommands>, url: string): Vendor {
  return {
    url,
    pace: async (pace) => {
      await worker.call('pace', pace);
    },
    counters: () => worker.call('counters', undefined),
  };
}

/** What every scenario works with. */
export interface BenchContext {
  readonly plan: Plan;
  readonly vendor: Vendor;
  readonly load: WorkerProcess<LoadCommands>;
  readonly ledger: Ledger;
  readonly postgres: PostgresServer | undefined;
  /** All subjects, started and warmed up once, for the scenarios that do not need a fresh process. Sets the vendor's pace. */
  subjects(): Promise<readonly Subject[]>;
  say(line: string): void;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  run(context: BenchContext): Promise<readonly Measure[]>;
}
