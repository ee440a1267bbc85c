import type { Page } from '@multimodel/core';
import { faultTexts, fieldFault, validationFault } from '@multimodel/core';
import { z } from 'zod';

/** Opaque for callers: the sort key of the last row of a page. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

export function decodeCursor<Key>(shape: z.ZodType<Key>, cursor: string | undefined): Key | undefined {
  if (cursor === undefined) return undefined;
  const result = shape.safeParse(decode(cursor));
  if (result.success) return result.data;
  throw validationFault([fieldFault('cursor', faultTexts.notACursor)]);
}

export const timeAndIdKey = z.tuple([z.int(), z.string().min(1).max(64)]);
export const idKey = z.tuple([z.string().min(1).max(64)]);

interface PageShape<Row, Item> {
  /** One more than `limit` was asked for. */
  readonly rows: readonly Row[];
  readonly limit: number;
  readonly toItem: (row: Row) => Item;
  readonly toKey: (row: Row) => readonly (string | number)[];
}

export function toPage<Row, Item>({ rows, limit, toItem, toKey }: PageShape<Row, Item>): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: last !== undefined && rows.length > limit ? encodeCursor(toKey(last)) : undefined };
}
