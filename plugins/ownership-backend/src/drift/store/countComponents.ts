import type {
  FindingFilter,
  OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { refText, whereOwnedBy } from '../../api/whereOwnedBy';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';
import { NONE, whereEntity } from './whereEntity';

/**
 * Components within the part of a filter that is about components, whether
 * they have findings or not, by state and as far as they may be seen.
 */
export async function countComponents(options: {
  knex: Knex;
  filter: FindingFilter;
  visible: VisibleRefs;
}): Promise<Record<OwnershipState, number>> {
  const { knex, filter, visible } = options;
  const query = knex('components as c')
    .select('c.state')
    .count({ count: '*' })
    .groupBy('c.state');
  whereVisible(query, 'c.entity_ref', visible);
  whereEntity({ query, entityRef: 'c.entity_ref', filter });
  if (filter.team !== undefined) {
    whereOwnedBy(query, 'c.entity_ref', filter.team);
  }
  if (filter.ownerRef !== undefined) {
    whereOwner({ knex, query, ownerRef: refText(filter.ownerRef) });
  }
  const byState = { owned: 0, 'at-risk': 0, orphaned: 0, unknown: 0 };
  const rows = (await query) as Array<{
    state: OwnershipState;
    count: number | string;
  }>;
  for (const row of rows) {
    byState[row.state] = Number(row.count);
  }
  return byState;
}

function whereOwner(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  ownerRef: string;
}): void {
  const { knex, query, ownerRef } = options;
  const owned = knex('component_owners').select('entity_ref');
  if (ownerRef === NONE) {
    query.whereNotIn('c.entity_ref', owned);
  } else {
    query.whereIn('c.entity_ref', owned.where('owner_ref', ownerRef));
  }
}
