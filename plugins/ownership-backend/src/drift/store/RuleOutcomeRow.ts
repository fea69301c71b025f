import { createHash } from 'node:crypto';

/** A row of the table `rule_outcomes`. */
export interface RuleOutcomeRow {
  entity_ref: string;
  rule_set: string;
  /** A `RuleMark` for each rule of the set. */
  marks: string;
}

/** The name a list of rules is kept under. */
export function ruleSetId(ruleIds: readonly string[]): string {
  return createHash('sha1').update(JSON.stringify(ruleIds)).digest('hex');
}
