import {
  isCollection,
  isMap,
  isScalar,
  visit,
  type Alias,
  type Document,
} from 'yaml';

/**
 * What the parser does not complain about: keys that are there twice, and keys
 * that are no text, which take a power of time to write out.
 *
 * @internal
 */
export function findYamlFlaws(document: Document.Parsed): {
  flaws: Array<{ message: string; offset: number }>;
  aliases: Alias[];
  /** The first alias that stands inside of what it repeats. */
  circular?: Alias;
} {
  const flaws: Array<{ message: string; offset: number }> = [];
  const aliases: Alias[] = [];
  let circular: Alias | undefined;
  visit(document, {
    Alias(_, alias, way) {
      aliases.push(alias);
      circular ??= way.some(
        above => isCollection(above) && above.anchor === alias.source,
      )
        ? alias
        : undefined;
    },
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (isScalar(key)) {
          const name = String(key.value);
          if (keys.has(name)) {
            flaws.push({
              message: `the key \`${name.slice(0, 100)}\` is there twice`,
              offset: key.range?.[0] ?? 0,
            });
          }
          keys.add(name);
        } else if (isCollection(key)) {
          flaws.push({
            message: `expected a text as key, found ${
              isMap(key) ? 'an object' : 'a list'
            }`,
            offset: key.range?.[0] ?? 0,
          });
          return visit.SKIP;
        }
      }
      return undefined;
    },
  });
  return { flaws, aliases, circular };
}
