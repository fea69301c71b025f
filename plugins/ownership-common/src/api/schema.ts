import { z } from 'zod';

/**
 * A moment as ISO 8601 in UTC, for example `2026-11-21T08:00:00.000Z`.
 *
 * @public
 */
export const timestampSchema = z.iso
  .datetime({ offset: true })
  .meta({ description: 'A moment as ISO 8601 in UTC' });

/**
 * A full entity ref in canonical lower case: `kind:namespace/name`.
 *
 * @public
 */
export const entityRefSchema = z
  .string()
  .regex(/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/, 'expected kind:namespace/name')
  .meta({ description: 'A full entity ref: kind:namespace/name' });

/**
 * The frame of every list answer.
 *
 * @public
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    pageInfo: z.object({
      nextCursor: z.string().optional(),
      prevCursor: z.string().optional(),
    }),
    totalItems: z.number().int().min(0),
  });
}

/**
 * One page of a list.
 *
 * @public
 */
export interface Page<T> {
  /** The items of this page, in order. */
  items: T[];
  /** How to get at the pages around this one. */
  pageInfo: {
    /** Pass as `cursor` to get the page after this one; absent on the last page. */
    nextCursor?: string;
    /** Pass as `cursor` to get the page before this one; absent on the first page. */
    prevCursor?: string;
  };
  /** Number of items on all pages together. */
  totalItems: number;
}

/**
 * What every list accepts.
 *
 * @public
 */
export const pageQuerySchema = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  orderBy: z.string().max(100).optional(),
});
