import type { Knex } from 'knex';
import { inSlices } from '../drift/store/inSlices';
import { EVERYTHING, toDay } from './scorecardHistory';
import { ownerSets, scopeSums } from '../directory/sumByScope';

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
  const dueSum = knex.raw(
    'sum(case when c.review_due_at < ? then 1 else 0 end)',
    [dueBefore],
  );
  const sloSums = {
    met: knex.raw("sum(case when s.state = 'met' then 1 else 0 end)"),
    left: knex.raw('sum(s.remaining)'),
    known: knex.raw('count(s.remaining)'),
  };
  const [all, allSlos, byOwners, slosByOwners] = await Promise.all([
    knex('components as c').count({ components: '*' }).select({ due: dueSum }),
    // Only of what is a component still, as for the teams.
    knex('slo_statuses as s')
      .join('components as c', 'c.entity_ref', 's.entity_ref')
      .select(sloSums),
    knex('components as c')
      .join(ownerSets(knex).as('o'), 'o.entity_ref', 'c.entity_ref')
      .groupBy('o.owners')
      .orderBy('o.owners')
      .select('o.owners', { due: dueSum }),
    knex('slo_statuses as s')
      .join(ownerSets(knex).as('o'), 'o.entity_ref', 's.entity_ref')
      .groupBy('o.owners')
      .orderBy('o.owners')
      .select({ owners: 'o.owners', ...sloSums }),
  ]);

  const sums = new Map<
    string,
    Record<'due' | 'met' | 'left' | 'known', number>
  >();
  const add = (scope: string, row: Partial<Record<string, unknown>>) => {
    const sum = sums.get(scope) ?? { due: 0, met: 0, left: 0, known: 0 };
    for (const name of ['due', 'met', 'left', 'known'] as const) {
      sum[name] += Number(row[name] ?? 0);
    }
    sums.set(scope, sum);
  };
  if (Number(all[0].components) > 0) {
    add(EVERYTHING, all[0]);
    add(EVERYTHING, allSlos[0]);
  }
  await scopeSums({ knex, rows: [...byOwners, ...slosByOwners], add });
  const rows = new Map<string, OverviewDay>(
    Array.from(sums, ([scope, { due, met, left, known }]) => [
      scope,
      {
        scope,
        day,
        at: now.toISOString(),
        slos_met: met,
        // In whatever order they were added up, the same to the last digit.
        budget_left: known > 0 ? Number((left / known).toFixed(9)) : null,
        reviews_due: due,
      },
    ]),
  );

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
