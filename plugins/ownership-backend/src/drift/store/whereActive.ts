import type { Knex } from 'knex';

/** Scans that hold the one place there is: they run, or what follows from them does. */
export function whereActive(query: Knex.QueryBuilder): void {
  query.where(active =>
    active.whereIn('state', ['queued', 'running']).orWhere('follows_up', true),
  );
}
