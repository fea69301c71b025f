import type {
  CostTotal,
  MeasureTotals,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { whereOwnedBy } from '../../api/whereOwnedBy';
import { whereVisible } from '../../api/whereVisible';

/** The part of the organisation that is asked for, and the period. */
export interface MeasuredPart {
  team?: string;
  visible: VisibleRefs;
  /** ISO 8601, included. */
  from: string;
  /** The month costs are of. */
  month: string;
}

/** Restricts a query to a part of the organisation. */
export function within(
  query: Knex.QueryBuilder,
  column: string,
  { team, visible }: Pick<MeasuredPart, 'team' | 'visible'>,
): Knex.QueryBuilder {
  if (team) {
    whereOwnedBy(query, column, team);
  }
  whereVisible(query, column, visible);
  return query;
}

/** Deployments to production that came through: what failures are a part of. */
export function countedDeployments(
  knex: Knex,
  from: string,
): Knex.QueryBuilder {
  return knex('deployments as d')
    .join('components as c', 'c.entity_ref', 'd.entity_ref')
    .where('d.counts', true)
    .whereIn('d.kind', ['deployed', 'upgraded'])
    .where('d.outcome', 'success')
    .where('d.at', '>=', from);
}

/** Incidents of the period, and those that are open whenever they began. */
export function countedIncidents(knex: Knex, from: string): Knex.QueryBuilder {
  return knex('incidents as i')
    .join('components as c', 'c.entity_ref', 'i.entity_ref')
    .where('i.counts', true)
    .where(query =>
      query.where('i.began_at', '>=', from).orWhereNull('i.resolved_at'),
    );
}

/** Costs of a month with the budget in the same currency, if there is one. */
export function monthlyCostRows(knex: Knex, month: string): Knex.QueryBuilder {
  return knex('measure_values as v')
    .join('components as c', 'c.entity_ref', 'v.entity_ref')
    .leftJoin('cost_terms as t', query =>
      query
        .on('t.entity_ref', 'v.entity_ref')
        .andOn('t.budget_currency', 'v.currency'),
    )
    .where('v.measure', 'cost')
    .where('v.month', month);
}

const FAILED =
  "CASE WHEN d.failure IN ('rollback', 'incident') THEN 1 ELSE 0 END";

/** What is added up of costs, as columns that follow the currency. */
const COST_SUMS = [
  'sum(v.value)',
  'count(*)',
  'sum(CASE WHEN t.budget_amount IS NULL THEN 0 ELSE v.value END)',
  'sum(coalesce(t.budget_amount, 0))',
  'sum(CASE WHEN v.value > t.budget_amount THEN 1 ELSE 0 END)',
];

/** What is added up of deployments and incidents. */
export const deliverySums = {
  deployments: 'count(*)',
  failures: `sum(${FAILED})`,
  /** Takes the start of the period. */
  incidents: 'sum(CASE WHEN i.began_at >= ? THEN 1 ELSE 0 END)',
  openIncidents: 'sum(CASE WHEN i.resolved_at IS NULL THEN 1 ELSE 0 END)',
};

/** Costs as they are added up: `amount`, `entities`, `budgeted`, `budget`, `over`. */
export function costSums(knex: Knex): Knex.Raw[] {
  return ['amount', 'entities', 'budgeted', 'budget', 'over_budget'].map(
    (name, index) => knex.raw(`${COST_SUMS[index]} AS ${name}`),
  );
}

/** The row of costs that were added up, as numbers. */
export function toCostTotal(row: Record<string, unknown>): CostTotal {
  return {
    currency: String(row.currency),
    amount: Number(row.amount),
    entities: Number(row.entities),
    budgeted: Number(row.budgeted),
    budget: Number(row.budget),
    over: Number(row.over_budget),
  };
}

/** Cost, deployments and incidents of a part, in one statement. */
export async function readTotals(
  knex: Knex,
  part: MeasuredPart,
): Promise<MeasureTotals> {
  const { from, month } = part;
  const sums = (kind: string, expressions: string[], bindings: string[] = []) =>
    knex.raw(
      [
        `'${kind}' AS kind`,
        `${kind === 'cost' ? 'v.currency' : "''"} AS currency`,
        ...['amount', 'entities', 'budgeted', 'budget', 'over_budget'].map(
          (name, index) => `${expressions[index] ?? '0'} AS ${name}`,
        ),
      ].join(', '),
      bindings,
    );
  const costs = within(monthlyCostRows(knex, month), 'v.entity_ref', part)
    .groupBy('v.currency')
    .select(sums('cost', COST_SUMS));
  const deployments = within(
    countedDeployments(knex, from),
    'd.entity_ref',
    part,
  ).select(
    sums('deployments', [deliverySums.deployments, deliverySums.failures]),
  );
  const incidents = within(
    countedIncidents(knex, from),
    'i.entity_ref',
    part,
  ).select(
    sums(
      'incidents',
      [deliverySums.incidents, deliverySums.openIncidents],
      [from],
    ),
  );
  // The one that is grouped last: knex groups what it began with as a whole.
  const rows = await deployments.unionAll([incidents, costs]);
  const of = (kind: string) =>
    rows.find(({ kind: k }: { kind: string }) => k === kind);
  const total = Number(of('deployments')?.amount ?? 0);
  const failures = Number(of('deployments')?.entities ?? 0);
  return {
    month,
    deployments: total,
    failures,
    ...(total > 0 && { changeFailureRate: failures / total }),
    incidents: Number(of('incidents')?.amount ?? 0),
    openIncidents: Number(of('incidents')?.entities ?? 0),
    costs: rows
      .filter(({ kind: k }: { kind: string }) => k === 'cost')
      .map(toCostTotal)
      .sort((a: CostTotal, b: CostTotal) => b.amount - a.amount),
  };
}
