import type { Directory } from '../directory';

/**
 * The owners of an entity and all groups above them, each once. An owner that
 * does not resolve is a scope of its own, so that nothing falls out of the sums.
 *
 * @public
 */
export function owningScopes(
  ownerRefs: Iterable<string>,
  directory: Pick<Directory, 'ancestors'>,
): Set<string> {
  const scopes = new Set<string>();
  for (const ref of ownerRefs) {
    scopes.add(ref);
    for (const ancestor of directory.ancestors(ref)) {
      scopes.add(ancestor);
    }
  }
  return scopes;
}
