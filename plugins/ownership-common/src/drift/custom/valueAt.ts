/**
 * What stands in a document at a path of keys with dots between them. Keys may
 * have dots themselves, as those of annotations do:
 * `metadata.annotations.pagerduty.com/integration-key`.
 *
 * The same reading as that of the filter predicates, so that a message can name
 * what its predicate looked at.
 *
 * @internal
 */
export function valueAt(document: unknown, path: string): unknown {
  if (
    typeof document !== 'object' ||
    document === null ||
    Array.isArray(document)
  ) {
    return undefined;
  }
  for (const [key, value] of Object.entries(document)) {
    if (key === path && value !== undefined) {
      return value;
    }
    if (path.startsWith(`${key}.`)) {
      const found = valueAt(value, path.slice(key.length + 1));
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

/**
 * The paths below `spec` and `status` that a filter predicate looks at. The rest
 * of what it may look at (kind, metadata, relations) is read for every rule.
 *
 * @internal
 */
export function readPathsOf(predicate: unknown): string[] {
  if (Array.isArray(predicate)) {
    return predicate.flatMap(readPathsOf);
  }
  if (typeof predicate !== 'object' || predicate === null) {
    return [];
  }
  return Object.entries(predicate).flatMap(([key, value]) => {
    if (key.startsWith('$')) {
      return readPathsOf(value);
    }
    return /^(?:spec|status)(?:\.|$)/.test(key) ? [key] : [];
  });
}
