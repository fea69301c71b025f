import { useState } from 'react';

/**
 * Which branches of a tree are closed, and the way to turn one over.
 *
 * @internal
 */
export function useClosed() {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const twist = (ref: string) => {
    const next = new Set(closed);
    if (!next.delete(ref)) {
      next.add(ref);
    }
    setClosed(next);
  };
  return { closed, twist };
}
