import type {
  DriftRule,
  RuleContext,
  RuleOutcome,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * A rule that a module brought, with facts that it cannot change: the rules
 * after it and whatever is written of the component read the same ones. One
 * that tries throws, and is reported as broken, as is one that answers later.
 */
export function isolateRule(rule: DriftRule): DriftRule {
  const evaluate: DriftRule['evaluate'] = (facts, context: RuleContext) => {
    const outcome: unknown = rule.evaluate(frozen(facts), { ...context });
    if (outcome instanceof Promise) {
      // Nobody waits for it, so nobody would hear what becomes of it.
      outcome.catch(() => {});
      throw new TypeError('it answers with a promise, not at once');
    }
    return outcome as RuleOutcome;
  };
  // By its text replicas tell a rule from one of another version.
  evaluate.toString = () => String(rule.evaluate);
  return { ...rule, evaluate };
}

/** Without recursion: what people write may be nested deeper than the stack. */
function frozen<T>(root: T): T {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (
      typeof value === 'object' &&
      value !== null &&
      !Object.isFrozen(value)
    ) {
      Object.freeze(value);
      Object.values(value).forEach(part => open.push(part));
    }
  }
  return root;
}
