import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { statesQuery, type CountedScope } from './statesQuery';

/**
 * How many components that count fail each rule of the goal, in the order of
 * the rules.
 */
export async function countFailing(
  knex: Knex,
  options: {
    scope: CountedScope;
    ruleSets: ReadonlyMap<string, readonly string[]>;
    now: string;
    visible: VisibleRefs;
  },
): Promise<number[]> {
  const { ruleIds } = options.scope;
  if (ruleIds.length === 0) {
    return [];
  }
  const [row] = await knex
    .from(statesQuery(knex, options).as('s'))
    .where('s.state', 'missing')
    .select(
      ruleIds.map((_, index) =>
        knex.raw(
          `SUM(CASE WHEN SUBSTR(s.goal_marks, ${
            index + 1
          }, 1) = 'f' THEN 1 ELSE 0 END) AS r${index}`,
        ),
      ),
    );
  return ruleIds.map((_, index) => Number(row[`r${index}`] ?? 0));
}
