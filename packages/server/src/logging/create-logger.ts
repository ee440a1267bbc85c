import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.ts';

const censored = [
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
];

/** Structured lines with times, ids and facts. Texts of people, bodies and headers are never passed in; known names of secrets are cut out all the same. */
export function createLogger(level: Config['logLevel'], destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: censored.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
      serializers: { err: (error: unknown) => toLoggedError(error) },
    },
    destination,
  );
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
