import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';

const PACES = ['overdue', 'behind', 'on-track', 'not-started', 'reached'];
const STATES = ['active', 'draft', 'done', 'cancelled'];

/**
 * Initiatives in the order in which they need attention: the active ones
 * first, of these what is overdue or behind, of these what has most to go,
 * and then what is due next.
 */
export function orderInitiatives(
  initiatives: readonly Initiative[],
): Initiative[] {
  const rank = ({ state, pace }: Initiative) =>
    STATES.indexOf(state) * PACES.length + (pace ? PACES.indexOf(pace) : 0);
  return [...initiatives].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      b.behind - a.behind ||
      (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)) ||
      (a.id < b.id ? -1 : 1),
  );
}
