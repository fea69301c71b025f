import type {
  Page,
  EntitySummary,
  entityRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import type { z } from 'zod';
import { parseOrder } from '../api/parseOrder';
import type { VisibleRefs } from '../api/Visibility';
import { refText, whereOwnedBy } from '../api/whereOwnedBy';
import { whereIn, whereVisible } from '../api/whereVisible';
import { readPage, type SortKey } from '../drift/store/readPage';
import { LIKE_IN_ANY_CASE, literally } from '../drift/store/likePattern';
import { summarise, type SummarySource } from './summarise';

/**
 * What `GET /entities` accepts.
 */
export type EntityQuery = z.output<typeof entityRoutes.listEntities.query>;

type Row = SummarySource & { rank: number; due: string };

const rank: SortKey<Row> = {
  column: 'p.rank',
  type: 'number',
  valueOf: row => row.rank,
};
const due: SortKey<Row> = {
  column: 'p.due',
  type: 'string',
  valueOf: row => row.due,
};
const entityRef: SortKey<Row> = {
  column: 'p.entity_ref',
  type: 'string',
  valueOf: row => row.entity_ref,
};

// The state first, the worst open finding next: rank 0 is an orphan with a
// critical finding, 19 an owned component without any.
const RANK = `5 * (CASE c.state WHEN 'orphaned' THEN 0 WHEN 'at-risk' THEN 1
  WHEN 'unknown' THEN 2 ELSE 3 END) + coalesce(f.worst, 4)`;

/**
 * One page of components, worst first. `orderBy` is `state`, `reviewDueAt` or
 * `entityRef`.
 */
export async function listEntities(
  knex: Knex,
  options: { query: EntityQuery; visible: VisibleRefs; scorecardId?: string },
): Promise<Page<EntitySummary>> {
  const { query: asked, visible, scorecardId } = options;
  const order = parseOrder(asked.orderBy, [
    'state',
    'reviewDueAt',
    'entityRef',
  ]);
  const base = knex('components as c');
  whereVisible(base, 'c.entity_ref', visible);
  if (asked.team) {
    whereOwnedBy(base, 'c.entity_ref', asked.team);
  }
  if (asked.system) {
    base.where('c.system_ref', refText(asked.system));
  }
  if (asked.domain) {
    base.where('c.domain_ref', refText(asked.domain));
  }
  if (asked.state) {
    whereIn(base, 'c.state', asked.state);
  }
  if (asked.reviewDueBefore) {
    base.where(
      'c.review_due_at',
      '<',
      DateTime.fromISO(asked.reviewDueBefore).toUTC().toISO()!,
    );
  }
  for (const word of (asked.text ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${literally(word.toLocaleLowerCase('en-US'))}%`;
    base.where(either => {
      for (const column of ['c.entity_ref', 'c.title']) {
        either.orWhereRaw(LIKE_IN_ANY_CASE, [column, pattern]);
      }
    });
  }
  const [{ count }] = await base.clone().count({ count: '*' });

  // Joined as a whole: asked for each component apart, SQLite looks through
  // all open findings every time.
  const worstFindings = knex('findings')
    .whereIn('state', ['open', 'acknowledged'])
    .groupBy('entity_ref')
    .select('entity_ref', knex.raw('min(severity_rank) as worst'));
  const { rows, pageInfo } = await readPage<Row>({
    query: knex.select('p.*').from(
      base
        .leftJoin(worstFindings.as('f'), 'f.entity_ref', 'c.entity_ref')
        .select(
          'c.entity_ref',
          'c.title',
          'c.kind',
          'c.tier',
          'c.lifecycle',
          'c.state',
          knex.raw(`${RANK} AS "rank"`),
          knex.raw(`coalesce(c.review_due_at, '9999') AS due`),
        )
        .as('p'),
    ),
    order: `${order.field}${order.turned ? '-' : ''}`,
    keys: [
      ...{ state: [rank], reviewDueAt: [due], entityRef: [] }[order.field],
      entityRef,
    ],
    descending: order.turned,
    limit: asked.limit ?? 50,
    cursor: asked.cursor,
  });
  return {
    items: await summarise(knex, { rows, scorecardId }),
    pageInfo,
    totalItems: Number(count),
  };
}
