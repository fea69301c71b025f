import type {
  Page,
  ScorecardResultQuery,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { parseOrder } from '../api/parseOrder';
import type { VisibleRefs } from '../api/Visibility';
import { refText, whereOwnedBy } from '../api/whereOwnedBy';
import { whereVisible } from '../api/whereVisible';
import { columnText } from '../drift/store/columnText';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';
import { readPage, type SortKey } from '../drift/store/readPage';

/**
 * A result as stored.
 */
export interface ResultRow {
  scorecard_id: string;
  entity_ref: string;
  bucket: string;
  next_level: string | null;
  /** JSON: rule ids. */
  missing: string;
  /** JSON: rule ids. */
  unknown: string;
  score: number;
  /** JSON: status by rule id. */
  rules: string;
}

/**
 * A result with what a list shows of its component.
 */
export interface ListedResultRow extends ResultRow {
  title: string | null;
  tier: string | null;
  ownerRefs: string[];
}

type Row = Omit<ListedResultRow, 'ownerRefs'> & {
  bucket_rank: number;
  score_order: number;
};

const level: SortKey<Row> = {
  column: 'r.bucket_rank',
  type: 'number',
  valueOf: row => row.bucket_rank,
};
const score: SortKey<Row> = {
  column: 'r.score_order',
  type: 'number',
  valueOf: row => row.score_order,
};
const entityRef: SortKey<Row> = {
  column: 'r.entity_ref',
  type: 'string',
  valueOf: row => row.entity_ref,
};

/**
 * One page of the results of a scorecard, lowest level and score first.
 * `orderBy` is `level`, `score` or `entityRef`.
 */
export async function listResults(
  knex: Knex,
  options: {
    scorecardId: string;
    query: ScorecardResultQuery;
    visible: VisibleRefs;
  },
): Promise<Page<ListedResultRow>> {
  const { scorecardId, query: asked, visible } = options;
  const order = parseOrder(asked.orderBy, ['level', 'score', 'entityRef']);

  const base = knex('scorecard_results as r')
    .join('components as c', 'c.entity_ref', 'r.entity_ref')
    .where('r.scorecard_id', scorecardId);
  if (asked.level) {
    base.where('r.bucket', columnText(asked.level, 100));
  }
  if (asked.domain) {
    base.where('c.domain_ref', refText(asked.domain));
  }
  if (asked.system) {
    base.where('c.system_ref', refText(asked.system));
  }
  if (asked.team) {
    whereOwnedBy(base, 'r.entity_ref', asked.team);
  }
  if (asked.rule) {
    base.whereIn(
      'r.entity_ref',
      knex('scorecard_gaps')
        .where({
          scorecard_id: scorecardId,
          rule_id: columnText(asked.rule, 100),
        })
        .select('entity_ref'),
    );
  }
  whereVisible(base, 'r.entity_ref', visible);

  const keys = { level: [level, score], score: [score], entityRef: [] };
  const [{ count }] = await base.clone().count({ count: '*' });
  const { rows, pageInfo } = await readPage<Row>({
    query: base.clone().select('r.*', 'c.title', 'c.tier'),
    order: `${order.field}${order.turned ? '-' : ''}`,
    keys: [...keys[order.field], entityRef],
    descending: order.turned,
    limit: asked.limit ?? 50,
    cursor: asked.cursor,
  });
  const owners = await readOwnerRefs({
    knex,
    entityRefs: rows.map(row => row.entity_ref),
  });
  return {
    items: rows.map(row => ({
      ...row,
      ownerRefs: owners.get(row.entity_ref) ?? [],
    })),
    pageInfo,
    totalItems: Number(count),
  };
}
