/** Words that say that something is a group, not which. */
const FILLERS = new Set([
  'team',
  'squad',
  'tribe',
  'group',
  'guild',
  'crew',
  'chapter',
  'the',
  'service',
  'api',
  'app',
]);

/**
 * The words in a name that tell which it is. Case, separators, a plural `s`
 * and words such as `team` do not count: `payments-team` has the one word of
 * `Payment`.
 *
 * @internal
 */
export function nameWords(name: string): ReadonlySet<string> {
  return new Set(
    name
      .slice(0, 100)
      .toLocaleLowerCase('en-US')
      .split(/[^\p{L}\p{N}]+/u)
      .map(word => (word.length > 3 ? word.replace(/s$/, '') : word))
      .filter(word => word.length > 1 && !FILLERS.has(word)),
  );
}

/**
 * How alike two names are, 0 to 1, by their words (Dice's coefficient):
 * `payments` is two thirds of `payments-ledger`.
 *
 * @internal
 */
export function nameLikeness(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
): number {
  const shared = [...a].filter(word => b.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
