import {
  severityRank,
  type FindingFilter,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { columnText } from './columnText';
import { whereOwners } from './whereOwners';

/**
 * The part of a filter that the database keeps count by, on findings or on
 * their counts: both have these columns.
 */
export function whereCounted(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  /** The name the query gives the table. */
  table: string;
  filter: FindingFilter;
  /** See `whereOwners`. */
  passOthers?: boolean;
}): void {
  const { knex, query, table, filter, passOthers } = options;
  const { team, ownerRef } = filter;
  const column = `${table}.owners`;
  whereOwners({ knex, query, column, team, ownerRef, passOthers });
  const states = statesOf(filter);
  if (states.length === 1) {
    // What comes after it in an index is then in order.
    query.where(`${table}.state`, states[0]);
  } else {
    whereIn(query, `${table}.state`, states);
  }
  if (filter.rule) {
    const rules = filter.rule.map(rule => columnText(rule, 100));
    whereIn(query, `${table}.rule_id`, rules);
  }
  if (filter.severity) {
    const ranks = filter.severity.map(severityRank);
    query.whereIn(`${table}.severity_rank`, ranks);
  }
}

function statesOf(filter: FindingFilter): readonly string[] {
  if (filter.closedSince !== undefined) {
    return ['closed'];
  }
  // Who looks for requests wants all of them, whatever the finding is in.
  const standing = filter.waiver ? ['snoozed', 'waived'] : [];
  return filter.findingState ?? ['open', 'acknowledged', ...standing];
}
