import type { Knex } from 'knex';
import { ownerSet, ownerSets, scopeSums } from '../../directory/sumByScope';
import { inSlices } from './inSlices';
import { ownersOf } from './ownersText';

/** A row of the table `drift_history`. */
export interface HistoryRow {
  /** `2026-11-21`, in UTC. */
  day: string;
  /** A group ref with everything below it, or `*`. */
  scope: string;
  at: string;
  open: number;
  opened: number;
  closed: number;
  owned: number;
  at_risk: number;
  orphaned: number;
  unknown: number;
}

type Counts = Omit<HistoryRow, 'day' | 'scope' | 'at'>;
const NOTHING: Counts = {
  open: 0,
  opened: 0,
  closed: 0,
  owned: 0,
  at_risk: 0,
  orphaned: 0,
  unknown: 0,
};
const COUNTS = Object.keys(NOTHING) as Array<keyof Counts>;

/**
 * Counts open findings and component states for everything and for each group
 * with what is below it, and keeps them as the numbers of the day. Rows whose
 * numbers stand already are not written again.
 */
export async function writeHistory(options: {
  knex: Knex;
  now: Date;
}): Promise<void> {
  const { knex, now } = options;
  const at = now.toISOString();
  const day = at.slice(0, 10);

  const today = await knex<HistoryRow>('drift_history').where({ day });
  const stored = new Map(today.map(row => [row.scope, row]));
  // A group that lost everything since this morning has a row of zeros.
  const scopes = new Map<string, Counts>(
    today.map(({ scope }) => [scope, { ...NOTHING }]),
  );
  const add = (scope: string, row: Sums) => {
    const counts = scopes.get(scope) ?? { ...NOTHING };
    for (const name of COUNTS) {
      counts[name] += Number(row[name] ?? 0);
    }
    scopes.set(scope, counts);
  };
  const [findings, states, findingsByOwners, statesByOwners, groups] =
    await Promise.all([
      countFindings({ knex, day }),
      countStates({ knex }),
      countFindingsByOwners({ knex, day }),
      countStates({ knex, by: ownerSets(knex) }),
      knex('directory_closure').where('depth', 0).pluck('ancestor_ref'),
    ]);
  [...findings, ...states].forEach(row => add('*', row));
  const isGroup = new Set<string>(groups);
  await scopeSums({
    knex,
    rows: [...findingsByOwners, ...statesByOwners],
    add: (scope, row) => isGroup.has(scope) && add(scope, row),
  });

  const rows = [...scopes]
    .filter(([scope, counts]) => {
      const before = stored.get(scope);
      return !before || COUNTS.some(name => before[name] !== counts[name]);
    })
    .map(([scope, counts]) => ({ day, scope, at, ...counts }));
  for (const slice of inSlices(rows)) {
    await knex('drift_history')
      .insert(slice)
      .onConflict(['scope', 'day'])
      .merge();
  }
}

type Sums = { owners: string } & Partial<Record<keyof Counts, number | string>>;

function countFindings(options: {
  knex: Knex;
  day: string;
}): Knex.QueryBuilder<object, Sums[]> {
  const { knex, day } = options;
  const count = (condition: string, ...values: string[]) =>
    knex.raw(`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, values);
  return knex('findings as f').select({
    open: count(`f.state IN ('open', 'acknowledged')`),
    opened: count(`f.first_seen_at >= ?`, day),
    closed: count(`f.closed_at >= ?`, day),
  });
}

/** Those of components that are gone count for who owned them last. */
async function countFindingsByOwners(options: {
  knex: Knex;
  day: string;
}): Promise<Sums[]> {
  const rows = await countFindings(options)
    .select('f.owners')
    .groupBy('owners');
  return rows.map(row => ({ ...row, owners: ownerSet(ownersOf(row.owners)) }));
}

async function countStates(options: {
  knex: Knex;
  by?: Knex.QueryBuilder;
}): Promise<Sums[]> {
  const { knex, by } = options;
  const count = (state: string) =>
    knex.raw('SUM(CASE WHEN c.state = ? THEN 1 ELSE 0 END)', [state]);
  const query = knex('components as c').select({
    owned: count('owned'),
    at_risk: count('at-risk'),
    orphaned: count('orphaned'),
    unknown: count('unknown'),
  });
  return by
    ? query
        .join(by.as('o'), 'o.entity_ref', 'c.entity_ref')
        .select('o.owners')
        .groupBy('o.owners')
    : query;
}
