import {
  isCollection,
  isMap,
  isScalar,
  visit,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/**
 * What the parser does not complain about: keys that are there twice, keys that
 * are no text, which take a power of time to write out, and data that contains
 * itself.
 *
 * @internal
 */
export function findYamlFlaws(document: Document.Parsed): {
  flaws: Array<{ message: string; offset: number }>;
  aliases: Alias[];
} {
  const flaws: Array<{ message: string; offset: number }> = [];
  const aliases: Alias[] = [];
  const anchors = new Map<string, Node>();
  const note = (node: Scalar | YAMLMap | YAMLSeq) => {
    if (node.anchor) {
      anchors.set(node.anchor, node);
    }
  };
  const complain = (message: string, { range }: Node) =>
    flaws.push({ message, offset: range?.[0] ?? 0 });
  visit(document, {
    Alias(_, alias, way) {
      aliases.push(alias);
      const repeated = anchors.get(alias.source);
      if (repeated && way.includes(repeated)) {
        complain(
          `\`*${alias.source}\` stands inside of what it repeats`,
          alias,
        );
        return visit.BREAK;
      }
      return undefined;
    },
    Scalar: (_, scalar) => note(scalar),
    Seq: (_, list) => note(list),
    Map(_, map) {
      note(map);
      const keys = new Set<string>();
      for (const { key } of map.items) {
        if (isScalar(key)) {
          const name = String(key.value);
          if (keys.has(name)) {
            complain(`the key \`${name.slice(0, 100)}\` is there twice`, key);
          }
          keys.add(name);
        } else if (isCollection(key)) {
          complain(
            `expected a text as key, found ${
              isMap(key) ? 'an object' : 'a list'
            }`,
            key,
          );
          return visit.SKIP;
        }
      }
      return undefined;
    },
  });
  return { flaws, aliases };
}
