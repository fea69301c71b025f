import type {
  TierOverrides,
  WrittenRuleChange,
} from '@service-ownership/backstage-plugin-ownership-common';

type Settings = Pick<WrittenRuleChange, 'rules' | 'customRules'> & {
  tiers?: TierOverrides;
};

/**
 * The configuration of rules and tiers as it would be with a change. What is
 * configured and what was pasted has been checked before.
 *
 * @param options - `replace`: the change takes the place of all rules, where it
 *   says any, and of all tiers; otherwise of the rules it names, and of the
 *   requirements it names of a tier.
 */
export function changedSettings(options: {
  configured: Partial<Settings>;
  written: Settings;
  replace: boolean;
}): Settings {
  const { configured, written, replace } = options;
  const saysRules =
    written.rules !== undefined || written.customRules !== undefined;
  const { rules, customRules } =
    replace && saysRules ? written : changedRules({ configured, written });
  const tiers =
    replace && written.tiers
      ? written.tiers
      : changedTiers({ configured, written });
  return { rules, customRules, tiers };
}

function changedRules(options: {
  configured: Partial<Settings>;
  written: Settings;
}): Pick<Settings, 'rules' | 'customRules'> {
  const { configured, written } = options;
  const custom = new Map<string, unknown>();
  for (const rules of [configured.customRules, written.customRules]) {
    if (Array.isArray(rules)) {
      rules.forEach(rule => custom.set(rule.id, rule));
    }
  }
  return {
    rules:
      written.rules === undefined || isRecord(written.rules)
        ? { ...(configured.rules as object), ...(written.rules as object) }
        : written.rules,
    customRules: [...custom.values()],
  };
}

function changedTiers(options: {
  configured: Partial<Settings>;
  written: Settings;
}): TierOverrides {
  const tiers = { ...options.configured.tiers };
  for (const [name, asked] of Object.entries(options.written.tiers ?? {})) {
    const tier = name as keyof TierOverrides;
    tiers[tier] = { ...tiers[tier], ...asked };
  }
  return tiers;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
