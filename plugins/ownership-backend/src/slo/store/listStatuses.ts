import { sloStateSchema } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  Page,
  SloQuery,
  SloState,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { parseOrder } from '../../api/parseOrder';
import { readOwnerRefs } from '../../drift/store/readOwnerRefs';
import type { VisibleRefs } from '../../api/Visibility';
import { readPage } from '../../drift/store/readPage';
import type { SortKey } from '../../drift/store/readPage';
import { firingCase, sloStatusesQuery } from './sloStatusesQuery';

interface Row {
  entity_ref: string;
  slo: string;
  remaining_order: number;
  burn_order: number;
  last_data_end: number | string;
  status: string;
  title: string | null;
  tier: string | null;
}

const remaining: SortKey<Row> = {
  column: 's.remaining_order',
  type: 'number',
  valueOf: row => row.remaining_order,
};
const burnRate: SortKey<Row> = {
  column: 's.burn_order',
  type: 'number',
  valueOf: row => row.burn_order,
};
const lastDataAt: SortKey<Row> = {
  column: 's.last_data_end',
  type: 'number',
  valueOf: row => Number(row.last_data_end),
};
const entityRef: SortKey<Row> = {
  column: 's.entity_ref',
  type: 'string',
  valueOf: row => row.entity_ref,
};
const slo: SortKey<Row> = {
  column: 's.slo',
  type: 'string',
  valueOf: row => row.slo,
};

/**
 * One page of SLO statuses, worst first, in three statements. The summary
 * counts by state what the other filters leave, so that a filter by state can
 * show how many it would give.
 */
export async function listStatuses(
  knex: Knex,
  options: { query: SloQuery; visible: VisibleRefs },
): Promise<
  Page<SloStatus> & {
    summary: {
      total: number;
      byState: Record<SloState, number>;
      firing: number;
    };
  }
> {
  const { query: asked, visible } = options;
  const order = parseOrder(asked.orderBy, [
    'remaining',
    'burnRate',
    'entityRef',
    'lastDataAt',
  ]);
  const base = sloStatusesQuery(knex, { filter: asked, visible });

  const byState = Object.fromEntries(
    sloStateSchema.options.map(state => [state, 0]),
  ) as Record<SloState, number>;
  let firing = 0;
  const counts: Array<{
    state: SloState;
    count: number | string;
    firing: number | string;
  }> = await base
    .clone()
    .groupBy('s.state')
    .select(
      's.state',
      knex.raw('count(*) as count, sum(?) as firing', [
        firingCase(knex, asked.firing ?? 'any'),
      ]),
    );
  for (const each of counts) {
    // Each filter counts what the others leave.
    byState[each.state] = Number(asked.firing ? each.firing : each.count);
    if (asked.state?.includes(each.state) ?? true) {
      firing += Number(each.firing);
    }
  }

  const page = base
    .clone()
    .leftJoin('components as c', 'c.entity_ref', 's.entity_ref')
    .select(
      's.entity_ref',
      's.slo',
      's.remaining_order',
      's.burn_order',
      's.last_data_end',
      's.status',
      'c.title',
      'c.tier',
    );
  if (asked.state) {
    page.whereIn('s.state', asked.state);
  }
  if (asked.firing) {
    page.whereRaw('? = 1', [firingCase(knex, asked.firing)]);
  }
  const keys = {
    remaining: [remaining],
    burnRate: [burnRate],
    lastDataAt: [lastDataAt],
    entityRef: [],
  };
  const { rows, pageInfo } = await readPage<Row>({
    query: page,
    order: `${order.field}${order.turned ? '-' : ''}`,
    keys: [...keys[order.field], entityRef, slo],
    descending: order.turned,
    limit: asked.limit ?? 50,
    cursor: asked.cursor,
  });
  const owners = await readOwnerRefs({
    knex,
    entityRefs: [...new Set(rows.map(row => row.entity_ref))],
  });
  const sum = (states: readonly SloState[]) =>
    states.reduce((total, state) => total + byState[state], 0);
  return {
    items: rows.map(row => ({
      ...(JSON.parse(row.status) as SloStatus),
      ownerRefs: owners.get(row.entity_ref) ?? [],
      ...(row.title && { entityTitle: row.title }),
      ...(row.tier && { tier: row.tier }),
    })),
    pageInfo,
    totalItems: sum([...new Set(asked.state ?? sloStateSchema.options)]),
    summary: { total: sum(sloStateSchema.options), byState, firing },
  };
}
