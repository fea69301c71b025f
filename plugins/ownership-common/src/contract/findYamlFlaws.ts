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
 * Most anchors (`&name`) and aliases (`*name`) of one document: to resolve an
 * alias the parser goes through all of them.
 */
const MAX_ANCHORS = 1000;

/** Most anchors inside of each other: of each the parser counts all that is in it. */
const MAX_ANCHOR_DEPTH = 10;

/**
 * What the parser does not complain about: keys that are there twice, keys that
 * are no text, which take a power of time to write out, data that contains
 * itself, and aliases without number.
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
  let count = 0;
  const complain = (message: string, { range }: Node) =>
    flaws.push({ message, offset: range?.[0] ?? 0 });
  const countAnchor = (node: Node): symbol | undefined => {
    count += 1;
    if (count <= MAX_ANCHORS) {
      return undefined;
    }
    complain(
      `more than ${MAX_ANCHORS.toLocaleString(
        'en-US',
      )} anchors and aliases (\`&name\`, \`*name\`) in one document`,
      node,
    );
    return visit.BREAK;
  };
  const note = (
    node: Scalar | YAMLMap | YAMLSeq,
    way: readonly unknown[],
  ): symbol | undefined => {
    if (!node.anchor) {
      return undefined;
    }
    anchors.set(node.anchor, node);
    const around = way.filter(one => isCollection(one) && one.anchor);
    if (around.length >= MAX_ANCHOR_DEPTH) {
      complain(
        `more than ${MAX_ANCHOR_DEPTH} anchors (\`&name\`) inside of each other`,
        node,
      );
      return visit.BREAK;
    }
    return countAnchor(node);
  };
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
      return countAnchor(alias);
    },
    Scalar: (_, scalar, way) => note(scalar, way),
    Seq: (_, list, way) => note(list, way),
    Map(_, map, way) {
      const end = note(map, way);
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
      return end;
    },
  });
  return { flaws, aliases };
}
