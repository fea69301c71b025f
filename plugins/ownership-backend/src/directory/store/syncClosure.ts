import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { insertRows, insertSlices } from '../../drift/store/insertRows';
import { whereIn } from '../../api/whereVisible';

interface ClosureRow {
  ancestor_ref: string;
  descendant_ref: string;
  depth: number;
}

/**
 * Brings the table of groups below groups to what the directory says. Writes
 * only the ancestors whose sub-tree changed.
 */
export async function syncClosure(options: {
  knex: Knex;
  directory: Directory;
}): Promise<void> {
  const { knex, directory } = options;

  const stored = new Map<string, Map<string, number>>();
  for (const row of await knex<ClosureRow>('directory_closure')) {
    const below = stored.get(row.ancestor_ref) ?? new Map<string, number>();
    stored.set(row.ancestor_ref, below.set(row.descendant_ref, row.depth));
  }

  const stale: string[] = [];
  const fresh: ClosureRow[] = [];
  for (const [ancestor, below] of closureOf(directory)) {
    const before = stored.get(ancestor);
    stored.delete(ancestor);
    if (
      before?.size === below.size &&
      [...below].every(([ref, depth]) => before.get(ref) === depth)
    ) {
      continue;
    }
    if (before) {
      stale.push(ancestor);
    }
    for (const [descendant, depth] of below) {
      fresh.push({
        ancestor_ref: ancestor,
        descendant_ref: descendant,
        depth,
      });
    }
  }
  stale.push(...stored.keys());

  if (stale.length > 0) {
    const query = knex('directory_closure');
    whereIn(query, 'ancestor_ref', stale);
    await query.delete();
  }
  for (const rows of insertSlices(knex, fresh)) {
    await insertRows(knex, 'directory_closure', rows)
      .onConflict(['ancestor_ref', 'descendant_ref'])
      .merge(['depth']);
  }
}

/** Depth of every group below each group, itself at 0. */
function closureOf(directory: Directory): Map<string, Map<string, number>> {
  const closure = new Map<string, Map<string, number>>();
  for (const { ref, kind } of directory.principals()) {
    if (kind !== 'group') {
      continue;
    }
    [ref, ...directory.ancestors(ref)].forEach((ancestor, depth) => {
      const below = closure.get(ancestor) ?? new Map<string, number>();
      closure.set(ancestor, below.set(ref, depth));
    });
  }
  return closure;
}
