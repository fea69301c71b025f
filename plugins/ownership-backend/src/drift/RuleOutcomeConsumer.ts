import { ruleMark } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
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
  #scanId?: string;
  /** Every component is asked the same rules, so there is one set or few. */
  #sets = new Map<string, { ruleIds: string[]; rows: RuleOutcomeRow[] }>();
  #last?: { ruleIds: string[]; id: string };
  /** Thousands of components stand alike: one text for all of them. */
  #marks = new Map<string, string>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanId): Promise<void> {
    this.#begin(scan);
    for (const [index, { facts, outcomes, waived }] of batch.entries()) {
      await breathe(index);
      let marks = '';
      for (const { rule, outcome } of outcomes) {
        marks += ruleMark(outcome, waived.has(rule.id));
      }
      const { id, rows } = this.#setOf(outcomes.map(({ rule }) => rule.id));
      rows.push({
        entity_ref: facts.entityRef,
        rule_set: id,
        marks: this.#shared(marks),
      });
    }
  }

  /** What did not change is stored already. */
  keep(): void {}

  handOver(scan: ScanId): HandedOver[] {
    this.#begin(scan);
    const sets = Array.from(this.#sets.values(), ({ ruleIds, rows }) => {
      const marks = [...new Set(rows.map(row => row.marks))];
      const indexes = new Map(marks.map((text, index) => [text, index]));
      return {
        ruleIds,
        marks,
        components: rows.map(row => [row.entity_ref, indexes.get(row.marks)!]),
      } satisfies HandedOver;
    });
    this.#forget();
    return sets;
  }

  takeOver(sets: HandedOver[], scan: ScanId): void {
    this.#begin(scan);
    for (const { ruleIds, marks, components } of sets) {
      const { id, rows } = this.#setOf(ruleIds);
      for (const [entityRef, index] of components) {
        rows.push({
          entity_ref: entityRef,
          rule_set: id,
          marks: this.#shared(marks[index]),
        });
      }
    }
  }

  async finish(scan: ScanId): Promise<void> {
    this.#begin(scan);
    for (const { ruleIds, rows } of this.#sets.values()) {
      for (const slice of inSlices(rows, AT_ONCE)) {
        await writeRuleOutcomes({ knex: this.#knex, ruleIds, rows: slice });
      }
    }
    await forgetRuleOutcomes(this.#knex);
    this.#forget();
  }

  #shared(marks: string): string {
    const shared = this.#marks.get(marks) ?? marks;
    this.#marks.set(shared, shared);
    return shared;
  }

  #setOf(ruleIds: string[]): { id: string; rows: RuleOutcomeRow[] } {
    if (!this.#last || !isSame(this.#last.ruleIds, ruleIds)) {
      this.#last = { ruleIds, id: ruleSetId(ruleIds) };
    }
    const { id } = this.#last;
    const set = this.#sets.get(id) ?? { ruleIds, rows: [] };
    this.#sets.set(id, set);
    return { id, rows: set.rows };
  }

  // A scan that was cut short leaves its batches behind: forget them.
  #begin({ scanId }: ScanId): void {
    if (this.#scanId !== scanId) {
      this.#forget();
      this.#scanId = scanId;
    }
  }

  #forget(): void {
    this.#scanId = undefined;
    this.#sets = new Map();
    this.#last = undefined;
    this.#marks = new Map();
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
