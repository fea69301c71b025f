import { ruleMark } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { OutcomeSets } from './OutcomeSets';
import { PerScan } from './PerScan';
import { breathe } from './scan/breathe';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from './ScanConsumer';
import { inSlices } from './store/inSlices';
import {
  forgetRuleOutcomes,
  writeRuleOutcomes,
} from './store/writeRuleOutcomes';

interface HandedOver {
  ruleIds: string[];
  /** Different texts of marks. */
  marks: string[];
  /** Each with the index of its marks. */
  components: Array<[entityRef: string, marks: number]>;
}

type ScanId = Pick<ScanProgress, 'scanId'>;

const AT_ONCE = 1000;

/**
 * Keeps what every rule said of every component, a letter each, so that
 * initiatives and the dry run of a scorecard count what the last scan saw
 * instead of judging again.
 */
export class RuleOutcomeConsumer implements ScanConsumer {
  readonly #knex: Knex;
  readonly #outcomes = new PerScan(() => new OutcomeSets());

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanId): Promise<void> {
    const sets = this.#outcomes.of(scan);
    for (const [index, { facts, outcomes, waived }] of batch.entries()) {
      await breathe(index);
      let marks = '';
      for (const { rule, outcome } of outcomes) {
        marks += ruleMark(outcome, waived.has(rule.id));
      }
      sets.add({
        ruleIds: outcomes.map(({ rule }) => rule.id),
        entityRef: facts.entityRef,
        marks,
      });
    }
  }

  /** What did not change is stored already. */
  keep(): void {}

  handOver(scan: ScanId): HandedOver[] {
    const sets = this.#outcomes.take(scan).values();
    return Array.from(sets, ({ ruleIds, rows }) => {
      const marks = [...new Set(rows.map(row => row.marks))];
      const indexes = new Map(marks.map((text, index) => [text, index]));
      return {
        ruleIds,
        marks,
        components: rows.map(row => [row.entity_ref, indexes.get(row.marks)!]),
      };
    });
  }

  takeOver(handedOver: HandedOver[], scan: ScanId): void {
    const sets = this.#outcomes.of(scan);
    for (const { ruleIds, marks, components } of handedOver) {
      for (const [entityRef, index] of components) {
        sets.add({ ruleIds, entityRef, marks: marks[index] });
      }
    }
  }

  async finish(scan: ScanId): Promise<void> {
    for (const { ruleIds, rows } of this.#outcomes.take(scan).values()) {
      for (const slice of inSlices(rows, AT_ONCE)) {
        await writeRuleOutcomes({ knex: this.#knex, ruleIds, rows: slice });
      }
    }
    await forgetRuleOutcomes(this.#knex);
  }
}
