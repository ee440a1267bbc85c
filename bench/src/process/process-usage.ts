import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;
const pageBytes = 4096;

/** CPU milliseconds that a process and all its threads have used so far (Linux). */
export function cpuMs(pid: number): number {
  const ns = threadsCpuNs(pid);
  return ns > 0 ? ns / 1e6 : ticksCpuMs(pid);
}

/** Nanosecond counts per thread; the ticks of /proc/pid/stat are too coarse for short windows. */
function threadsCpuNs(pid: number): number {
  let total = 0;
  for (const thread of listNames(`/proc/${pid}/task`)) {
    total += Number(readText(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]);
  }
  return total;
}

function ticksCpuMs(pid: number): number {
  const fields = statFields(pid);
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

/** Resident bytes of a process. */
export function residentBytes(pid: number): number {
  return Number(readText(`/proc/${pid}/statm`).split(' ')[1]) * pageBytes;
}

/** A process and its direct children: PostgreSQL works in one process per connection. */
export function familyOf(pid: number): number[] {
  const children = listNames('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => Number(statFields(candidate)[1]) === pid);
  return [pid, ...children];
}

/** Fields of /proc/pid/stat after the name, which may hold spaces: [0] is the state, [1] the parent. */
function statFields(pid: number): string[] {
  const line = readText(`/proc/${pid}/stat`);
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** Empty when the process or thread has gone in the meantime. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function listNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
