import { ruleMark } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { breathe } from './scan/breathe';
import type { JudgedComponent, ScanConsumer } from './ScanConsumer';
import { ruleSetId, type RuleOutcomeRow } from './store/RuleOutcomeRow';
import {
  forgetRuleOutcomes,
  writeRuleOutcomes,
} from './store/writeRuleOutcomes';

/**
 * Keeps what every rule said of every component, a letter each, so that
 * initiatives and the dry run of a scorecard count what the last scan saw
 * instead of judging again.
 */
export class RuleOutcomeConsumer implements ScanConsumer {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[]): Promise<void> {
    // Every component is asked the same rules, so one batch is one set.
    const sets = new Map<
      string,
      { ruleIds: string[]; rows: RuleOutcomeRow[] }
    >();
    let last: { ruleIds: string[]; id: string } | undefined;
    for (const [index, { facts, outcomes, waived }] of batch.entries()) {
      await breathe(index);
      const ruleIds = outcomes.map(({ rule }) => rule.id);
      if (!last || !isSame(last.ruleIds, ruleIds)) {
        last = { ruleIds, id: ruleSetId(ruleIds) };
      }
      const set = sets.get(last.id) ?? { ruleIds, rows: [] };
      set.rows.push({
        entity_ref: facts.entityRef,
        rule_set: last.id,
        marks: outcomes
          .map(({ rule, outcome }) => ruleMark(outcome, waived.has(rule.id)))
          .join(''),
      });
      sets.set(last.id, set);
    }
    for (const set of sets.values()) {
      await writeRuleOutcomes({ knex: this.#knex, ...set });
    }
  }

  /** What did not change is stored already. */
  keep(): void {}

  async finish(): Promise<void> {
    await forgetRuleOutcomes(this.#knex);
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
