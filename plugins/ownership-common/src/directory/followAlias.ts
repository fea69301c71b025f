/**
 * Follows the aliases of a ref to the end of their chain.
 *
 * @returns the refs on the way, the last one first where the chain ends;
 *   `cycle` where it never does, without what only leads to it.
 *
 * @internal
 */
export function followAlias(
  ref: string,
  aliases: ReadonlyMap<string, string>,
): { end: string } | { cycle: string[] } {
  const way = new Set([ref]);
  for (let next = aliases.get(ref); next; next = aliases.get(next)) {
    if (way.has(next)) {
      const refs = [...way];
      return { cycle: [...refs.slice(refs.indexOf(next)), next] };
    }
    way.add(next);
  }
  return { end: [...way][way.size - 1] };
}
