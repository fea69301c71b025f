import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import { columnText } from './columnText';
import { storedMoment, type FindingSelection } from './FindingSelection';
import { LIKE_IN_ANY_CASE, literally } from './likePattern';
import { whereCounted } from './whereCounted';
import { NONE, whereEntity } from './whereEntity';

/**
 * The findings of a selection as `f`. Without columns: the caller selects,
 * counts or groups.
 */
export function selectFindings(options: {
  knex: Knex;
  selection: FindingSelection;
  /** For the first of many in an order that has an index. */
  inOrder?: boolean;
}): Knex.QueryBuilder {
  const { knex, selection, inOrder } = options;
  const { filter, visible, now } = selection;

  // What could be read from an index alone no longer is with a join, not even
  // with one that PostgreSQL finds to be of no use.
  const query =
    filter.tier || filter.state || filter.text
      ? fromFindings(knex)
      : knex('findings as f');
  whereVisible(query, 'f.entity_ref', visible);
  whereCounted({ knex, query, table: 'f', filter, passOthers: inOrder });
  whereEntity({ query, entityRef: 'f.entity_ref', filter });

  if (filter.closedSince !== undefined) {
    query.where('f.closed_at', '>=', storedMoment(filter.closedSince));
  }
  if (filter.assignee !== undefined) {
    whereAssignee({ knex, query, assignee: filter.assignee });
  }
  if (filter.waiver === 'requested') {
    query
      .whereNot('f.state', 'closed')
      .whereExists(
        knex('waiver_requests as q')
          .select(knex.raw('1'))
          .whereRaw(
            'q.finding_id = f.id AND f.reopened_count <= q.max_reopened',
          ),
      );
  }
  if (filter.openedSince !== undefined) {
    query.where('f.first_seen_at', '>=', storedMoment(filter.openedSince));
  }
  if (filter.minAgeDays !== undefined) {
    // Further back than any finding, and within what a Date can hold.
    const days = Math.min(filter.minAgeDays, 10_000);
    query.where(
      'f.first_seen_at',
      '<=',
      new Date(now.getTime() - days * 86_400_000).toISOString(),
    );
  }
  if (filter.maxAgeDays !== undefined) {
    const days = Math.min(filter.maxAgeDays, 10_000);
    query.where(
      'f.first_seen_at',
      '>',
      new Date(now.getTime() - days * 86_400_000).toISOString(),
    );
  }
  for (const word of (filter.text ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${literally(word.toLocaleLowerCase('en-US'))}%`;
    query.where(either => {
      for (const column of [
        'f.message',
        'f.entity_ref',
        'f.rule_id',
        'c.title',
        't.title',
      ]) {
        either.orWhereRaw(LIKE_IN_ANY_CASE, [column, pattern]);
      }
    });
  }
  return query;
}

/** All findings as `f` with `c` and `t`. */
function fromFindings(knex: Knex): Knex.QueryBuilder {
  return knex('findings as f')
    .leftJoin('components as c', 'c.entity_ref', 'f.entity_ref')
    .leftJoin('tombstones as t', 't.entity_ref', 'f.entity_ref');
}

function whereAssignee(options: {
  knex: Knex;
  query: Knex.QueryBuilder;
  assignee: string;
}): void {
  const { knex, query } = options;
  const assignee = columnText(options.assignee, 300).toLocaleLowerCase('en-US');
  const assigned = knex('finding_assignees').select('finding_id');
  if (assignee === NONE) {
    query.whereNotIn('f.id', assigned);
  } else {
    query.whereIn('f.id', assigned.where('assignee_ref', assignee));
  }
}
