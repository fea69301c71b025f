import type { CostTerms } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

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
