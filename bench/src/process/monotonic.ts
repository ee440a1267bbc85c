/** Microseconds of the machine's monotonic clock: the same count in every process, so stamps can cross them. */
export function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
