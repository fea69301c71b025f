import type {
  ConfiguredRule,
  EvaluatedRule,
  OwnershipState,
  RuleDryRun,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Judgement } from '../scan/judgeComponents';
import type { FindingRow } from '../store/FindingRow';

type Outcome = NonNullable<RuleDryRun['outcome']>;
type RuleTally = Outcome['rules'][number];

const MAX_SAMPLES = 20;

/**
 * Counts what is different between two judgements of the same components.
 *
 * Law: a finding stands where its rule fails, and where the rule cannot tell
 * while one is open already; it closes where the rule passes, is off or is
 * hidden by its cause. So the scan does it.
 */
export class DryRunTally {
  readonly #rules = new Map<string, RuleTally>();
  readonly #counts = {
    components: 0,
    hidden: 0,
    findingsNow: 0,
    findingsThen: 0,
  };
  readonly #states: Outcome['states'] = {
    changed: 0,
    now: noStates(),
    then: noStates(),
    samples: [],
  };

  constructor(options: {
    current: readonly ConfiguredRule[];
    proposed: readonly ConfiguredRule[];
  }) {
    const proposed = new Set(options.proposed.map(({ id }) => id));
    const dropped = options.current.filter(({ id }) => !proposed.has(id));
    for (const rule of [
      ...options.proposed,
      ...dropped.map(each => ({ ...each, enabled: false })),
    ]) {
      this.#rules.set(rule.id, {
        id: rule.id,
        title: rule.title,
        severity: rule.severity,
        enabled: rule.enabled,
        opens: 0,
        closes: 0,
        reweighed: 0,
        broken: 0,
        opening: [],
        closing: [],
      });
    }
  }

  /** Counts components that the caller may not see. */
  hide(count: number): void {
    this.#counts.hidden += count;
  }

  /** Counts a page: the same components, judged by either set of rules. */
  add(options: {
    before: readonly Judgement[];
    after: readonly Judgement[];
    stored: ReadonlyMap<string, FindingRow[]>;
  }): void {
    const { before, after, stored } = options;
    const then = new Map(after.map(one => [one.facts.entityRef, one]));
    for (const now of before) {
      const { entityRef } = now.facts;
      const judged = then.get(entityRef);
      if (judged) {
        this.#counts.components += 1;
        this.#addFindings(entityRef, now, judged, stored.get(entityRef) ?? []);
        this.#addState(entityRef, now, judged);
      }
    }
  }

  outcome(): Outcome {
    const rules = [...this.#rules.values()]
      .filter(rule => weight(rule) > 0 || rule.broken > 0)
      .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
    const sum = (key: 'opens' | 'closes') =>
      rules.reduce((total, rule) => total + rule[key], 0);
    return {
      ...this.#counts,
      opens: sum('opens'),
      closes: sum('closes'),
      rules,
      states: this.#states,
    };
  }

  #addFindings(
    entityRef: string,
    now: Judgement,
    then: Judgement,
    rows: readonly FindingRow[],
  ): void {
    const open = new Map(
      rows
        .filter(({ state }) => state !== 'closed')
        .map(row => [row.rule_id, row.message]),
    );
    const before = byRule(now);
    const after = byRule(then);
    for (const [id, tally] of this.#rules) {
      const was = standing(before.get(id), open.get(id));
      const is = standing(after.get(id), was);
      const stays = was !== undefined && is !== undefined;
      this.#counts.findingsNow += was === undefined ? 0 : 1;
      this.#counts.findingsThen += is === undefined ? 0 : 1;
      if (was === undefined && is !== undefined) {
        tally.opens += 1;
        keep(tally.opening, { entityRef, message: is });
      } else if (was !== undefined && is === undefined) {
        tally.closes += 1;
        keep(tally.closing, { entityRef, message: was });
      } else if (
        stays &&
        before.get(id)?.severity !== after.get(id)?.severity
      ) {
        tally.reweighed += 1;
      }
      const outcome = after.get(id)?.outcome;
      tally.broken += outcome?.status === 'unknown' && outcome.broken ? 1 : 0;
    }
  }

  #addState(entityRef: string, now: Judgement, then: Judgement): void {
    const from = now.evaluation.state;
    const { state: to, stateReason: reason } = then.evaluation;
    this.#states.now[from] += 1;
    this.#states.then[to] += 1;
    if (from !== to) {
      this.#states.changed += 1;
      keep(this.#states.samples, { entityRef, from, to, reason });
    }
  }
}

/** The message of the finding that stands, if one does. */
function standing(
  evaluated: EvaluatedRule | undefined,
  open: string | undefined,
): string | undefined {
  const outcome = evaluated?.outcome;
  if (outcome?.status === 'fail') {
    return outcome.message;
  }
  return outcome?.status === 'unknown' && outcome.maskedBy === undefined
    ? open
    : undefined;
}

function byRule({ evaluation }: Judgement): Map<string, EvaluatedRule> {
  return new Map(evaluation.outcomes.map(one => [one.rule.id, one]));
}

function keep<T>(samples: T[], sample: T): void {
  if (samples.length < MAX_SAMPLES) {
    samples.push(sample);
  }
}

function weight({ opens, closes, reweighed }: RuleTally): number {
  return opens + closes + reweighed;
}

function noStates(): Record<OwnershipState, number> {
  return { owned: 0, 'at-risk': 0, orphaned: 0, unknown: 0 };
}
