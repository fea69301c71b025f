import { createHash } from 'node:crypto';
import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import type { VisibleRefs } from '../../api/Visibility';
import type { FindingSelection } from './FindingSelection';

/**
 * Whether a filter hangs on nothing but its value and the tables of which the
 * revision tells changes (`readRevision`). A filter by age lets findings in
 * and out by time alone.
 */
const TIMELESS: Record<keyof FindingFilter, boolean> = {
  team: true,
  ownerRef: true,
  entityRef: true,
  rule: true,
  severity: true,
  tier: true,
  kind: true,
  findingState: true,
  state: true,
  openedSince: true,
  closedSince: true,
  assignee: true,
  waiver: true,
  minAgeDays: false,
  maxAgeDays: false,
  text: true,
};

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/**
 * Names a selection, so that what was read of it can be found again under the
 * same revision; `undefined` where the same selection is another one later.
 */
export function selectionKey(selection: FindingSelection): string | undefined {
  const { filter, visible } = selection;
  const given = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return given.every(([name]) => TIMELESS[name as keyof FindingFilter])
    ? shortKey([given, visibleKey(visible)])
    : undefined;
}

/** Something of any length as a key of a fixed one. */
export function shortKey(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64');
}

// By identity: refs that may be seen are never changed in place, and looking
// through a hundred thousand of them would cost more than is saved.
function visibleKey(visible: VisibleRefs): string | number {
  if (visible === 'all' || visible.size === 0) {
    return visible === 'all' ? 'all' : 'none';
  }
  const number = numbers.get(visible) ?? ++lastNumber;
  numbers.set(visible, number);
  return number;
}
