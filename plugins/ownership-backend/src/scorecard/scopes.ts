import type { Knex } from 'knex';
import { refText, whereOwnedBy } from '../api/whereOwnedBy';

/**
 * What components are added up by.
 */
export type ScopeKind = 'team' | 'domain' | 'system';

/**
 * Every scope with every component in it, each pair once, as a subquery with
 * the columns `scope` and `entity_ref`.
 *
 * Teams are the owners and all groups above them; an owner that does not
 * resolve is a scope of its own, so that nothing falls out of the sums.
 *
 * @param options - `team`: only this group and what is below it
 */
export function scopesQuery(
  knex: Knex,
  options: { kind: ScopeKind; team?: string },
): Knex.QueryBuilder {
  const { kind, team } = options;
  if (kind !== 'team') {
    const column = kind === 'domain' ? 'domain_ref' : 'system_ref';
    const query = knex('components')
      .whereNotNull(column)
      .select({ scope: column, entity_ref: 'entity_ref' });
    if (team) {
      whereOwnedBy(query, 'entity_ref', team);
    }
    return query;
  }

  const direct = knex('component_owners').select({
    scope: 'owner_ref',
    entity_ref: 'entity_ref',
  });
  const above = knex('component_owners')
    .join(
      'directory_closure',
      'directory_closure.descendant_ref',
      'component_owners.owner_ref',
    )
    .select({
      scope: 'directory_closure.ancestor_ref',
      entity_ref: 'component_owners.entity_ref',
    });
  if (team) {
    // In both branches, not around them: a database would look through all
    // pairs once more for each component.
    const ref = refText(team);
    const below = knex('directory_closure')
      .where('ancestor_ref', ref)
      .select('descendant_ref');
    direct.where(either =>
      either.where('owner_ref', ref).orWhereIn('owner_ref', below),
    );
    above.whereIn('directory_closure.ancestor_ref', below.clone());
  }
  return direct.union([above]);
}
