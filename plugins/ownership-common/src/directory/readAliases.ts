import { InputError } from '@backstage/errors';
import { followAlias } from './followAlias';
import { normalizeRef } from './normalizeRef';

const MAX_ALIASES = 5000;

/**
 * Reads a table of aliases as somebody wrote it: an object with old refs as
 * keys and new refs as values; `falcon` means `group:default/falcon`.
 *
 * @param options - `path`: where the table stands, for messages.
 * @throws InputError that lists everything that is wrong, each with its place.
 *
 * @public
 */
export function readAliases(options: {
  aliases: unknown;
  path?: string;
}): Map<string, string> {
  const { aliases = {}, path = 'ownership.directory.aliases' } = options;
  const read = new Map<string, string>();
  const problems: string[] = [];
  if (
    typeof aliases !== 'object' ||
    aliases === null ||
    Array.isArray(aliases) ||
    Object.keys(aliases).length > MAX_ALIASES
  ) {
    problems.push(
      `${path} must be an object of at most ${MAX_ALIASES} aliases such as { 'group:default/falcon': group:default/kestrel }`,
    );
  } else {
    for (const [key, value] of Object.entries(aliases)) {
      const place = `${path}[${JSON.stringify(key.slice(0, 300))}]`;
      const from = readPrincipalRef(key);
      const to = readPrincipalRef(value);
      if (!from || !to) {
        problems.push(
          `${place}: ${
            from ? 'the new' : 'the old'
          } ref must be that of a group or a user, such as group:default/kestrel`,
        );
      } else if (read.has(from)) {
        problems.push(`${place}: ${from} is there twice`);
      } else {
        read.set(from, to);
      }
    }
    const cycle = findAliasCycle(read);
    if (cycle) {
      problems.push(`${path}: ${cycle.join(' → ')} leads back to itself`);
    }
  }
  if (problems.length > 0) {
    throw new InputError(
      `The aliases are not configured right: ${problems
        .slice(0, 20)
        .join('; ')}`,
    );
  }
  return read;
}

/**
 * The canonical ref of a group or user; `undefined` for anything else, and for a
 * pattern: a ref is one group or user. Without a kind a group is meant.
 *
 * @public
 */
export function readPrincipalRef(written: unknown): string | undefined {
  const ref = normalizeRef(written, { kind: 'group' });
  return ref && /^(group|user):[^*]+$/.test(ref) ? ref : undefined;
}

/**
 * Aliases that lead back to the first of them, or `undefined` where none do.
 *
 * @public
 */
export function findAliasCycle(
  aliases: ReadonlyMap<string, string>,
): string[] | undefined {
  for (const from of aliases.keys()) {
    const followed = followAlias(from, aliases);
    if ('cycle' in followed) {
      return followed.cycle;
    }
  }
  return undefined;
}
