import type { JsonValue } from '@multimodel/core';
import { AppError } from '@multimodel/core';

/** A column that may be empty ↔ an optional member. */
export const fromNull = <T>(value: T | null): T | undefined => (value === null ? undefined : value);
export const toNull = <T>(value: T | undefined): T | null => (value === undefined ? null : value);

/** PostgreSQL cannot keep U+0000 in text, which a model may well send: both databases keep U+FFFD instead. */
export const toText = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);
export const toOptionalText = (text: string | undefined): string | null => (text === undefined ? null : toText(text));

export const toFlag = (value: boolean): number => (value ? 1 : 0);
export const fromFlag = (value: number): boolean => value !== 0;

export const toJson = (value: unknown): string => JSON.stringify(value);
export const toOptionalJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

function parse(column: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('internal', `The database holds broken JSON in ${column}`, { details: { column }, cause });
  }
}

const isJson = (value: unknown): value is JsonValue => value !== undefined;
/** We wrote it ourselves from the same type: only its kind is checked, and members that a newer program added are kept. */
const isObjectOf = <T extends object>(value: unknown): value is T => typeof value === 'object' && value !== null;

const wrongKind = (column: string) =>
  new AppError('internal', `The database holds JSON of another kind than expected in ${column}`, { details: { column } });

export function fromJson(column: string, text: string): JsonValue {
  const value = parse(column, text);
  if (!isJson(value)) throw wrongKind(column);
  return value;
}

export function fromObject<T extends object>(column: string, text: string): T {
  const value = parse(column, text);
  if (!isObjectOf<T>(value)) throw wrongKind(column);
  return value;
}

export const fromOptionalObject = <T extends object>(column: string, text: string | null): T | undefined =>
  text === null ? undefined : fromObject<T>(column, text);
