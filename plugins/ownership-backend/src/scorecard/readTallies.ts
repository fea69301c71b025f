import type { LevelTally } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { whereVisible } from '../api/whereVisible';
import { scopesQuery, type ScopeKind } from './scopes';

/**
 * Components of one scope that stand at one level and are in one state.
 */
export interface ScopeTally extends LevelTally {
  scope: string;
  /** Ownership state: owned, at-risk, orphaned or unknown. */
  state: string;
  /** Open and acknowledged findings of these components. */
  openFindings: number;
}

/**
 * Adds up the results of a scorecard by scope, level and state, for the
 * components a caller may see; and counts those left out, by scope.
 *
 * Law: a scope is named to who may see it or something of it, and to nobody
 * else.
 */
export async function readTallies(
  knex: Knex,
  options: {
    scorecardId: string;
    groupBy: ScopeKind;
    team?: string;
    visible: VisibleRefs;
    /** False where nobody asks for the hidden ones. */
    countHidden?: boolean;
  },
): Promise<{ tallies: ScopeTally[]; hidden: Map<string, number> }> {
  const { scorecardId, groupBy, team, visible, countHidden = true } = options;

  const inScope = () =>
    knex
      .from(scopesQuery(knex, { kind: groupBy, team }).as('s'))
      .join('scorecard_results as r', 'r.entity_ref', 's.entity_ref')
      .join('components as c', 'c.entity_ref', 's.entity_ref')
      .where('r.scorecard_id', scorecardId);

  const openFindings = knex('findings')
    .whereIn('state', ['open', 'acknowledged'])
    .groupBy('entity_ref')
    .select('entity_ref')
    .count({ open: '*' });
  const query = inScope()
    .leftJoin(openFindings.as('f'), 'f.entity_ref', 's.entity_ref')
    .groupBy('s.scope', 'r.bucket', 'c.state')
    .select('s.scope', 'r.bucket', 'c.state')
    .count({ entities: '*' })
    .sum({
      score: 'r.score',
      known: 'r.known',
      total: 'r.total',
      open_findings: 'f.open',
    });
  whereVisible(query, 's.entity_ref', visible);
  const tallies = (await query).map(row => ({
    scope: String(row.scope),
    bucket: String(row.bucket),
    state: String(row.state),
    // PostgreSQL gives sums and counts as text: they may exceed a double.
    entities: Number(row.entities),
    score: Number(row.score),
    known: Number(row.known),
    total: Number(row.total),
    openFindings: Number(row.open_findings ?? 0),
  }));

  const hidden = new Map<string, number>();
  if (countHidden && visible !== 'all') {
    const named = new Set(tallies.map(({ scope }) => scope));
    for (const row of await inScope()
      .groupBy('s.scope')
      .select('s.scope')
      .count({ entities: '*' })) {
      const scope = String(row.scope);
      if (named.has(scope) || visible.has(scope)) {
        hidden.set(scope, Number(row.entities));
      }
    }
    for (const { scope, entities } of tallies) {
      hidden.set(scope, hidden.get(scope)! - entities);
    }
  }
  return { tallies, hidden };
}
