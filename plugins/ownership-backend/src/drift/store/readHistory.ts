import type { DriftHistory } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { HistoryRow } from './writeHistory';

/** The days of one scope, oldest first. */
export async function readHistory(options: {
  knex: Knex;
  /** A group ref, or `*` for everything. */
  scope: string;
  /** Inclusive, `2026-11-21`. */
  fromDay: string;
  /** Inclusive. */
  toDay: string;
}): Promise<DriftHistory['points']> {
  const { knex, scope, fromDay, toDay } = options;
  const rows = await knex<HistoryRow>('drift_history')
    .where('scope', scope)
    .whereBetween('day', [fromDay, toDay])
    .orderBy('day');
  return rows.map(row => ({
    at: row.at,
    open: row.open,
    opened: row.opened,
    closed: row.closed,
    owned: row.owned,
    atRisk: row.at_risk,
    orphaned: row.orphaned,
    unknown: row.unknown,
  }));
}
