import type { Knex } from 'knex';
import { statesQuery, type CountedScope } from './statesQuery';

/** Somebody with components that still miss the goal. */
export interface ReminderTarget {
  /** The owner; absent for components whose owners are all gone. */
  ownerRef?: string;
  missing: number;
}

/**
 * Who still has components that miss the goal, with how many: the living
 * owners, and nobody for what no living owner answers for.
 */
export async function readReminderTargets(
  knex: Knex,
  options: {
    scope: CountedScope;
    ruleSets: ReadonlyMap<string, readonly string[]>;
    now: string;
  },
): Promise<ReminderTarget[]> {
  const missing = () =>
    knex
      .from(statesQuery(knex, { ...options, visible: 'all' }).as('s'))
      .where('s.state', 'missing');
  const living = () =>
    knex('component_owners as o')
      .join('directory_principals as p', 'p.ref', 'o.owner_ref')
      .where(either =>
        either
          .where(group =>
            group
              .where('p.kind', 'group')
              .andWhere('p.active_member_count', '>', 0),
          )
          .orWhere(user =>
            user.where('p.kind', 'user').andWhere('p.active', true),
          ),
      )
      .select('o.entity_ref', 'o.owner_ref');
  const rows = await missing()
    .leftJoin(living().as('l'), 'l.entity_ref', 's.entity_ref')
    .groupBy('l.owner_ref')
    .orderBy('l.owner_ref')
    .select({ owner: 'l.owner_ref' })
    .count({ entities: '*' });
  return rows.map(row => ({
    ownerRef: row.owner === null ? undefined : String(row.owner),
    missing: Number(row.entities),
  }));
}
