import type { ComponentFacts } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { ComponentRowConsumer } from '../drift/ComponentRowConsumer';
import { columnText } from '../drift/store/columnText';
import type { CostTermsRow } from './store/readCostTerms';

/**
 * Notes what contracts say of cost: the tags a bill is read by, and budgets.
 */
export class MeasureConsumer extends ComponentRowConsumer<CostTermsRow> {
  constructor(options: { knex: Knex }) {
    super({
      ...options,
      table: 'cost_terms',
      columns: ['cost_center', 'tags', 'budget_amount', 'budget_currency'],
      rowOf: ({ facts }) => termsOf(facts),
    });
  }
}

function termsOf({
  entityRef,
  effective,
}: ComponentFacts): CostTermsRow | undefined {
  const { costCenter, tags, monthlyBudget } = effective.cost ?? {};
  const hasTags = tags && Object.keys(tags).length > 0;
  if (!costCenter && !hasTags && !monthlyBudget) {
    return undefined;
  }
  return {
    entity_ref: entityRef,
    cost_center: costCenter ? columnText(costCenter, 200) : null,
    tags: hasTags ? columnText(JSON.stringify(tags), 100_000) : null,
    budget_amount: monthlyBudget?.amount ?? null,
    budget_currency: monthlyBudget?.currency ?? null,
  };
}
