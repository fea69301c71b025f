import type { ComponentFacts } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../drift/store/columnText';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import { syncCostTerms, type CostTermsRow } from './store/costTerms';

/**
 * Notes what contracts say of cost: the tags a bill is read by, and budgets.
 */
export class MeasureConsumer implements ScanConsumer {
  readonly #knex: Knex;
  #scanId?: string;
  /** What is noted of these stands. */
  #kept = new Set<string>();
  #rows: CostTermsRow[] = [];

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const { facts } of batch) {
      const row = termsOf(facts);
      if (row) {
        this.#rows.push(row);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    entityRefs.forEach(ref => this.#kept.add(ref));
  }

  handOver(scan: ScanProgress): CostTermsRow[] {
    this.#begin(scan);
    const rows = this.#rows;
    this.#forget();
    return rows;
  }

  takeOver(rows: CostTermsRow[], scan: ScanProgress): void {
    this.#begin(scan);
    this.#rows.push(...rows);
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    await syncCostTerms(this.#knex, { kept: this.#kept, rows: this.#rows });
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
    this.#kept = new Set();
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
