import type { Knex } from 'knex';
import { countTransitions } from '../../store/countTransitions';
import type { FindingChange } from '../../store/writeFindingChanges';
import { transitionOf } from '../findingNews';
import type { ScanCounts } from '../ScanFence';

/**
 * Counts what a divided scan changed by what is written: who judged a part and
 * was killed before its end has told nobody what it changed, and to whoever
 * judged the part again it was as it should be.
 */
export async function recount(options: {
  knex: Knex;
  /** Start of the scan. */
  now: Date;
  counts: ScanCounts;
}): Promise<void> {
  const { knex, now, counts } = options;
  const written = { opened: 0, reopened: 0, closed: 0 };
  for (const { type, findings } of await countTransitions({
    ...{ knex, at: now.toISOString() },
  })) {
    const transition = transitionOf(type as FindingChange['type']);
    if (transition) {
      written[transition] += findings;
    }
  }
  const untold =
    written.opened + written.reopened - counts.opened - counts.reopened;
  counts.unchanged -= untold;
  Object.assign(counts, written);
}
