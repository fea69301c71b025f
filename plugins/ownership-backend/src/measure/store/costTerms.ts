import type { CostTerms } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { inSlices } from '../../drift/store/inSlices';
import { insertRows } from '../../drift/store/insertRows';

/** A row of `cost_terms`. */
export interface CostTermsRow {
  entity_ref: string;
  cost_center: string | null;
  /** JSON: value by name. */
  tags: string | null;
  budget_amount: number | null;
  budget_currency: string | null;
}

/** What contracts say of whose costs are whose. */
export async function readCostTerms(knex: Knex): Promise<CostTerms[]> {
  const rows = await knex<CostTermsRow>('cost_terms').where(query =>
    query.whereNotNull('tags').orWhereNotNull('cost_center'),
  );
  return rows.map(row => ({
    entityRef: row.entity_ref,
    ...(row.tags && { tags: JSON.parse(row.tags) }),
    ...(row.cost_center && { costCenter: row.cost_center }),
  }));
}

/**
 * Writes what is new or changed, and removes the terms of components that are
 * neither among the rows nor kept.
 */
export async function syncCostTerms(
  knex: Knex,
  options: { kept: ReadonlySet<string>; rows: readonly CostTermsRow[] },
): Promise<void> {
  const { kept, rows } = options;
  const stored = new Map(
    (await knex<CostTermsRow>('cost_terms')).map(row => [row.entity_ref, row]),
  );
  const changed = rows.filter(row => {
    const before = stored.get(row.entity_ref);
    return (
      !before ||
      (Object.keys(row) as Array<keyof CostTermsRow>).some(
        column => before[column] !== row[column],
      )
    );
  });
  const written = new Set(rows.map(row => row.entity_ref));
  await removeCostTerms(
    knex,
    [...stored.keys()].filter(ref => !kept.has(ref) && !written.has(ref)),
  );
  for (const slice of inSlices(changed)) {
    await insertRows(knex, 'cost_terms', slice)
      .onConflict('entity_ref')
      .merge(Object.keys(slice[0]));
  }
}

async function removeCostTerms(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<void> {
  if (entityRefs.length > 0) {
    const query = knex('cost_terms');
    whereIn(query, 'entity_ref', entityRefs);
    await query.delete();
  }
}
