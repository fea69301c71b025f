import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A column a list is sorted by, and how to read it back from a row. */
export interface SortKey<TRow> {
  column: string;
  type: 'string' | 'number';
  valueOf(row: TRow): string | number;
}

/**
 * Reads one page of a sorted list by its keys instead of by counting rows:
 * page 1,000 costs what page 1 costs, and nothing is shown twice or left out
 * when rows come and go in between.
 *
 * @param options - `rowsOf`: reads the rows of those that `query` finds, in the
 *   same order; without it they are what `query` selects. `keys`: together unique, all in the same direction.
 *   `order`: names the sorting; a cursor of another one is refused.
 * @throws InputError for a cursor that this list did not give
 */
export async function readPage<TRow>(options: {
  query: Knex.QueryBuilder;
  rowsOf?: (found: Knex.QueryBuilder) => Knex.QueryBuilder;
  order: string;
  keys: Array<SortKey<TRow>>;
  descending?: boolean;
  cursor?: string;
  limit: number;
}): Promise<{
  rows: TRow[];
  pageInfo: { nextCursor?: string; prevCursor?: string };
}> {
  const { query, rowsOf } = options;
  const { order, keys, descending = false, cursor, limit } = options;
  const start = cursor ? decode(cursor, order, keys) : undefined;
  const backwards = start?.direction === 'prev';
  const upwards = descending === backwards;

  if (start) {
    query.whereRaw(
      `(${keys.map(() => '??').join(', ')}) ${upwards ? '>' : '<'} (${keys
        .map(() => '?')
        .join(', ')})`,
      [...keys.map(key => key.column), ...start.values],
    );
  }
  const way = upwards ? 'asc' : 'desc';
  const sorted = (of: Knex.QueryBuilder) =>
    of.orderBy(keys.map(({ column }) => ({ column, order: way })));
  // One row more tells whether there is another page.
  const found = sorted(query).limit(limit + 1);
  const rows: TRow[] = await (rowsOf ? sorted(rowsOf(found)) : found);
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) {
    page.reverse();
  }

  const at = (row: TRow, direction: 'next' | 'prev') =>
    encode(
      order,
      direction,
      keys.map(key => key.valueOf(row)),
    );
  const hasNext = backwards ? start !== undefined : hasMore;
  const hasPrev = backwards ? hasMore : start !== undefined;
  return {
    rows: page,
    pageInfo:
      page.length === 0
        ? {}
        : {
            nextCursor: hasNext ? at(page[page.length - 1], 'next') : undefined,
            prevCursor: hasPrev ? at(page[0], 'prev') : undefined,
          },
  };
}

function encode(
  order: string,
  direction: 'next' | 'prev',
  values: Array<string | number>,
): string {
  return Buffer.from(JSON.stringify([order, direction, ...values])).toString(
    'base64url',
  );
}

function decode<TRow>(
  cursor: string,
  order: string,
  keys: Array<SortKey<TRow>>,
): { direction: 'next' | 'prev'; values: Array<string | number> } {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  if (Array.isArray(parts)) {
    const [givenOrder, direction, ...values] = parts;
    const fits =
      givenOrder === order &&
      (direction === 'next' || direction === 'prev') &&
      values.length === keys.length &&
      // PostgreSQL takes no NUL and no text for a number.
      keys.every(
        ({ type }, index) =>
          typeof values[index] === type &&
          !String(values[index]).includes('\0') &&
          (type === 'string' || Number.isSafeInteger(values[index])),
      );
    if (fits) {
      return { direction, values };
    }
  }
  throw new InputError(
    'Invalid cursor: pass nextCursor or prevCursor of an answer to the same list with the same orderBy, unchanged',
  );
}
