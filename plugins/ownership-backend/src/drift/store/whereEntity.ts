import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { columnText } from './columnText';
import { LIKE, literally } from './likePattern';

/** Stands for "there is none" in the filters team, ownerRef and tier. */
export const NONE = 'none';

/**
 * The part of a filter that is about components, on a query that has their
 * refs in `entityRef` and their rows (or nothing, for one that is gone) as `c`.
 */
export function whereEntity(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  /** Qualified name of the column. */
  entityRef: string;
  filter: FindingFilter;
  /**
   * Whether only the first of many rows are read, in an order that has an
   * index: the team of each is then looked up on the way.
   */
  inOrder?: boolean;
}): void {
  const { knex, query, entityRef, filter, inOrder } = options;
  const refOf = (text: string) =>
    columnText(text, 300).toLocaleLowerCase('en-US');

  if (filter.team !== undefined) {
    const team = refOf(filter.team);
    if (inOrder && team !== NONE) {
      whereTeamOfEach({ query, entityRef, team });
    } else {
      whereTeam({ knex, query, entityRef, team });
    }
  }
  if (filter.ownerRef !== undefined) {
    const ownerRef = refOf(filter.ownerRef);
    if (ownerRef === NONE) {
      query.whereNotIn(entityRef, ownedBy(knex));
    } else {
      query.whereIn(
        entityRef,
        ownedBy(knex, owners => owners.where('owner_ref', ownerRef)),
      );
    }
  }
  if (filter.entityRef !== undefined) {
    query.where(entityRef, refOf(filter.entityRef));
  }
  if (filter.tier) {
    const tiers = filter.tier.map(tier => columnText(tier, 100));
    query.where(either => {
      whereIn(either, 'c.tier', tiers);
      if (tiers.includes(NONE)) {
        either.orWhereNull('c.tier');
      }
    });
  }
  if (filter.kind) {
    // By the ref, which a component that is gone still has.
    const kinds = filter.kind.map(refOf);
    query.where(either => {
      for (const kind of kinds) {
        either.orWhereRaw(LIKE, [entityRef, `${literally(kind)}:%`]);
      }
    });
  }
  if (filter.state) {
    whereIn(query, 'c.state', filter.state);
  }
}

function whereTeam(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  entityRef: string;
  team: string;
}): void {
  const { knex, query, entityRef, team } = options;
  if (team === NONE) {
    query.whereNotIn(
      entityRef,
      ownedBy(knex, owners =>
        owners.whereIn(
          'owner_ref',
          knex('directory_closure').select('descendant_ref'),
        ),
      ),
    );
    return;
  }
  const below = knex('directory_closure')
    .select('descendant_ref')
    .where('ancestor_ref', team);
  if (knex.client.config.client === 'pg') {
    // As arrays, which are looked up in the indexes; sets it would go over
    // every owner for.
    query.whereRaw('?? = ANY(ARRAY(?))', [
      entityRef,
      ownedBy(knex, owners =>
        owners.whereRaw('owner_ref = ANY(ARRAY(?) || ?::varchar)', [
          below.clone(),
          team,
        ]),
      ),
    ]);
    return;
  }
  query.whereIn(
    entityRef,
    ownedBy(knex, owners =>
      owners.where(either =>
        either.where('owner_ref', team).orWhereIn('owner_ref', below.clone()),
      ),
    ),
  );
}

/**
 * The same, looked up for one row after the other. OFFSET keeps PostgreSQL
 * from making a set of it for all rows at once.
 */
function whereTeamOfEach(options: {
  query: Knex.QueryBuilder;
  entityRef: string;
  team: string;
}): void {
  const { query, entityRef, team } = options;
  query.where(either => {
    for (const owners of ['component_owners', 'tombstone_owners']) {
      either.orWhereRaw(
        `EXISTS (
          SELECT 1 FROM ?? o WHERE o.entity_ref = ?? AND (
            o.owner_ref = ? OR EXISTS (
              SELECT 1 FROM directory_closure d
              WHERE d.ancestor_ref = ? AND d.descendant_ref = o.owner_ref
              LIMIT 1 OFFSET 0
            )
          ) LIMIT 1 OFFSET 0
        )`,
        [owners, entityRef, team, team],
      );
    }
  });
}

/** Refs of components with a matching owner, those that are gone included. */
function ownedBy(
  knex: Knex,
  match: (owners: Knex.QueryBuilder) => Knex.QueryBuilder = owners => owners,
): Knex.QueryBuilder {
  return match(knex('component_owners').select('entity_ref')).unionAll(
    match(knex('tombstone_owners').select('entity_ref')),
  );
}
