/**
 * A value that stands in another file: `{ $text: ./openapi.yaml }`.
 *
 * @internal
 */
export interface Placeholder {
  /** Path of the value in the entity. */
  path: string;
  /** `$text`, `$yaml`, `$json` or one of a plugin. */
  key: string;
  reference: unknown;
}

/**
 * The placeholders below `spec`, as the catalog would replace them.
 *
 * @internal
 */
export function findPlaceholders(spec: unknown): Placeholder[] {
  const found: Placeholder[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) {
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, `${path}[${index}]`));
      return;
    }
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0].startsWith('$')) {
      found.push({
        path,
        key: keys[0],
        reference: (value as Record<string, unknown>)[keys[0]],
      });
      return;
    }
    for (const key of keys) {
      visit((value as Record<string, unknown>)[key], `${path}.${key}`);
    }
  };
  visit(spec, 'spec');
  return found;
}
