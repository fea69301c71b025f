import { useMemo, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/**
 * Which branches of a tree are closed, and the way to turn one over.
 *
 * @param atFirst - refs of those that are closed until they are turned over;
 *   none without
 *
 * @internal
 */
export function useClosed(atFirst = NONE) {
  const [turned, setTurned] = useState(NONE);
  const closed = useMemo(() => either(atFirst, turned), [atFirst, turned]);
  const twist = (ref: string) => setTurned(before => either(before, [ref]));
  return { closed, twist };
}

/** What is among some or among others, and not among both. */
function either(
  some: ReadonlySet<string>,
  others: Iterable<string>,
): ReadonlySet<string> {
  const refs = new Set(some);
  for (const ref of others) {
    if (!refs.delete(ref)) {
      refs.add(ref);
    }
  }
  return refs;
}
