/**
 * The entity fields a filter predicate looks at: its keys but the operators.
 * Fields below `metadata`, which is always read, are left out.
 */
export function predicateFields(predicate: unknown): string[] {
  if (Array.isArray(predicate)) {
    return predicate.flatMap(predicateFields);
  }
  if (typeof predicate !== 'object' || predicate === null) {
    return [];
  }
  return Object.entries(predicate).flatMap(([key, value]) => {
    if (key.startsWith('$')) {
      return predicateFields(value);
    }
    return /^(spec|status)(\.|$)/.test(key) ? [key] : [];
  });
}
