import { followAlias } from './followAlias';
import type { AliasStatus } from './schema';
import type { Directory } from './types';

/**
 * What an alias does now.
 *
 * @param options - `aliases`: all of them, new ref by old ref, canonical.
 *   `exists`: whether a group or user of this ref is in the catalog.
 *
 * @public
 */
export function describeAlias(options: {
  from: string;
  aliases: ReadonlyMap<string, string>;
  exists: (ref: string) => boolean;
}): { status: AliasStatus; resolvesTo?: string } {
  const { from, aliases, exists } = options;
  if (exists(from)) {
    return { status: 'unneeded' };
  }
  // The first that exists is the end: a group that is there speaks for itself.
  const seen = new Set([from]);
  let ref = aliases.get(from);
  while (ref && !exists(ref) && !seen.has(ref)) {
    seen.add(ref);
    ref = aliases.get(ref);
  }
  if (ref && exists(ref)) {
    return { status: 'in-force', resolvesTo: ref };
  }
  return {
    status: 'cycle' in followAlias(from, aliases) ? 'cycle' : 'dangling',
  };
}

/**
 * The ref that stands for one that is written somewhere: that of the group or
 * user the directory finds under it, else the ref itself.
 *
 * @public
 */
export function currentRef(
  directory: Pick<Directory, 'get'>,
  ref: string,
): string {
  return directory.get(ref)?.ref ?? ref;
}
