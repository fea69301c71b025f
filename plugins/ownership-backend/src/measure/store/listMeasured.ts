import type {
  MeasuredEntity,
  MeasuredQuery,
  Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { columnText } from '../../drift/store/columnText';
import { readOwnerRefs } from '../../drift/store/readOwnerRefs';
import { readPage } from '../../drift/store/readPage';
import {
  countedDeployments,
  countedIncidents,
  deliverySums,
  monthlyCostRows,
  within,
} from './readTotals';

interface Row {
  entity_ref: string;
  title: string | null;
  currency: string;
  value: number | string;
  whole: number | string | null;
  rank: number | string;
}

/**
 * One page of the components behind a measure, largest value first. The values
 * of all pages add up to the number that opened the list.
 */
export async function listMeasured(
  knex: Knex,
  options: {
    query: MeasuredQuery;
    visible: VisibleRefs;
    /** ISO 8601. */
    from: string;
    month: string;
  },
): Promise<Page<MeasuredEntity>> {
  const { query: asked, visible } = options;
  const part = { team: asked.team, visible };
  const base = knex.from(measured(knex, options).as('m'));
  const matching = within(base, 'm.entity_ref', part);
  if (asked.currency) {
    matching.where('m.currency', columnText(asked.currency, 3));
  }
  const [{ count }] = await matching.clone().count({ count: '*' });
  const { rows, pageInfo } = await readPage<Row>({
    // Values are of any size; pages are found by whole numbers.
    query: knex
      .select('*')
      .from(
        matching
          .select(
            'm.*',
            knex.raw(
              'CAST(-1000 * (CASE WHEN m.value > 9e12 THEN 9e12 ELSE m.value END) AS bigint) AS "rank"',
            ),
          )
          .as('p'),
      ),
    order: `${asked.show}`,
    keys: [
      { column: 'p.rank', type: 'number', valueOf: row => Number(row.rank) },
      {
        column: 'p.entity_ref',
        type: 'string',
        valueOf: row => row.entity_ref,
      },
      { column: 'p.currency', type: 'string', valueOf: row => row.currency },
    ],
    limit: asked.limit ?? 50,
    cursor: asked.cursor,
  });
  const owners = await readOwnerRefs({
    knex,
    entityRefs: rows.map(row => row.entity_ref),
  });
  return {
    items: rows.map(row => ({
      entityRef: row.entity_ref,
      ...(row.title !== null && { title: row.title }),
      ownerRefs: owners.get(row.entity_ref) ?? [],
      value: Number(row.value),
      ...(row.currency && { currency: row.currency }),
      ...(row.whole !== null && { of: Number(row.whole) }),
    })),
    pageInfo,
    totalItems: Number(count),
  };
}

/** The components of a list with `value`, `whole` and `currency`. */
function measured(
  knex: Knex,
  options: { query: MeasuredQuery; from: string; month: string },
): Knex.QueryBuilder {
  const { query, from, month } = options;
  const { show } = query;
  if (show === 'deployments' || show === 'failures') {
    const rows = countedDeployments(knex, from)
      .groupBy('c.entity_ref', 'c.title')
      .select(
        'c.entity_ref',
        'c.title',
        knex.raw(
          `'' AS currency, ${deliverySums[show]} AS value, ${
            show === 'failures' ? deliverySums.deployments : 'NULL'
          } AS whole`,
        ),
      );
    return show === 'failures'
      ? rows.havingRaw(`${deliverySums.failures} > 0`)
      : rows;
  }
  if (show === 'incidents' || show === 'open-incidents') {
    const sum =
      show === 'incidents'
        ? deliverySums.incidents
        : deliverySums.openIncidents;
    const bindings = show === 'incidents' ? [from] : [];
    return countedIncidents(knex, from)
      .groupBy('c.entity_ref', 'c.title')
      .select(
        'c.entity_ref',
        'c.title',
        knex.raw(`'' AS currency, ${sum} AS value, NULL AS whole`, bindings),
      )
      .havingRaw(`${sum} > 0`, bindings);
  }
  if (show === 'cost' || show === 'over-budget') {
    const rows = monthlyCostRows(knex, month).select(
      'c.entity_ref',
      'c.title',
      'v.currency',
      'v.value',
      { whole: 't.budget_amount' },
    );
    return show === 'over-budget'
      ? rows.whereRaw('v.value > t.budget_amount')
      : rows;
  }
  return knex('measure_values as v')
    .join('components as c', 'c.entity_ref', 'v.entity_ref')
    .where('v.measure', show)
    .where('v.month', show === 'toil-hours' ? month : '')
    .select(
      'c.entity_ref',
      'c.title',
      'v.currency',
      'v.value',
      knex.raw('NULL AS whole'),
    );
}
