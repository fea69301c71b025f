import type { RuleOutcome } from './types';

/**
 * One letter for what a rule said of a component: `p` it passes, `f` it fails,
 * `w` it fails and is waived, `u` nobody knows, `n` nothing is asked.
 *
 * @public
 */
export type RuleMark = 'p' | 'f' | 'w' | 'u' | 'n';

/**
 * The letter that stands for an outcome.
 *
 * @param waived - whether the finding of the rule is waived now
 * @public
 */
export function ruleMark(
  outcome: Pick<RuleOutcome, 'status'> & { notAsked?: boolean },
  waived: boolean,
): RuleMark {
  if (outcome.status === 'fail') {
    return waived ? 'w' : 'f';
  }
  if (outcome.status === 'unknown') {
    return 'u';
  }
  return outcome.notAsked ? 'n' : 'p';
}
