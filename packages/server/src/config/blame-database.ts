import { AppError } from '@multimodel/core';
import { MigrationError, sqlitePath } from '@multimodel/storage';
import type { Config, GivenPlace } from './config.ts';
import { ConfigError } from './config-error.ts';

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'places'>;

/** Runs work of a start. A database that cannot be had is a fault of the set-up: told with the setting that names it. */
export async function blameDatabase<T>(config: DatabaseConfig, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = faultOf(error);
    throw fault === undefined ? error : new ConfigError([{ ...placeOf(config), message: sentenceOf(fault, config) }]);
  }
}

function faultOf(error: unknown): AppError | undefined {
  // What stopped a migration may lie outside it, such as a full disk.
  const fault = error instanceof MigrationError ? error.cause : error;
  return fault instanceof AppError && fault.code === 'storage_unavailable' ? fault : undefined;
}

function placeOf({ places }: DatabaseConfig): GivenPlace {
  return places.databaseUrl ?? places.dataDir ?? { key: 'MMC_DATA_DIR', source: 'not set: ./data' };
}

function sentenceOf({ message }: AppError, { databaseUrl }: DatabaseConfig): string {
  const path = sqlitePath(databaseUrl);
  const sentence = path === undefined || message.includes(path) ? message : `The database ${path} cannot be used. ${message}`;
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
