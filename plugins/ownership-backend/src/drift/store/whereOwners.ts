import type { Knex } from 'knex';
import { refText } from '../../api/whereOwnedBy';
import { NONE } from './whereEntity';

/**
 * Restricts rows that have a text of owners to those of a team, with every
 * group below it, or of one owner; `none` stands for those of no team that
 * exists, or of no owner.
 *
 * A row has one such text, so that none comes twice however many of its owners
 * are in the team.
 */
export function whereOwners(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  /** Qualified name of the column. */
  column: string;
  team?: string;
  ownerRef?: string;
  /**
   * Whether rows of others are passed on the way instead of looking up those
   * of the team: where only the first of many are read, in an order that has an
   * index, or where there are few.
   */
  passOthers?: boolean;
}): void {
  const { knex, query, column, passOthers = false } = options;
  if (options.team !== undefined) {
    const team = refText(options.team);
    if (team === NONE) {
      const groups = knex('directory_closure').select('descendant_ref');
      query.whereNotIn(column, setsOf(knex).whereIn('owner_ref', groups));
    } else {
      whereAmong({
        knex,
        query,
        column,
        passOthers,
        sets: setsOfTeam(knex, team),
      });
    }
  }
  if (options.ownerRef !== undefined) {
    const ownerRef = refText(options.ownerRef);
    if (ownerRef === NONE) {
      query.where(column, '[]');
    } else {
      const sets = setsOf(knex).where('owner_ref', ownerRef);
      whereAmong({ knex, query, column, passOthers, sets });
    }
  }
}

/** The texts of owners as a subquery, to be restricted to some owners. */
function setsOf(knex: Knex): Knex.QueryBuilder {
  return knex('owner_sets').select('owners');
}

/** An owner that is no group of the catalog stands for itself. */
function setsOfTeam(knex: Knex, team: string): Knex.QueryBuilder {
  return knex('owner_sets as s')
    .join('directory_closure as d', 'd.descendant_ref', 's.owner_ref')
    .where('d.ancestor_ref', team)
    .select('s.owners')
    .unionAll(setsOf(knex).where('owner_ref', team));
}

function whereAmong(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  column: string;
  sets: Knex.QueryBuilder;
  passOthers: boolean;
}): void {
  const { knex, query, column, sets, passOthers } = options;
  if (passOthers) {
    // The comparison keeps databases from starting with the sets.
    query.whereRaw('(?? IN (?)) IS TRUE', [column, sets]);
  } else if (knex.client.config.client === 'pg') {
    query.whereRaw('?? = ANY(ARRAY(?))', [column, sets]);
  } else {
    query.whereIn(column, sets);
  }
}
