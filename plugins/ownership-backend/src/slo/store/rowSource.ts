import type { BucketRange } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/** Rows of numbers as a statement takes them: one column a name, in this order. */
type Columns = Record<string, 'integer' | 'double'>;

/**
 * Rows as a table expression with one bound parameter, whatever their number:
 * databases limit the number of parameters, not the size of one.
 */
export function rowSource(options: {
  knex: Knex;
  columns: Columns;
  rows: ReadonlyArray<readonly number[]>;
  as: string;
}): Knex.Raw {
  const { knex, columns, rows, as } = options;
  const postgres = knex.client.config.client === 'pg';
  const selected = Object.entries(columns).map(([name, type], index) => {
    if (!postgres) {
      return `json_extract(value, '$[${index}]') as ${name}`;
    }
    const cast = type === 'integer' ? 'bigint' : 'double precision';
    return `(value->>${index})::${cast} as ${name}`;
  });
  const source = postgres ? 'jsonb_array_elements(?::jsonb)' : 'json_each(?)';
  return knex.raw(`(select ${selected.join(', ')} from ${source}) as ${as}`, [
    JSON.stringify(rows),
  ]);
}

/** Ids as a table expression `slo(id)`. */
export function idSource(knex: Knex, sloIds: readonly number[]): Knex.Raw {
  return rowSource({
    knex,
    columns: { id: 'integer' },
    rows: sloIds.map(id => [id]),
    as: 'slo',
  });
}

/**
 * Ids as a table expression `slo(id, set_no)`: SLOs with the same excluded time
 * are in one set, numbered in the order of `sets`.
 */
export function excludedSets(options: {
  knex: Knex;
  sloIds: readonly number[];
  excluded?: ReadonlyMap<number, readonly BucketRange[]>;
}): { sets: Array<readonly BucketRange[]>; source: Knex.Raw } {
  const { knex, sloIds, excluded } = options;
  const numbers = new Map<string, number>();
  const sets: Array<readonly BucketRange[]> = [];
  const rows = sloIds.map(id => {
    const set = excluded?.get(id) ?? [];
    const key = JSON.stringify(set);
    let number = numbers.get(key);
    if (number === undefined) {
      number = sets.push(set) - 1;
      numbers.set(key, number);
    }
    return [id, number];
  });
  return {
    sets,
    source: rowSource({
      knex,
      columns: { id: 'integer', set_no: 'integer' },
      rows,
      as: 'slo',
    }),
  };
}

/** The rows of a raw statement, which every driver gives in its own way. */
export function rowsOf<T>(answer: { rows?: T[] } | T[]): T[] {
  return Array.isArray(answer) ? answer : answer.rows ?? [];
}

/**
 * Joins the buckets `b` of what stands before it, each looked up by the key.
 * Left to itself PostgreSQL, which cannot know how few rows stand there, reads
 * the whole table: twenty times slower for 200 of 2,000 SLOs.
 *
 * @param on - the condition on `b`, with every column of its key
 */
export function joinBuckets(knex: Knex, on: string): string {
  return knex.client.config.client === 'pg'
    ? // OFFSET 0 keeps the planner from turning the look-up into a join.
      `cross join lateral (select * from sli_buckets b where ${on} offset 0) b`
    : `cross join sli_buckets b on ${on}`;
}
