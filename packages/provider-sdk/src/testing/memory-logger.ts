import type { LogFields, Logger } from '@multimodel/core';

export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  /** With those of the parents. */
  readonly fields: LogFields;
}

export interface MemoryLogger extends Logger {
  /** Everything logged so far, by children too. */
  readonly entries: readonly LogEntry[];
}

/**
 * A logger that remembers.
 *
 * @example
 * const logger = createMemoryLogger();
 * logger.child({ provider: 'acme' }).warn({ status: 429 }, 'slow down');
 * logger.entries[0]; // { level: 'warn', message: 'slow down', fields: { provider: 'acme', status: 429 } }
 */
export function createMemoryLogger(): MemoryLogger {
  const entries: LogEntry[] = [];
  return { ...loggerInto(entries, {}), entries };
}

function loggerInto(entries: LogEntry[], own: LogFields): Logger {
  const at =
    (level: LogEntry['level']) =>
    (fields: LogFields, message: string): void => {
      entries.push({ level, message, fields: { ...own, ...fields } });
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => loggerInto(entries, { ...own, ...fields }),
  };
}
