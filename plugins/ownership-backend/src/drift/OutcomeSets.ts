import { ruleSetId, type RuleOutcomeRow } from './store/RuleOutcomeRow';

/** Outcomes of components that were asked the same rules. */
export interface OutcomeSet {
  ruleIds: string[];
  rows: RuleOutcomeRow[];
}

/**
 * Outcomes by the rules that were asked: every component is asked the same
 * ones, so there is one set or a few.
 */
export class OutcomeSets {
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
