import type { Knex } from 'knex';
import { inSlices } from '../drift/store/inSlices';
import { EVERYTHING, HISTORY_DAYS, toDay } from './scorecardHistory';
import { scopesQuery } from './scopes';

/**
 * What the overview counts beside drift, on one day.
 */
export interface OverviewDay {
  scope: string;
  day: string;
  at: string;
  slos_met: number;
  budget_left: number | null;
  reviews_due: number;
}

/**
 * Counts met SLOs, mean remaining budget and due reviews for every team and
 * for everything, and keeps them as the numbers of the day. What stands
 * already is not written again.
 */
export async function storeOverviewHistory(
  knex: Knex,
  options: { now: Date; dueBefore: string },
): Promise<void> {
  const { now, dueBefore } = options;
  const day = toDay(now);
  const scopes = () =>
    knex
      .from(
        scopesQuery(knex, { kind: 'team' })
          .unionAll([
            knex('components').select(
              knex.raw('? as scope', [EVERYTHING]),
              'entity_ref',
            ),
          ])
          .as('t'),
      )
      .groupBy('t.scope');

  const rows = new Map<string, OverviewDay>();
  const reviews = await scopes()
    .join('components as c', 'c.entity_ref', 't.entity_ref')
    .select(
      't.scope',
      knex.raw('sum(case when c.review_due_at < ? then 1 else 0 end) as due', [
        dueBefore,
      ]),
    );
  for (const row of reviews) {
    rows.set(row.scope, {
      scope: row.scope,
      day,
      at: now.toISOString(),
      slos_met: 0,
      budget_left: null,
      reviews_due: Number(row.due),
    });
  }
  const slos = await scopes()
    .join('slo_statuses as s', 's.entity_ref', 't.entity_ref')
    .select(
      't.scope',
      knex.raw("sum(case when s.state = 'met' then 1 else 0 end) as met"),
      knex.raw('avg(s.remaining) as budget_left'),
    );
  for (const row of slos) {
    const today = rows.get(row.scope);
    if (today) {
      today.slos_met = Number(row.met);
      today.budget_left =
        row.budget_left === null ? null : Number(row.budget_left);
    }
  }

  const stored = new Map<string, OverviewDay>(
    (await knex<OverviewDay>('overview_history').where({ day })).map(row => [
      row.scope,
      row,
    ]),
  );
  const changed = [...rows.values()].filter(row => {
    const before = stored.get(row.scope);
    return (
      before?.slos_met !== row.slos_met ||
      before.budget_left !== row.budget_left ||
      before.reviews_due !== row.reviews_due
    );
  });
  for (const slice of inSlices(changed)) {
    await knex('overview_history')
      .insert(slice)
      .onConflict(['scope', 'day'])
      .merge();
  }
  await knex('overview_history')
    .where('day', '<', toDay(now, -HISTORY_DAYS))
    .delete();
}

/** The days of one scope, oldest first, both ends included. */
export async function readOverviewHistory(
  knex: Knex,
  options: { scope: string; fromDay: string; toDay: string },
): Promise<OverviewDay[]> {
  return knex<OverviewDay>('overview_history')
    .where('scope', options.scope)
    .whereBetween('day', [options.fromDay, options.toDay])
    .orderBy('day');
}
