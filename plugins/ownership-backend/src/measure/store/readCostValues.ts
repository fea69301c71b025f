import {
  monthsOf,
  type CostValue,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/**
 * What every component cost in the last complete month and in the one that
 * runs; `undefined` where no cost was ever pushed.
 */
export async function readCostValues(
  knex: Knex,
  now: Date,
): Promise<Map<string, CostValue[]> | undefined> {
  const { current, last } = monthsOf(now);
  const rows = await knex('measure_values')
    .where('measure', 'cost')
    .whereIn('month', [last, current])
    .select('entity_ref', 'month', 'currency', 'value');
  if (rows.length === 0) {
    const any = await knex('measure_values').where('measure', 'cost').first();
    return any && new Map();
  }
  const values = new Map<string, CostValue[]>();
  for (const { entity_ref: ref, month, currency, value } of rows) {
    const list = values.get(ref) ?? [];
    list.push({ month, currency, value });
    values.set(ref, list);
  }
  return values;
}
