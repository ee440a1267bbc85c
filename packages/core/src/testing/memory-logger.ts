import type { LogFields, Logger } from '../shared/logger.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: LogFields;
  readonly message: string;
}

export interface MemoryLogger extends Logger {
  readonly lines: readonly LogLine[];
}

/** Keeps what was logged; children write to the same list. */
export function createMemoryLogger(): MemoryLogger {
  const lines: LogLine[] = [];
  const loggerWith = (bound: LogFields): MemoryLogger => {
    const write =
      (level: LogLine['level']) =>
      (fields: LogFields, message: string): void =>
        void lines.push({ level, fields: { ...bound, ...fields }, message });
    return {
      lines,
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => loggerWith({ ...bound, ...fields }),
    };
  };
  return loggerWith({});
}
