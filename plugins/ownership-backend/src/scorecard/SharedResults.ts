import {
  evaluateScorecard,
  levelBucket,
  type EvaluatedScorecard,
  type LevelTally,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { JudgedComponent } from '../drift/ScanConsumer';

type Judged = Pick<JudgedComponent, 'outcomes' | 'waived'>;

/** A result with what it adds to a sum. Shared: it must not be changed. */
export interface SharedResult {
  result: EvaluatedScorecard;
  tally: Omit<LevelTally, 'entities'>;
}

// Far more than the ways in which components of one catalog fail.
const MAX_RESULTS = 5000;

/**
 * Results of one scorecard, each worked out once for all components of which
 * the rules say the same. There are thousands of those for every way to fail.
 *
 * Law: a result hangs on nothing but what each rule says, and every component
 * is asked the same rules in the same order.
 */
export class SharedResults {
  readonly #scorecard: Scorecard;
  readonly #results = new Map<string, SharedResult>();

  constructor(options: { scorecard: Scorecard }) {
    this.#scorecard = options.scorecard;
  }

  /** The same object for all components that stand alike. */
  resultOf(judged: Judged): SharedResult {
    const key = standingOf(judged);
    let shared = this.#results.get(key);
    if (!shared) {
      if (this.#results.size >= MAX_RESULTS) {
        this.#results.clear();
      }
      const result = evaluateScorecard({
        scorecard: this.#scorecard,
        ...judged,
      });
      const { rules, score } = result;
      shared = {
        result,
        tally: {
          bucket: levelBucket(result),
          score: exact(score),
          known: rules.filter(({ status }) => status !== 'unknown').length,
          total: rules.length,
        },
      };
      this.#results.set(key, shared);
    }
    return shared;
  }
}

/** As a binary fraction: sums of them are the same in any order. */
function exact(score: number): number {
  return Math.round(score * 2 ** 20) / 2 ** 20;
}

/** All of the outcomes that a scorecard looks at, in short. */
function standingOf({ outcomes, waived }: Judged): string {
  let key = '';
  for (const { rule, outcome } of outcomes) {
    switch (outcome.status) {
      case 'pass':
        key += outcome.notAsked ? '-' : 'p';
        break;
      case 'fail':
        key += waived.has(rule.id) ? 'w' : 'f';
        break;
      default:
        key += `u(${outcome.maskedBy ?? ''})`;
    }
  }
  return key;
}
