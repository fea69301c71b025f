import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { refText } from '../../api/whereOwnedBy';
import { whereIn } from '../../api/whereVisible';
import { columnText } from './columnText';
import { LIKE, literally } from './likePattern';

/** Stands for "there is none" in the filters team, ownerRef and tier. */
export const NONE = 'none';

/**
 * The part of a filter that is about components but not about who owns them,
 * on a query that has their refs in `entityRef` and their rows (or nothing, for
 * one that is gone) as `c`.
 */
export function whereEntity(options: {
  query: Knex.QueryBuilder;
  /** Qualified name of the column. */
  entityRef: string;
  filter: Pick<FindingFilter, 'entityRef' | 'tier' | 'kind' | 'state'>;
}): void {
  const { query, entityRef, filter } = options;

  if (filter.entityRef !== undefined) {
    query.where(entityRef, refText(filter.entityRef));
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
    const kinds = filter.kind.map(refText);
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
