import { owningScopes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

// No ref holds a line break.
const SEPARATOR = '\n';

/**
 * Every component that has an owner with all of them in one text, as a
 * subquery with the columns `entity_ref` and `owners`.
 *
 * Numbers of teams are summed by this first: there are a hundred times fewer
 * ways to be owned than components, and as many sums as a component has teams
 * above it are left to `scopeSums`.
 */
export function ownerSets(knex: Knex): Knex.QueryBuilder {
  const join =
    knex.client.config.client === 'pg' ? 'string_agg' : 'group_concat';
  return knex('component_owners')
    .select('entity_ref', {
      owners: knex.raw(`${join}(owner_ref, ? ORDER BY owner_ref)`, [SEPARATOR]),
    })
    .groupBy('entity_ref');
}

/** Owners as `ownerSets` has them in one text. */
export function ownerSet(ownerRefs: readonly string[]): string {
  return ownerRefs.join(SEPARATOR);
}

/**
 * Adds rows of sums by owners up to sums by team: the owners themselves and
 * all groups above them. A component counts once for each, however many ways
 * lead there.
 */
export async function scopeSums<T extends { owners: string }>(options: {
  knex: Knex;
  rows: readonly T[];
  add: (scope: string, row: T) => void;
}): Promise<void> {
  const { knex, rows, add } = options;
  const above = new Map<string, string[]>();
  const closure: Array<{ ancestor_ref: string; descendant_ref: string }> =
    await knex('directory_closure')
      .where('depth', '>', 0)
      .select('ancestor_ref', 'descendant_ref');
  for (const { ancestor_ref, descendant_ref } of closure) {
    const ancestors = above.get(descendant_ref) ?? [];
    ancestors.push(ancestor_ref);
    above.set(descendant_ref, ancestors);
  }
  const directory = { ancestors: (ref: string) => above.get(ref) ?? [] };
  for (const row of rows) {
    for (const scope of owningScopes(row.owners.split(SEPARATOR), directory)) {
      add(scope, row);
    }
  }
}
