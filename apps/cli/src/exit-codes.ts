/** What the shell learns; after sysexits(3) where it has a word for it. Scripts rely on these numbers. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  badInput: 65,
  noServer: 69,
  retryable: 75,
  configuration: 78,
  stopped: 130,
} as const;

export type ExitName = keyof typeof exitCodes;
export type ExitCode = (typeof exitCodes)[ExitName];
