import type { ComponentDocument } from '../ComponentDocument';
import type { ComponentRow } from '../store/ComponentRow';
import { breathe } from './breathe';
import type { ReplacedRow } from './readReplaced';

/**
 * Whether rows that are to be written change anything that owner suggestions
 * for other components are made of: who owns what, which of it is orphaned,
 * and what is in which system and repository.
 */
export async function movesOwners(options: {
  rows: ReadonlyArray<{ row: ComponentRow; ownerRefs: readonly string[] }>;
  /** As they are stored. */
  replaced: ReadonlyMap<string, ReplacedRow>;
}): Promise<boolean> {
  const { rows, replaced } = options;
  for (const [index, { row, ownerRefs }] of rows.entries()) {
    await breathe(index);
    const before = replaced.get(row.entity_ref);
    if (
      !before ||
      (before.state === 'orphaned') !== (row.state === 'orphaned') ||
      before.system_ref !== row.system_ref ||
      before.repository !== row.repository ||
      ownersOf(before) !== ownerRefs.join()
    ) {
      return true;
    }
  }
  return false;
}

function ownersOf({ document }: ReplacedRow): string {
  const { owners } = JSON.parse(document) as ComponentDocument;
  return owners
    .map(({ ref }) => ref)
    .sort()
    .join();
}
