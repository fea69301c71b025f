import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { whereVisible } from '../api/whereVisible';
import { ownerSets } from '../directory/sumByScope';
import type { TeamTally } from './readOverview';
import type { ScopeTally } from './readTallies';
import { EVERYTHING } from './scorecardHistory';

/** What one part of the organisation adds up to. */
export interface PartCounts {
  /** Components by ownership state. */
  byState: Record<string, number>;
  /** Components whose review is due before the moment asked about. */
  reviewsDue: number;
  slos: number;
  slosMet: number;
  /** SLOs without data. */
  slosUnknown: number;
  /** Mean remaining budget of the SLOs with data; absent where none has. */
  budgetLeft?: number;
  tallies: TeamTally[];
  scores: ScopeTally[];
}

/** Every part of the organisation, counted at once. */
export interface CountedParts {
  /** A group with everything below it, `none`, or everything. */
  part(team?: string): PartCounts;
  /** The parts within one: groups, and owners that do not resolve. */
  within(team?: string): Map<string, PartCounts>;
}

/** Stands for the components that no group of the catalog answers for. */
const NONE = 'none';

interface Sums extends PartCounts {
  left: number;
  known: number;
}

/**
 * Counts the components a caller may see for every part at once: there are a
 * hundred times fewer ways to be owned and to stand than components, and those
 * are what a database adds up. Two statements, whatever is asked of it.
 */
export async function countParts(
  knex: Knex,
  options: { visible: VisibleRefs; dueBefore: string; scorecardId?: string },
): Promise<CountedParts> {
  const [rows, closure] = await Promise.all([
    readSums(knex, options),
    knex('directory_closure').select(
      'ancestor_ref',
      'descendant_ref',
    ) as Promise<Array<{ ancestor_ref: string; descendant_ref: string }>>,
  ]);
  const above = new Map<string, string[]>();
  const below = new Map<string, Set<string>>();
  for (const { ancestor_ref, descendant_ref } of closure) {
    const ancestors = above.get(descendant_ref) ?? [];
    ancestors.push(ancestor_ref);
    above.set(descendant_ref, ancestors);
    const descendants = below.get(ancestor_ref) ?? new Set();
    descendants.add(descendant_ref);
    below.set(ancestor_ref, descendants);
  }

  const parts = new Map<string, Sums>([[EVERYTHING, emptySums()]]);
  for (const row of rows) {
    const owners: string[] = row.owners ? String(row.owners).split('\n') : [];
    const scopes = new Set([EVERYTHING]);
    for (const owner of owners) {
      scopes.add(owner);
      above.get(owner)?.forEach(ref => scopes.add(ref));
    }
    if (!owners.some(owner => above.has(owner))) {
      scopes.add(NONE);
    }
    for (const scope of scopes) {
      const sums = parts.get(scope) ?? emptySums();
      parts.set(scope, sums);
      add(sums, scope, row);
    }
  }
  for (const sums of parts.values()) {
    sums.budgetLeft = sums.known > 0 ? sums.left / sums.known : undefined;
  }
  return {
    part: (team = EVERYTHING) => parts.get(team) ?? emptySums(),
    within: team =>
      new Map(
        [...parts].filter(
          ([scope]) =>
            scope !== EVERYTHING &&
            scope !== NONE &&
            (team === undefined ||
              scope === team ||
              below.get(team)?.has(scope)),
        ),
      ),
  };
}

type SumRow = Record<
  | 'components'
  | 'due'
  | 'open'
  | 'slos'
  | 'met'
  | 'silent'
  | 'breached'
  | 'left'
  | 'known'
  | 'score'
  | 'rules_known'
  | 'rules_total',
  string | number | null
> & {
  owners: string | null;
  tier: string | null;
  state: string;
  bucket: string | null;
};

async function readSums(
  knex: Knex,
  options: { visible: VisibleRefs; dueBefore: string; scorecardId?: string },
): Promise<SumRow[]> {
  const { visible, dueBefore, scorecardId = '' } = options;
  const findings = knex('findings')
    .whereIn('state', ['open', 'acknowledged'])
    .groupBy('entity_ref')
    .select('entity_ref', { open: knex.raw('count(*)') });
  const slos = knex('slo_statuses')
    .groupBy('entity_ref')
    .select('entity_ref', {
      slos: knex.raw('count(*)'),
      met: knex.raw("sum(case when state = 'met' then 1 else 0 end)"),
      silent: knex.raw("sum(case when state = 'no-data' then 1 else 0 end)"),
      breached: knex.raw("sum(case when state = 'breached' then 1 else 0 end)"),
      left: knex.raw('sum(remaining)'),
      known: knex.raw('count(remaining)'),
    });
  const groups = ['o.owners', 'c.tier', 'c.state', 'r.bucket'];
  const query = knex('components as c')
    .leftJoin(ownerSets(knex).as('o'), 'o.entity_ref', 'c.entity_ref')
    .leftJoin(findings.as('f'), 'f.entity_ref', 'c.entity_ref')
    .leftJoin(slos.as('s'), 's.entity_ref', 'c.entity_ref')
    .leftJoin('scorecard_results as r', join =>
      join
        .on('r.entity_ref', 'c.entity_ref')
        .on('r.scorecard_id', knex.raw('?', [scorecardId])),
    )
    .groupBy(groups)
    // In one order: the last digit of a sum hangs on it.
    .orderBy(groups)
    .select(groups)
    .select({
      components: knex.raw('count(*)'),
      due: knex.raw('sum(case when c.review_due_at < ? then 1 else 0 end)', [
        dueBefore,
      ]),
      open: knex.raw('sum(f.open)'),
      ...Object.fromEntries(
        ['slos', 'met', 'silent', 'breached', 'left', 'known'].map(name => [
          name,
          knex.raw('sum(??)', [`s.${name}`]),
        ]),
      ),
      score: knex.raw('sum(r.score)'),
      rules_known: knex.raw('sum(r.known)'),
      rules_total: knex.raw('sum(r.total)'),
    });
  whereVisible(query, 'c.entity_ref', visible);
  return query;
}

function emptySums(): Sums {
  return {
    byState: {},
    reviewsDue: 0,
    slos: 0,
    slosMet: 0,
    slosUnknown: 0,
    tallies: [],
    scores: [],
    left: 0,
    known: 0,
  };
}

function add(sums: Sums, scope: string, row: SumRow): void {
  // PostgreSQL gives sums and counts as text: they may exceed a double.
  const number = (name: keyof SumRow) => Number(row[name] ?? 0);
  const components = number('components');
  sums.byState[row.state] = (sums.byState[row.state] ?? 0) + components;
  sums.reviewsDue += number('due');
  sums.slos += number('slos');
  sums.slosMet += number('met');
  sums.slosUnknown += number('silent');
  sums.left += number('left');
  sums.known += number('known');
  sums.tallies.push({
    scope,
    tier: row.tier,
    state: row.state,
    components,
    openFindings: number('open'),
    slosBreached: number('breached'),
  });
  if (row.bucket !== null) {
    sums.scores.push({
      scope,
      bucket: row.bucket,
      state: row.state,
      entities: components,
      score: number('score'),
      known: number('rules_known'),
      total: number('rules_total'),
      openFindings: number('open'),
    });
  }
}
