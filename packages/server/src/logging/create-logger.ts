import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';

const secretNames: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'apiKey',
  'iamToken',
  'secretKey',
  'secrets',
  'sealedSecrets',
  'password',
  'token',
  'databaseUrl',
]);

/** Structured lines with times, ids and facts. Texts of people, bodies and headers are never passed in; known names of secrets are cut out all the same. */
export function createLogger(level: Config['logLevel'], destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => censor(fields, 1) },
      serializers: { err: (error: unknown) => toLoggedError(error) },
    },
    destination,
  );
}

/** Fields and the fields of their objects; pino's own redaction costs ten times the line. */
function censor(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let censored: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(fields)) {
    const shown = secretNames.has(name) ? '[secret]' : depth > 0 && isPlainObject(value) ? censor(value, depth - 1) : value;
    if (shown === value) continue;
    censored ??= { ...fields };
    censored[name] = shown;
  }
  return censored ?? fields;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: LoggedError | undefined;
}

const deepestCause = 3;

/** Only these members: libraries hang whole requests on their errors. */
function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  return {
    type: error.name,
    message: error.message,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    stack: error.stack,
    cause: error.cause === undefined || depth >= deepestCause ? undefined : toLoggedError(error.cause, depth + 1),
  };
}
