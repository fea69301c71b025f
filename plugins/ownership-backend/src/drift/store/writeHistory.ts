import type { Knex } from 'knex';
import { inSlices } from './inSlices';

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
  for (const row of [
    ...(await countFindingsByScope({ knex, day, byTeam: false })),
    ...(await countFindingsByScope({ knex, day, byTeam: true })),
    ...(await countStatesByScope({ knex, byTeam: false })),
    ...(await countStatesByScope({ knex, byTeam: true })),
  ]) {
    const counts = scopes.get(row.scope) ?? { ...NOTHING };
    for (const name of COUNTS) {
      counts[name] += Number(row[name] ?? 0);
    }
    scopes.set(row.scope, counts);
  }

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

type ScopeRow = { scope: string } & Partial<
  Record<keyof Counts, number | string>
>;

async function countFindingsByScope(options: {
  knex: Knex;
  day: string;
  byTeam: boolean;
}): Promise<ScopeRow[]> {
  const { knex, day, byTeam } = options;
  const count = (condition: string, ...values: string[]) =>
    knex.raw(`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, values);
  const query = knex('findings as f').select({
    open: count(`f.state IN ('open', 'acknowledged')`),
    opened: count(`f.first_seen_at >= ?`, day),
    closed: count(`f.closed_at >= ?`, day),
  });
  return byTeam
    ? query
        .join(teamsOfComponents(knex), 'o.entity_ref', 'f.entity_ref')
        .select({ scope: 'o.ancestor_ref' })
        .groupBy('o.ancestor_ref')
    : query.select(knex.raw(`'*' AS scope`));
}

async function countStatesByScope(options: {
  knex: Knex;
  byTeam: boolean;
}): Promise<ScopeRow[]> {
  const { knex, byTeam } = options;
  const count = (state: string) =>
    knex.raw('SUM(CASE WHEN c.state = ? THEN 1 ELSE 0 END)', [state]);
  const query = knex('components as c').select({
    owned: count('owned'),
    at_risk: count('at-risk'),
    orphaned: count('orphaned'),
    unknown: count('unknown'),
  });
  return byTeam
    ? query
        .join(teamsOfComponents(knex), 'o.entity_ref', 'c.entity_ref')
        .select({ scope: 'o.ancestor_ref' })
        .groupBy('o.ancestor_ref')
    : query.select(knex.raw(`'*' AS scope`));
}

/** Every component with every group above one of its owners, each once. */
function teamsOfComponents(knex: Knex): Knex.QueryBuilder {
  return knex('component_owners as w')
    .join('directory_closure as d', 'd.descendant_ref', 'w.owner_ref')
    .distinct('w.entity_ref', 'd.ancestor_ref')
    .as('o');
}
