/** A row of the table `scorecard_changes`. */
export interface ChangeRow {
  entity_ref: string;
  scorecard_id: string;
  /** `2026-11-21`, in UTC. */
  day: string;
  /** Absent where the component was not measured before. */
  from_bucket: string | null;
  /** Absent where it is no longer measured. */
  bucket: string | null;
  /** In ten-thousandths. */
  from_score: number | null;
  score: number | null;
  /** JSON of RuleFlips; null where no rule flipped. */
  flips: string | null;
}

/** Where a component stands, as far as history keeps it. */
export interface Standing {
  bucket: string;
  /** In ten-thousandths. */
  score: number;
  /** JSON: outcome by rule id: pass, fail, unknown or waived. */
  rules: string;
}

/** By rule id two letters, before and after; `-` where it was not asked. */
export type RuleFlips = Record<string, string>;

const NOT_ASKED = '-';

/**
 * The rules that say something else, by two letters each: the first one of
 * their outcome before and after.
 */
export function flipsBetween(
  from: Standing | undefined,
  to: Standing | undefined,
): RuleFlips {
  const before: Outcomes = JSON.parse(from?.rules ?? '{}');
  const after: Outcomes = JSON.parse(to?.rules ?? '{}');
  const flips: RuleFlips = {};
  for (const ruleId of new Set([
    ...Object.keys(before),
    ...Object.keys(after),
  ])) {
    const flip = letterOf(before, ruleId) + letterOf(after, ruleId);
    if (flip[0] !== flip[1]) {
      flips[ruleId] = flip;
    }
  }
  return flips;
}

/** Two changes, one after the other, as one: what is undone is left out. */
export function composeFlips(first: RuleFlips, then: RuleFlips): RuleFlips {
  const flips: RuleFlips = {};
  for (const ruleId of new Set([...Object.keys(first), ...Object.keys(then)])) {
    const before = read(first, ruleId);
    const after = read(then, ruleId);
    const flip = (before ?? after)![0] + (after ?? before)![1];
    if (flip[0] !== flip[1]) {
      flips[ruleId] = flip;
    }
  }
  return flips;
}

/** What a row says of rules. */
export function readFlips(row: Pick<ChangeRow, 'flips'>): RuleFlips {
  return row.flips ? JSON.parse(row.flips) : {};
}

type Outcomes = Record<string, string>;

function letterOf(rules: Outcomes, ruleId: string): string {
  return Object.hasOwn(rules, ruleId) ? rules[ruleId][0] : NOT_ASKED;
}

function read(flips: RuleFlips, ruleId: string): string | undefined {
  return Object.hasOwn(flips, ruleId) ? flips[ruleId] : undefined;
}
