import {
  findMeasure,
  type CostTotal,
  type MeasureRollup,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import { scopesQuery } from '../../scorecard/scopes';
import {
  costSums,
  countedDeployments,
  countedIncidents,
  deliverySums,
  monthlyCostRows,
  toCostTotal,
  type MeasuredPart,
} from './readTotals';

type Item = MeasureRollup['items'][number];

/**
 * The measures of every team, itself and the groups below it, by name. An
 * entity counts once for a team, however many of the groups below own it.
 */
export async function readRollup(
  knex: Knex,
  part: MeasuredPart,
): Promise<Item[]> {
  const { from, month } = part;
  const scopes = () => {
    const query = knex.from(
      scopesQuery(knex, { kind: 'team', team: part.team }).as('s'),
    );
    whereVisible(query, 's.entity_ref', part.visible);
    return query;
  };
  const deployments = countedDeployments(knex, from)
    .groupBy('d.entity_ref')
    .select(
      'd.entity_ref',
      knex.raw(
        `${deliverySums.deployments} AS deployments, ${deliverySums.failures} AS failures`,
      ),
    );
  const incidents = countedIncidents(knex, from)
    .groupBy('i.entity_ref')
    .select(
      'i.entity_ref',
      knex.raw(
        `${deliverySums.incidents} AS incidents, ${deliverySums.openIncidents} AS open`,
        [from],
      ),
    );
  const [deliveries, costs, values, groups] = await Promise.all([
    scopes()
      .join('components as c', 'c.entity_ref', 's.entity_ref')
      .leftJoin(deployments.as('d'), 'd.entity_ref', 's.entity_ref')
      .leftJoin(incidents.as('i'), 'i.entity_ref', 's.entity_ref')
      .groupBy('s.scope')
      .select(
        's.scope',
        knex.raw(
          'count(*) AS entities, sum(d.deployments) AS deployments, sum(d.failures) AS failures, sum(i.incidents) AS incidents, sum(i.open) AS open',
        ),
      ),
    monthlyCostRows(knex, month)
      .join(scopes().select('s.*').as('s'), 's.entity_ref', 'v.entity_ref')
      .groupBy('s.scope', 'v.currency')
      .select('s.scope', 'v.currency', ...costSums(knex)),
    knex('measure_values as v')
      .join(scopes().select('s.*').as('s'), 's.entity_ref', 'v.entity_ref')
      .where(query =>
        query
          .whereIn('v.measure', ['security-findings', 'observability-coverage'])
          .where('v.month', '')
          .orWhere({ 'v.measure': 'toil-hours', 'v.month': month }),
      )
      .groupBy('s.scope', 'v.measure')
      .select(
        's.scope',
        'v.measure',
        knex.raw(
          'sum(v.value) AS sum, avg(v.value) AS mean, count(*) AS entities',
        ),
      ),
    knex('directory_principals')
      .where('kind', 'group')
      .select('ref', 'title', 'parent_ref'),
  ]);

  const titles = new Map(groups.map(group => [group.ref, group]));
  const present = new Set(
    deliveries.map((row: { scope: string }) => row.scope),
  );
  const costsOf = byScope(costs);
  const valuesOf = byScope(values);
  return deliveries
    .map((row: Record<string, string>): Item => {
      const group = titles.get(row.scope);
      const total = Number(row.deployments ?? 0);
      const failures = Number(row.failures ?? 0);
      return {
        ref: row.scope,
        title: group?.title ?? row.scope,
        ...(group?.parent_ref &&
          present.has(group.parent_ref) && { parent: group.parent_ref }),
        entities: Number(row.entities),
        deployments: total,
        failures,
        ...(total > 0 && { changeFailureRate: failures / total }),
        incidents: Number(row.incidents ?? 0),
        openIncidents: Number(row.open ?? 0),
        costs: (costsOf.get(row.scope) ?? [])
          .map(toCostTotal)
          .sort((a: CostTotal, b: CostTotal) => b.amount - a.amount),
        measures: (valuesOf.get(row.scope) ?? []).map(value => ({
          measure: String(value.measure),
          value: Number(
            findMeasure(String(value.measure))?.rollUp === 'mean'
              ? value.mean
              : value.sum,
          ),
          entities: Number(value.entities),
        })),
      };
    })
    .sort((a: Item, b: Item) => (a.title < b.title ? -1 : 1));
}

function byScope(
  rows: ReadonlyArray<Record<string, unknown>>,
): Map<string, Array<Record<string, unknown>>> {
  const scopes = new Map<string, Array<Record<string, unknown>>>();
  for (const row of rows) {
    const scope = String(row.scope);
    scopes.set(scope, [...(scopes.get(scope) ?? []), row]);
  }
  return scopes;
}
