import type {
  ConfiguredRule,
  RuleDescription,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The rules as configured, for those who only read about them.
 */
export class RuleCatalogue {
  readonly #rules: ReadonlyMap<string, ConfiguredRule>;
  readonly #docsUrl: (ruleId: string) => string | undefined;

  constructor(options: {
    rules: readonly ConfiguredRule[];
    /** Where a rule is explained, if anywhere. */
    docsUrl?: (ruleId: string) => string | undefined;
  }) {
    this.#rules = new Map(options.rules.map(rule => [rule.id, rule]));
    this.#docsUrl = options.docsUrl ?? (() => undefined);
  }

  /** One rule, or `undefined` for an id that is not in the catalogue. */
  describe(ruleId: string): RuleDescription | undefined {
    const rule = this.#rules.get(ruleId);
    return (
      rule && {
        id: rule.id,
        title: rule.title,
        why: rule.why,
        fix: rule.fix,
        severity: rule.severity,
        enabled: rule.enabled,
        parameters: rule.parameters,
        docsUrl: rule.docsUrl ?? this.#docsUrl(rule.id),
        example: rule.example,
        appliesTo: rule.appliesTo,
        orphans: rule.orphans,
        origin: rule.origin,
      }
    );
  }

  /** All rules, by id, in the order in which they are evaluated. */
  descriptions(): Map<string, RuleDescription> {
    return new Map([...this.#rules.keys()].map(id => [id, this.describe(id)!]));
  }
}
