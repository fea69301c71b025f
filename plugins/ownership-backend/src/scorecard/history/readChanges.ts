import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { whereOwnedBy } from '../../api/whereOwnedBy';
import { whereIn, whereVisible } from '../../api/whereVisible';
import type { ChangeRow } from './ResultChange';

/** How far the score of a component went. */
export interface ScoreMove {
  entityRef: string;
  /** In ten-thousandths; never 0. */
  change: number;
}

/**
 * How far scores went since the end of a day, the furthest down first: of the
 * components that were measured then and are now. The changes of each add up,
 * so what went down and came back is not among them.
 */
export async function readScoreMoves(
  knex: Knex,
  options: {
    scorecardId: string;
    since: string;
    team?: string;
    visible: VisibleRefs;
  },
): Promise<ScoreMove[]> {
  const { scorecardId, since, team, visible } = options;
  const change = 'sum(coalesce(h.score, 0) - coalesce(h.from_score, 0))';
  // 1 for what came, 0 for what was there before, however often it went.
  const came = `sum(case when h.from_bucket is null then 1 else 0 end
    - case when h.bucket is null then 1 else 0 end)`;
  const query = knex('scorecard_changes as h')
    .join('scorecard_results as r', join =>
      join
        .on('r.entity_ref', 'h.entity_ref')
        .on('r.scorecard_id', 'h.scorecard_id'),
    )
    .join('components as c', 'c.entity_ref', 'h.entity_ref')
    .where('h.scorecard_id', scorecardId)
    .where('h.day', '>', since)
    .groupBy('h.entity_ref')
    .havingRaw(`${change} <> 0 and ${came} = 0`)
    .select('h.entity_ref', { change: knex.raw(change) })
    .orderBy([{ column: 'change' }, { column: 'h.entity_ref' }]);
  if (team) {
    whereOwnedBy(query, 'h.entity_ref', team);
  }
  whereVisible(query, 'h.entity_ref', visible);
  return (await query).map(row => ({
    entityRef: row.entity_ref,
    change: Number(row.change),
  }));
}

/** The changes of some components since the end of a day, by component, the oldest first. */
export async function readChangesOf(
  knex: Knex,
  options: { scorecardId: string; since: string; entityRefs: string[] },
): Promise<Map<string, ChangeRow[]>> {
  const { scorecardId, since, entityRefs } = options;
  const query = knex<ChangeRow>('scorecard_changes')
    .where('scorecard_id', scorecardId)
    .where('day', '>', since)
    .orderBy('day');
  whereIn(query, 'entity_ref', entityRefs);
  const rows = new Map<string, ChangeRow[]>();
  for (const row of (await query) as ChangeRow[]) {
    rows.set(row.entity_ref, [...(rows.get(row.entity_ref) ?? []), row]);
  }
  return rows;
}
