import type { FindingRow } from '../store/FindingRow';
import type { FindingChange } from '../store/writeFindingChanges';

/**
 * The findings that stand after a page was written, by component: the sorted
 * ids, or `handled` where somebody has acknowledged, snoozed or waived one, or
 * changed one while the scan was looking. Components without any are left out.
 */
export function standingFindings(options: {
  /** As they were read before. */
  findings: ReadonlyMap<string, FindingRow[]>;
  planned: readonly FindingChange[];
  /** What of the plan took place. */
  applied: readonly FindingChange[];
}): Map<string, string[] | 'handled'> {
  const { findings, planned, applied } = options;
  const states = new Map<string, Map<string, string>>();
  const stateOf = (entityRef: string) => {
    const known = states.get(entityRef) ?? new Map<string, string>();
    states.set(entityRef, known);
    return known;
  };
  for (const [entityRef, rows] of findings) {
    rows.forEach(({ id, state }) => stateOf(entityRef).set(id, state));
  }
  const done = new Set(applied);
  for (const change of planned) {
    const { id, entity_ref, state } = change.row;
    stateOf(entity_ref).set(id, done.has(change) ? state : 'changed meanwhile');
  }

  const standing = new Map<string, string[] | 'handled'>();
  for (const [entityRef, known] of states) {
    const open = [...known].filter(([, state]) => state !== 'closed');
    standing.set(
      entityRef,
      open.every(([, state]) => state === 'open')
        ? open.map(([id]) => id).sort()
        : 'handled',
    );
  }
  return standing;
}
