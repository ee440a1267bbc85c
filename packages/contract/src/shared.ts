import { z } from 'zod';
import { limits } from './limits.ts';

export const idSchema = z.string().min(1).max(64);
/** Epoch milliseconds. */
export const timeSchema = z.int().meta({ description: 'Epoch milliseconds' });

export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(limits.defaultPageSize),
});

/** A page of a list; `nextCursor` is absent on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().optional() });
