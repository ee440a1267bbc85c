import type { LoadTarget } from '../load/load-commands.ts';
import { cpuMs } from '../process/process-usage.ts';
import type { MetricsReading } from './metrics-reading.ts';

/** What is measured. `direct` has nothing between generator and vendor: what it shows is the bench's own. */
export type SubjectName = 'direct' | 'baseline' | 'sqlite' | 'postgres';

export interface Subject extends AsyncDisposable {
  readonly name: SubjectName;
  readonly target: LoadTarget;
  /** Absent for `direct`. */
  readonly pid?: number | undefined;
  /** CPU of the database's own processes. */
  databaseCpuMs?(): number;
  metrics?(): Promise<MetricsReading>;
}

export interface CpuReading {
  readonly ownMs: number;
  readonly databaseMs: number;
}

export function readCpu(subject: Subject): CpuReading {
  return { ownMs: subject.pid === undefined ? 0 : cpuMs(subject.pid), databaseMs: subject.databaseCpuMs?.() ?? 0 };
}

export function cpuSince(subject: Subject, before: CpuReading): CpuReading {
  const now = readCpu(subject);
  return { ownMs: now.ownMs - before.ownMs, databaseMs: now.databaseMs - before.databaseMs };
}
