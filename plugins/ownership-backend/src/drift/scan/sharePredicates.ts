import type { Entity } from '@backstage/catalog-model';
import type { ConfiguredRule } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The same rules, asking each predicate once per entity: most rules are about
 * the same few kinds, and walking predicates was the greatest single cost of a
 * scan.
 */
export function sharePredicates(
  rules: readonly ConfiguredRule[],
): ConfiguredRule[] {
  const shared = new Map<string, ConfiguredRule['applies']>();
  return rules.map(rule => {
    if (rule.appliesTo === undefined) {
      return rule;
    }
    const key = JSON.stringify(rule.appliesTo);
    const applies = shared.get(key) ?? remembering(rule.applies);
    shared.set(key, applies);
    return { ...rule, applies };
  });
}

/** Remembers the last answer: a scan asks all about one entity before the next. */
function remembering(
  applies: ConfiguredRule['applies'],
): ConfiguredRule['applies'] {
  let last: { entity: Entity; answer: boolean } | undefined;
  return entity => {
    if (last?.entity !== entity) {
      last = { entity, answer: applies(entity) };
    }
    return last.answer;
  };
}
