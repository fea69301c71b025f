import type { AlertDetails } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/** A change of an alert that is to be told. */
export interface UnsentChange {
  id: number;
  sloId: number;
  entityRef: string;
  slo: string;
  severity: 'page' | 'ticket';
  state: 'firing' | 'resolved';
  /** ISO 8601. */
  at: string;
  details: AlertDetails;
  published: boolean;
  notified: boolean;
  attempts: number;
}

/**
 * Takes changes that nobody is sending, oldest first, and holds them until
 * `until`: if whoever took them ends meanwhile, another takes them then. Of one
 * alert only the first that is left, so that its changes are told in order.
 *
 * Two callers never get the same change: the one that comes second finds it
 * held.
 *
 * @param options - `claim`: a random id; what is finished under another one
 * does not count
 */
export async function claimChanges(options: {
  knex: Knex;
  claim: string;
  now: Date;
  until: Date;
  limit: number;
}): Promise<UnsentChange[]> {
  const { knex, claim, now, until, limit } = options;
  const isFree = (query: Knex.QueryBuilder, table: string) =>
    query
      .whereNull(`${table}.sent_at`)
      .where(free =>
        free
          .whereNull(`${table}.free_at`)
          .orWhere(`${table}.free_at`, '<=', now.toISOString()),
      );
  const candidates = isFree(knex('slo_alert_changes as c'), 'c')
    .whereNotExists(
      knex('slo_alert_changes as e')
        .whereRaw('e.slo_id = c.slo_id and e.severity = c.severity')
        .whereNull('e.sent_at')
        .whereRaw('e.id < c.id'),
    )
    .orderBy('c.id')
    .limit(limit)
    .select('c.id');
  // Once more outside: PostgreSQL checks this again after it has waited for
  // another claim.
  const rows = await isFree(
    knex('slo_alert_changes').whereIn('id', candidates),
    'slo_alert_changes',
  )
    .update({ claim, free_at: until.toISOString() })
    .returning('*');
  return rows
    .map(
      (row: Record<string, any>): UnsentChange => ({
        id: row.id,
        sloId: row.slo_id,
        entityRef: row.entity_ref,
        slo: row.slo,
        severity: row.severity,
        state: row.state,
        at: row.at,
        details: JSON.parse(row.details),
        published: row.published_at !== null,
        notified: row.notified_at !== null,
        attempts: row.attempts,
      }),
    )
    .sort((a: UnsentChange, b: UnsentChange) => a.id - b.id);
}
