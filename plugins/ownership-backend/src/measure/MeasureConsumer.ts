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
  #fed: string[] = [];
  #rows: CostTermsRow[] = [];

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const { facts } of batch) {
      this.#present.add(facts.entityRef);
      this.#fed.push(facts.entityRef);
      const row = termsOf(facts);
      if (row) {
        this.#rows.push(row);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    entityRefs.forEach(ref => this.#present.add(ref));
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    await syncCostTerms(this.#knex, {
      entityRefs: this.#fed,
      rows: this.#rows,
    });
    const refs: string[] = await this.#knex('cost_terms').pluck('entity_ref');
    await removeCostTerms(
      this.#knex,
      refs.filter(ref => !this.#present.has(ref)),
    );
    this.#forget();
  }

  #begin({ scanId }: ScanProgress) {
    if (this.#scanId !== scanId) {
      this.#forget();
      this.#scanId = scanId;
    }
  }

  #forget() {
    this.#scanId = undefined;
    this.#present = new Set();
    this.#fed = [];
    this.#rows = [];
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
