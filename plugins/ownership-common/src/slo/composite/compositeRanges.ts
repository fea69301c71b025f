import { sliceLength } from '../sliceLength';
import type { BucketRange, SloWindows } from '../sloWindows';
import type { SloDefinition } from '../types';

/**
 * How deep composites may be made of composites.
 *
 * @public
 */
export const MAX_COMPOSITE_DEPTH = 4;

/**
 * The windows of a composite SLO as they are for one of its members: only
 * whole slices are judged. The main window first, then those of the burn rates.
 *
 * @public
 */
export function compositeRanges(options: {
  member: SloDefinition;
  windows: SloWindows;
}): BucketRange[] {
  const { member, windows } = options;
  const slice = sliceLength(member) ?? 300;
  return [windows.main, ...windows.burn].map(({ start, end }) => {
    const from = Math.ceil(start / slice) * slice;
    return {
      start: from,
      end: Math.max(from, Math.floor(end / slice) * slice),
    };
  });
}
