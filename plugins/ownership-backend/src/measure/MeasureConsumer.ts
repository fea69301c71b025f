import type { ComponentFacts } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../drift/store/columnText';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import {
  removeCostTerms,
  syncCostTerms,
  type CostTermsRow,
} from './store/costTerms';

/**
 * Notes what contracts say of cost: the tags a bill is read by, and budgets.
 */
export class MeasureConsumer implements ScanConsumer {
  readonly #knex: Knex;
  #scanId?: string;
  #present = new Set<string>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    const entityRefs = batch.map(({ facts }) => facts.entityRef);
    entityRefs.forEach(ref => this.#present.add(ref));
    await syncCostTerms(this.#knex, {
      entityRefs,
      rows: batch.flatMap(({ facts }) => termsOf(facts) ?? []),
    });
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    entityRefs.forEach(ref => this.#present.add(ref));
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    const refs: string[] = await this.#knex('cost_terms').pluck('entity_ref');
    await removeCostTerms(
      this.#knex,
      refs.filter(ref => !this.#present.has(ref)),
    );
    this.#scanId = undefined;
    this.#present = new Set();
  }

  #begin({ scanId }: ScanProgress) {
    if (this.#scanId !== scanId) {
      this.#scanId = scanId;
      this.#present = new Set();
    }
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
