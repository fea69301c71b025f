import { ruleMark } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { PerScan } from './PerScan';
import { breathe } from './scan/breathe';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from './ScanConsumer';
import { inSlices } from './store/inSlices';
import { ruleSetId, type RuleOutcomeRow } from './store/RuleOutcomeRow';
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

interface OutcomeSet {
  ruleIds: string[];
  rows: RuleOutcomeRow[];
}

/** Outcomes of components by the rules they were asked: the same for all of them, or a few. */
class OutcomeSets {
  readonly #sets = new Map<string, OutcomeSet>();
  /** Thousands of components stand alike: one text for all of them. */
  readonly #marks = new Map<string, string>();
  #last?: { ruleIds: string[]; id: string };

  add(outcome: { ruleIds: string[]; entityRef: string; marks: string }): void {
    const { ruleIds, entityRef, marks } = outcome;
    if (!this.#last || !isSame(this.#last.ruleIds, ruleIds)) {
      this.#last = { ruleIds, id: ruleSetId(ruleIds) };
    }
    const { id } = this.#last;
    const set = this.#sets.get(id) ?? { ruleIds, rows: [] };
    this.#sets.set(id, set);
    const shared = this.#marks.get(marks) ?? marks;
    this.#marks.set(shared, shared);
    set.rows.push({ entity_ref: entityRef, rule_set: id, marks: shared });
  }

  values(): Iterable<OutcomeSet> {
    return this.#sets.values();
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every((id, index) => id === b[index]))
  );
}
