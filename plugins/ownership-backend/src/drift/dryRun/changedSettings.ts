/**
 * The configuration of rules as it would be with a change. What is configured
 * and what was pasted has been checked before.
 *
 * @param options - `replace`: the change takes the place of everything, where
 *   it says anything; otherwise of the rules it names.
 */
export function changedSettings(options: {
  configured: { rules?: unknown; customRules?: unknown };
  written: { rules: unknown; customRules: unknown };
  replace: boolean;
}): { settings: unknown; custom: unknown } {
  const { configured, written, replace } = options;
  if (replace) {
    return { settings: written.rules, custom: written.customRules };
  }
  const custom = new Map<string, unknown>();
  for (const rules of [configured.customRules, written.customRules]) {
    if (Array.isArray(rules)) {
      rules.forEach(rule => custom.set(rule.id, rule));
    }
  }
  return {
    settings:
      written.rules === undefined || isRecord(written.rules)
        ? { ...(configured.rules as object), ...(written.rules as object) }
        : written.rules,
    custom: [...custom.values()],
  };
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
