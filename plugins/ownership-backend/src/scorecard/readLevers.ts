import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { whereOwnedBy } from '../api/whereOwnedBy';
import { whereVisible } from '../api/whereVisible';

/**
 * How many components each rule of a scorecard holds back: all that fail it,
 * and those it alone keeps from their next level.
 */
export async function readLevers(
  knex: Knex,
  options: { scorecardId: string; team?: string; visible: VisibleRefs },
): Promise<Array<{ ruleId: string; entities: number; lifts: number }>> {
  const query = knex('scorecard_gaps as g')
    .join('components as c', 'c.entity_ref', 'g.entity_ref')
    .where('g.scorecard_id', options.scorecardId)
    .groupBy('g.rule_id')
    .select(
      'g.rule_id',
      knex.raw('count(*) as entities'),
      knex.raw('sum(case when g.lifts then 1 else 0 end) as lifts'),
    );
  if (options.team) {
    whereOwnedBy(query, 'g.entity_ref', options.team);
  }
  whereVisible(query, 'g.entity_ref', options.visible);
  return (await query).map(row => ({
    ruleId: row.rule_id,
    entities: Number(row.entities),
    lifts: Number(row.lifts),
  }));
}
