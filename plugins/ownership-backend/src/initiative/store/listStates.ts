import type {
  InitiativeEntityQuery,
  InitiativeEntityState,
  Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { whereOwnedBy } from '../../api/whereOwnedBy';
import { readPage } from '../../drift/store/readPage';
import { statesQuery, type CountedScope } from './statesQuery';

/** A component in scope. */
export interface StateRow {
  entity_ref: string;
  title: string | null;
  tier: string | null;
  state: InitiativeEntityState;
  goal_marks: string;
  state_rank: number;
}

/**
 * One page of the components in scope: those that miss the goal first, then
 * the unknown, the met, the excused, and those of which nothing is asked.
 */
export async function listStates(
  knex: Knex,
  options: {
    scope: CountedScope;
    ruleSets: ReadonlyMap<string, readonly string[]>;
    now: string;
    visible: VisibleRefs;
    query: InitiativeEntityQuery;
  },
): Promise<Page<StateRow>> {
  const { query: asked } = options;
  const ranked = knex
    .from(statesQuery(knex, options).as('s'))
    .join('components as c', 'c.entity_ref', 's.entity_ref')
    .select('s.entity_ref', 's.goal_marks', 's.state', 'c.title', 'c.tier', {
      state_rank: knex.raw(
        `CASE s.state WHEN 'missing' THEN 0 WHEN 'unknown' THEN 1 WHEN 'met' THEN 2 WHEN 'exempt' THEN 3 ELSE 4 END`,
      ),
    });
  const base = knex.from(ranked.as('r'));
  if (asked.state) {
    base.where('r.state', asked.state);
  }
  if (asked.team) {
    whereOwnedBy(base, 'r.entity_ref', asked.team);
  }
  const [{ count }] = await base.clone().count({ count: '*' });
  const { rows, pageInfo } = await readPage<StateRow>({
    query: base.clone().select('r.*'),
    order: 'state',
    keys: [
      {
        column: 'r.state_rank',
        type: 'number',
        valueOf: row => Number(row.state_rank),
      },
      {
        column: 'r.entity_ref',
        type: 'string',
        valueOf: row => row.entity_ref,
      },
    ],
    limit: asked.limit ?? 50,
    cursor: asked.cursor,
  });
  return { items: rows, pageInfo, totalItems: Number(count) };
}
