import type { Knex } from 'knex';
import { whereOwnedBy } from '../../api/whereOwnedBy';
import { whereIn, whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';

/**
 * What is counted, and against what.
 */
export interface CountedScope {
  /** Where exemptions and members are kept; absent for a preview. */
  initiativeId?: string;
  /** Rules that must all pass. */
  ruleIds: readonly string[];
  /** Only what this scorecard measures. */
  scorecardId?: string;
  /** Only what each of these groups owns, itself or through a group below. */
  teams: readonly string[];
  /**
   * What the predicate matches: `all` without one, `stored` for the members
   * the initiative has in the database.
   */
  members: 'all' | 'stored' | ReadonlySet<string>;
}

/**
 * Every component in scope with its `state` towards the goal and its
 * `goal_marks`, the letters of the goal's rules in their order, as a subquery
 * with the columns `entity_ref`, `goal_marks` and `state`.
 *
 * Laws: an exemption goes before everything. One rule that fails misses the
 * goal, whatever else is unknown. What was never judged is unknown, and so is
 * a rule the last scan did not ask. A component that fails only what is
 * waived is exempt. Where nothing is asked there is nothing to meet.
 *
 * @param options - `ruleSets`: the lists of rules the stored marks are of.
 * `now`: ISO 8601, for exemptions that expire
 */
export function statesQuery(
  knex: Knex,
  options: {
    scope: CountedScope;
    ruleSets: ReadonlyMap<string, readonly string[]>;
    now: string;
    visible: VisibleRefs;
  },
): Knex.QueryBuilder {
  const { scope, ruleSets, now, visible } = options;
  const marks = knex('components as c')
    .leftJoin('rule_outcomes as o', 'o.entity_ref', 'c.entity_ref')
    .leftJoin('initiative_exemptions as x', join =>
      join
        .on('x.entity_ref', 'c.entity_ref')
        .andOnVal('x.initiative_id', scope.initiativeId ?? '')
        .andOnVal('x.expires_at', '>', now),
    )
    .select(
      'c.entity_ref',
      { exempted: 'x.entity_ref' },
      { goal_marks: goalMarks(knex, scope.ruleIds, ruleSets) },
    );
  if (scope.members === 'stored') {
    marks.whereIn(
      'c.entity_ref',
      knex('initiative_members')
        .where('initiative_id', scope.initiativeId ?? '')
        .select('entity_ref'),
    );
  } else if (scope.members !== 'all') {
    whereIn(marks, 'c.entity_ref', [...scope.members]);
  }
  if (scope.scorecardId !== undefined) {
    marks.whereIn(
      'c.entity_ref',
      knex('scorecard_results')
        .where('scorecard_id', scope.scorecardId)
        .select('entity_ref'),
    );
  }
  for (const team of scope.teams) {
    whereOwnedBy(marks, 'c.entity_ref', team);
  }
  whereVisible(marks, 'c.entity_ref', visible);

  return knex.from(marks.as('m')).select('m.entity_ref', 'm.goal_marks', {
    state: knex.raw(
      `CASE
         WHEN m.exempted IS NOT NULL THEN 'exempt'
         WHEN m.goal_marks LIKE '%f%' THEN 'missing'
         WHEN m.goal_marks LIKE '%u%' THEN 'unknown'
         WHEN m.goal_marks LIKE '%w%' THEN 'exempt'
         WHEN m.goal_marks LIKE '%p%' THEN 'met'
         ELSE 'not-asked'
       END`,
    ),
  });
}

/** The letters of the goal's rules; `u` where a list of rules lacks one. */
function goalMarks(
  knex: Knex,
  ruleIds: readonly string[],
  ruleSets: ReadonlyMap<string, readonly string[]>,
): Knex.Raw {
  const nothingKnown = 'u'.repeat(Math.max(1, ruleIds.length));
  if (ruleSets.size === 0 || ruleIds.length === 0) {
    return knex.raw(`'${nothingKnown}'`);
  }
  const cases = [...ruleSets].map(([id, rules]) => {
    const letters = ruleIds.map(ruleId => {
      const at = rules.indexOf(ruleId);
      return at < 0 ? `'u'` : `SUBSTR(o.marks, ${at + 1}, 1)`;
    });
    return knex.raw(`WHEN ? THEN ${letters.join(' || ')}`, [id]);
  });
  return knex.raw(
    `CASE o.rule_set ${cases
      .map(() => '?')
      .join(' ')} ELSE '${nothingKnown}' END`,
    cases,
  );
}
