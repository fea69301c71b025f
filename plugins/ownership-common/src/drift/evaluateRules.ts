import { tierRequirements } from '../contract';
import type { EffectiveContract, TierRequirements } from '../contract';
import type { Directory } from '../directory';
import { plainOutcome } from './plainOutcome';
import { plainText } from './plainText';
import type { OwnershipState, Severity } from './schema';
import { severityRank } from './severityRank';
import type {
  ComponentFacts,
  ConfiguredRule,
  RuleContext,
  RuleOutcome,
} from './types';

/**
 * What one rule says of one component, with the severity it would have.
 *
 * @public
 */
export interface EvaluatedRule {
  /** The rule as configured. */
  rule: ConfiguredRule;
  /** What it says of the component. */
  outcome: RuleOutcome;
  /** How much a failure matters here. */
  severity: Severity;
}

/**
 * The verdict on one component.
 *
 * @public
 */
export interface Evaluation {
  /** One for each rule that is on, in the order of the rules. */
  outcomes: EvaluatedRule[];
  /** The verdict on the component. */
  state: OwnershipState;
  /** Why the state is what it is, in one sentence without a full stop. */
  stateReason: string;
  /** When time alone may change an outcome, the earliest; absent if never. */
  validUntil?: Date;
}

/**
 * What the rules are evaluated with beside the facts.
 *
 * @public
 */
export interface EvaluationContext {
  /** The moment of the verdict. */
  now: Date;
  /** The groups and users of the catalog. */
  directory: Directory;
  /** Milliseconds for which a principal has to be missing before it counts as gone. */
  graceMs: number;
  /** Since when a ref resolves to nothing; `undefined` where that is new, that is: since `now`. */
  unresolvedSince: (ref: string) => Date | undefined;
  /** What a tier asks for; the built-in table without. */
  requirements?: (tier: EffectiveContract['tier']) => TierRequirements;
}

// What most rules say of most components; shared by all of them.
const PASSED: RuleOutcome = Object.freeze({ status: 'pass' });
const NOT_ASKED: RuleOutcome = Object.freeze({
  status: 'pass',
  notAsked: true,
});

/**
 * Asks every rule about one component and derives the ownership state.
 *
 * Laws:
 * - A rule that throws, or says what is no outcome, says `unknown`; the others
 *   are not affected.
 * - A cause hides its consequences: see `consequenceOf` and `needsOwner` of
 *   the rule. What is hidden is `unknown`, and no reason for any state.
 * - Words are plain text of bounded length, whatever an entity contains.
 * - `orphaned`: a rule that orphans fails. A waiver does not change that.
 * - `unknown`: otherwise, a rule that orphans cannot tell.
 * - `at-risk`: otherwise, a rule of severity critical or high fails and its
 *   finding is not waived.
 * - `owned`: otherwise.
 *
 * @public
 */
export function evaluateRules(options: {
  facts: ComponentFacts;
  /** A list that stays as it is: what is the same for all components is made once. */
  rules: readonly ConfiguredRule[];
  context: EvaluationContext;
  /** Whether the finding of this rule on this component is waived. */
  isWaived?: (ruleId: string) => boolean;
}): Evaluation {
  const { facts, rules, isWaived } = options;
  const context = ruleContext(options.context);
  let fails = false;
  const asked = enabledRules(rules).map(({ rule, passed, notAsked }) => {
    const outcome = applies(rule, facts)
      ? evaluateRule(rule, facts, context)
      : NOT_ASKED;
    if (outcome.status === 'pass' && outcome.validUntil === undefined) {
      return outcome.notAsked ? notAsked : passed;
    }
    const isFailure = outcome.status === 'fail';
    fails ||= isFailure;
    const severity =
      isFailure && !rule.severityConfigured
        ? outcome.severity ?? rule.severity
        : rule.severity;
    return { rule, outcome, severity };
  });
  // Nothing fails, nothing is hidden.
  const outcomes = fails ? hideConsequences(asked) : asked;
  return {
    outcomes,
    ...deriveState({ outcomes, facts, isWaived }),
    validUntil: earliest(outcomes, options.context.now),
  };
}

/** A rule that is on, with what it says of thousands of components to the letter. */
interface EnabledRule {
  rule: ConfiguredRule;
  passed: EvaluatedRule;
  notAsked: EvaluatedRule;
}

const enabled = new WeakMap<readonly ConfiguredRule[], EnabledRule[]>();

/** Of a list that does not change; the list of a scan is asked for every component. */
function enabledRules(rules: readonly ConfiguredRule[]): EnabledRule[] {
  let known = enabled.get(rules);
  if (!known) {
    known = rules
      .filter(rule => rule.enabled)
      .map(rule => ({
        rule,
        passed: pass(rule, PASSED),
        notAsked: pass(rule, NOT_ASKED),
      }));
    enabled.set(rules, known);
  }
  return known;
}

function pass(rule: ConfiguredRule, outcome: RuleOutcome): EvaluatedRule {
  return Object.freeze({ rule, outcome, severity: rule.severity });
}

function ruleContext(context: EvaluationContext): RuleContext {
  const { now, directory, graceMs } = context;
  const goneAt = (ref: string) =>
    new Date((context.unresolvedSince(ref) ?? now).getTime() + graceMs);
  return {
    now,
    directory,
    parameters: {},
    goneAt,
    presence(ref) {
      if (directory.get(ref)) {
        return 'there';
      }
      return goneAt(ref) > now ? 'waiting' : 'gone';
    },
    requirements: context.requirements ?? (tier => tierRequirements({ tier })),
  };
}

function applies(rule: ConfiguredRule, facts: ComponentFacts): boolean {
  try {
    return rule.applies(facts.entity);
  } catch {
    // A predicate that breaks on this entity must not hide it from the rule.
    return true;
  }
}

function evaluateRule(
  rule: ConfiguredRule,
  facts: ComponentFacts,
  context: RuleContext,
): RuleOutcome {
  try {
    // One context for all rules of a component: forty copies of it cost as
    // much as half of the rules.
    context.parameters = rule.parameters;
    return plainOutcome(rule.evaluate(facts, context));
  } catch (error) {
    return {
      status: 'unknown',
      broken: true,
      reason: `The rule ${rule.id} broke on this component: ${reasonOf(error)}`,
    };
  }
}

function reasonOf(thrown: unknown): string {
  try {
    const words = thrown instanceof Error ? thrown.message : thrown;
    return plainText(words, { max: 200 }) || 'no reason given';
  } catch {
    // What a rule throws may be something that no text can be made of.
    return 'no reason given';
  }
}

function hideConsequences(asked: readonly EvaluatedRule[]): EvaluatedRule[] {
  // By the id of a failing rule the first cause behind it. A cause stands
  // before its consequences, so rules that blame each other hide only one.
  const firstCause = new Map<string, string>();
  const orphaning = asked.find(
    ({ rule, outcome }) =>
      outcome.status === 'fail' && isOrphaning(rule, outcome),
  );
  return asked.map(evaluated => {
    const { rule, outcome } = evaluated;
    if (outcome.status === 'pass') {
      return evaluated;
    }
    const cause =
      rule.consequenceOf?.find(id => firstCause.has(id)) ??
      (rule.needsOwner && !rule.orphans ? orphaning?.rule.id : undefined);
    const maskedBy =
      cause === undefined ? undefined : firstCause.get(cause) ?? cause;
    if (outcome.status === 'fail') {
      firstCause.set(rule.id, maskedBy ?? rule.id);
    }
    return maskedBy === undefined
      ? evaluated
      : {
          ...evaluated,
          outcome: {
            status: 'unknown',
            reason: `Not told apart from its cause, ${maskedBy}`,
            maskedBy,
            validUntil: outcome.validUntil,
          },
        };
  });
}

function isHidden(outcome: RuleOutcome): boolean {
  return outcome.status === 'unknown' && outcome.maskedBy !== undefined;
}

function isOrphaning(rule: ConfiguredRule, outcome: RuleOutcome): boolean {
  return (
    rule.orphans === true &&
    outcome.status !== 'pass' &&
    outcome.orphans !== false
  );
}

function deriveState(options: {
  outcomes: readonly EvaluatedRule[];
  facts: ComponentFacts;
  isWaived?: (ruleId: string) => boolean;
}): Pick<Evaluation, 'state' | 'stateReason'> {
  const { facts, isWaived } = options;
  const risks: EvaluatedRule[] = [];
  let orphaned: string | undefined;
  let undecided: string | undefined;

  for (const evaluated of options.outcomes) {
    const { rule, outcome, severity } = evaluated;
    if (outcome.status === 'pass' || isHidden(outcome)) {
      continue;
    }
    const orphans = isOrphaning(rule, outcome);
    if (outcome.status === 'unknown') {
      undecided ??= orphans ? outcome.reason : undefined;
    } else if (orphans) {
      orphaned ??= outcome.message;
    } else if (severityRank(severity) <= severityRank('high')) {
      risks.push(evaluated);
    }
  }

  if (orphaned !== undefined) {
    return { state: 'orphaned', stateReason: orphaned };
  }
  if (undecided !== undefined) {
    return { state: 'unknown', stateReason: undecided };
  }
  const open = risks
    .filter(({ rule }) => !isWaived?.(rule.id))
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const [worst] = open;
  if (worst?.outcome.status === 'fail') {
    const more = open.length > 1 ? ` (and ${open.length - 1} more)` : '';
    return { state: 'at-risk', stateReason: `${worst.outcome.message}${more}` };
  }
  const titles = facts.owners.map(({ title }) => title);
  return {
    state: 'owned',
    stateReason:
      titles.length > 0
        ? `Owned by ${titles.slice(0, 3).join(', ')}`
        : 'No rule about its owner is in force',
  };
}

function earliest(
  outcomes: readonly EvaluatedRule[],
  now: Date,
): Date | undefined {
  let first = Infinity;
  for (const { outcome } of outcomes) {
    const time = outcome.validUntil?.getTime();
    if (time !== undefined && time > now.getTime() && time < first) {
      first = time;
    }
  }
  return first === Infinity ? undefined : new Date(first);
}
