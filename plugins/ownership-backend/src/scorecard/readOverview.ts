import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { whereOwnedBy } from '../api/whereOwnedBy';
import { whereVisible } from '../api/whereVisible';
import { whereHandoverOf } from '../handover/store/whereHandoverOf';

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

/**
 * What is due before a moment, soonest first: contract and runbook
 * reviews, overdue ones included, and waivers that end.
 */
export async function readUpcoming(
  knex: Knex,
  options: Part & { now: string; dueBefore: string; limit: number },
): Promise<
  Array<{
    kind: 'review' | 'runbook-review' | 'waiver-expiry' | 'handover';
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
  const runbooks = knex('components as c')
    .where('c.runbook_review_due_at', '<', options.dueBefore)
    .select(
      knex.raw("'runbook-review' as kind"),
      'c.entity_ref',
      'c.title',
      'c.runbook_review_due_at as due_at',
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
  // Coming to the team that receives as much as to the one that gives.
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
  within(runbooks, 'c.entity_ref', options);
  within(waivers, 'c.entity_ref', options);
  whereVisible(handovers, 'c.entity_ref', options.visible);
  if (options.team) {
    whereHandoverOf(handovers, 'h.id', options.team);
  }
  return knex
    .from(reviews.unionAll([runbooks, waivers, handovers]).as('u'))
    .select('*')
    .orderBy(['due_at', 'entity_ref', 'kind'])
    .limit(options.limit);
}
