import { pathOf } from './pathOf';

/**
 * A value that stands in another file: `{ $text: ./openapi.yaml }`.
 *
 * @internal
 */
export interface Placeholder {
  /** Path of the value. */
  path: string;
  /** The same, key by key. */
  steps: Array<string | number>;
  /** `$text`, `$yaml`, `$json` or one of a plugin. */
  key: string;
  reference: unknown;
}

/**
 * Whether a text is still to be filled in, as in the skeletons of software
 * templates: `${{ values.owner }}`.
 *
 * @internal
 */
export function isTemplated(text: string): boolean {
  return text.includes('${{') || /^\{\{.*\}\}$/s.test(text);
}

/**
 * The values that are not at hand: placeholders, as the catalog would replace
 * them, and texts that are still to be filled in.
 *
 * @internal
 */
export function findUnknownValues(document: unknown): {
  placeholders: Placeholder[];
  /** Paths. */
  templated: string[];
} {
  const placeholders: Placeholder[] = [];
  const templated: string[] = [];
  // The way to what is visited: few ever need it as a path.
  const way: Array<string | number> = [];
  const visitAt = (step: string | number, value: unknown) => {
    way.push(step);
    visit(value);
    way.pop();
  };
  function visit(value: unknown): void {
    if (typeof value === 'string') {
      if (isTemplated(value)) {
        templated.push(pathOf(way));
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => visitAt(index, item));
    } else if (typeof value === 'object' && value !== null) {
      const keys = Object.keys(value);
      const items = value as Record<string, unknown>;
      if (keys.length === 1 && keys[0].startsWith('$')) {
        const [key] = keys;
        placeholders.push({
          path: pathOf(way),
          steps: [...way],
          key,
          reference: items[key],
        });
      } else {
        keys.forEach(key => visitAt(key, items[key]));
      }
    }
  }
  visit(document);
  return { placeholders, templated };
}
