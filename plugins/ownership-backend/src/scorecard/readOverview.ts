import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { whereOwnedBy } from '../api/whereOwnedBy';
import { whereVisible } from '../api/whereVisible';
import { scopesQuery } from './scopes';

/**
 * The part of the organisation an overview is about, as far as the caller may
 * see it.
 */
export interface Part {
  team?: string;
  visible: VisibleRefs;
}

function within(
  query: Knex.QueryBuilder,
  column: string,
  { team, visible }: Part,
): void {
  if (team) {
    whereOwnedBy(query, column, team);
  }
  whereVisible(query, column, visible);
}

/**
 * Components by state, those whose review is due before a moment, and how many
 * the caller may not see.
 */
export async function readStates(
  knex: Knex,
  options: Part & { dueBefore: string },
): Promise<{
  byState: Record<string, number>;
  reviewsDue: number;
  hidden: number;
}> {
  const visible = knex('components').select('entity_ref', 'review_due_at');
  whereVisible(visible, 'entity_ref', options.visible);
  const query = knex('components as c')
    .leftJoin(visible.as('v'), 'v.entity_ref', 'c.entity_ref')
    .groupBy('c.state')
    .select(
      'c.state',
      knex.raw('count(*) as everything, count(v.entity_ref) as components'),
      knex.raw('sum(case when v.review_due_at < ? then 1 else 0 end) as due', [
        options.dueBefore,
      ]),
    );
  if (options.team) {
    whereOwnedBy(query, 'c.entity_ref', options.team);
  }
  const byState: Record<string, number> = {};
  let reviewsDue = 0;
  let hidden = 0;
  for (const row of await query) {
    byState[row.state] = Number(row.components);
    reviewsDue += Number(row.due);
    hidden += Number(row.everything) - Number(row.components);
  }
  return { byState, reviewsDue, hidden };
}

/** SLOs, those that are met, and the mean of the budgets that are known. */
export async function readSloTotals(
  knex: Knex,
  part: Part,
): Promise<{ slos: number; met: number; budgetLeft?: number }> {
  const query = knex('slo_statuses as s')
    .join('components as c', 'c.entity_ref', 's.entity_ref')
    .select(
      knex.raw('count(*) as slos'),
      knex.raw("sum(case when s.state = 'met' then 1 else 0 end) as met"),
      knex.raw('avg(s.remaining) as budget_left'),
    );
  within(query, 's.entity_ref', part);
  const [row] = await query;
  return {
    slos: Number(row.slos),
    met: Number(row.met ?? 0),
    budgetLeft: row.budget_left === null ? undefined : Number(row.budget_left),
  };
}

/**
 * Components of one team, itself and every group below it, in one tier and
 * one state.
 */
export interface TeamTally {
  scope: string;
  tier: string | null;
  state: string;
  components: number;
  openFindings: number;
  slosBreached: number;
}

/** What every team answers for, added up. */
export async function readTeamTallies(
  knex: Knex,
  part: Part,
): Promise<TeamTally[]> {
  const findings = knex('findings')
    .whereIn('state', ['open', 'acknowledged'])
    .groupBy('entity_ref')
    .select('entity_ref', knex.raw('count(*) as open'));
  const breached = knex('slo_statuses')
    .where('state', 'breached')
    .groupBy('entity_ref')
    .select('entity_ref', knex.raw('count(*) as breached'));
  const query = knex
    .from(scopesQuery(knex, { kind: 'team', team: part.team }).as('t'))
    .join('components as c', 'c.entity_ref', 't.entity_ref')
    .leftJoin(findings.as('f'), 'f.entity_ref', 't.entity_ref')
    .leftJoin(breached.as('b'), 'b.entity_ref', 't.entity_ref')
    .groupBy('t.scope', 'c.tier', 'c.state')
    .select(
      't.scope',
      'c.tier',
      'c.state',
      knex.raw('count(*) as components'),
      knex.raw('sum(f.open) as open'),
      knex.raw('sum(b.breached) as breached'),
    );
  whereVisible(query, 't.entity_ref', part.visible);
  return (await query).map(row => ({
    scope: row.scope,
    tier: row.tier,
    state: row.state,
    components: Number(row.components),
    openFindings: Number(row.open ?? 0),
    slosBreached: Number(row.breached ?? 0),
  }));
}

/**
 * What is due before a moment, soonest first: contract reviews, overdue ones
 * included, and waivers that end.
 */
export async function readUpcoming(
  knex: Knex,
  options: Part & { now: string; dueBefore: string; limit: number },
): Promise<
  Array<{
    kind: 'review' | 'waiver-expiry' | 'handover';
    entity_ref: string;
    title: string | null;
    due_at: string;
  }>
> {
  const reviews = knex('components as c')
    .where('c.review_due_at', '<', options.dueBefore)
    .select(
      knex.raw("'review' as kind"),
      'c.entity_ref',
      'c.title',
      'c.review_due_at as due_at',
    );
  const waivers = knex('findings as f')
    .join('components as c', 'c.entity_ref', 'f.entity_ref')
    .where('f.state', 'waived')
    .where('f.waiver_expires_at', '>=', options.now)
    .where('f.waiver_expires_at', '<', options.dueBefore)
    .select(
      knex.raw("'waiver-expiry' as kind"),
      'c.entity_ref',
      'c.title',
      'f.waiver_expires_at as due_at',
    );
  // Of a handover to the team it is for as much as of one from it.
  const handovers = knex('handover_components as x')
    .join('handovers as h', 'h.id', 'x.handover_id')
    .join('components as c', 'c.entity_ref', 'x.open_ref')
    .where('h.due_at', '<', options.dueBefore)
    .select(
      knex.raw("'handover' as kind"),
      'c.entity_ref',
      'c.title',
      'h.due_at',
    );
  within(reviews, 'c.entity_ref', options);
  within(waivers, 'c.entity_ref', options);
  within(handovers, 'c.entity_ref', options);
  return knex
    .from(reviews.unionAll([waivers, handovers]).as('u'))
    .select('*')
    .orderBy(['due_at', 'entity_ref', 'kind'])
    .limit(options.limit);
}
