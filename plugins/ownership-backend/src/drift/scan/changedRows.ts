import type { ComponentRow } from '../store/ComponentRow';
import type { StoredComponent } from '../store/readStoredComponents';
import { breathe } from './breathe';
import type { describeComponent } from './describeComponent';
import type { Judgement } from './judgeComponents';
import type { StateChange } from './ScanNews';

/**
 * The rows of components that are not as they are stored, and which of them
 * are new or came into another state.
 */
export async function changedRows(options: {
  judgements: readonly Judgement[];
  stored: ReadonlyMap<string, StoredComponent>;
  describe: (judgement: Judgement) => ReturnType<typeof describeComponent>;
  now: Date;
}): Promise<{
  rows: Array<{ row: ComponentRow; ownerRefs: string[] }>;
  /** Refs of those that were not stored. */
  added: string[];
  moved: StateChange[];
}> {
  const { judgements, stored, describe, now } = options;
  const rows: Array<{ row: ComponentRow; ownerRefs: string[] }> = [];
  const added: string[] = [];
  const moved: StateChange[] = [];
  for (const [index, judgement] of judgements.entries()) {
    await breathe(index);
    const { row, ownerRefs } = describe(judgement);
    const before = stored.get(row.entity_ref);
    if (before?.fingerprint === row.fingerprint) {
      continue;
    }
    const stays = before?.state === row.state;
    const state_since = stays ? before.state_since : now.toISOString();
    rows.push({ row: { ...row, state_since }, ownerRefs });
    if (!before) {
      added.push(row.entity_ref);
    }
    // A component that is new and in order is no news.
    if (!stays && (before || row.state !== 'owned')) {
      moved.push({
        entityRef: row.entity_ref,
        ownerRefs,
        state: row.state,
        previousState: before?.state,
      });
    }
  }
  return { rows, added, moved };
}
