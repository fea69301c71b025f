import type { Knex } from 'knex';
import type { VisibleRefs } from './Visibility';
import { whereOwnedBy } from './whereOwnedBy';
import { whereVisible } from './whereVisible';

/**
 * How many components, of a team or of all, a caller may not see.
 *
 * Law: it hangs on nothing else that is asked. A number of those that are
 * hidden and have a name, a state or a field would tell what they hold.
 */
export async function countHidden(
  knex: Knex,
  options: { team?: string; visible: VisibleRefs },
): Promise<number> {
  const { team, visible } = options;
  if (visible === 'all') {
    return 0;
  }
  const all = knex('components');
  if (team) {
    whereOwnedBy(all, 'entity_ref', team);
  }
  const seen = all.clone();
  whereVisible(seen, 'entity_ref', visible);
  const [row] = await knex.select({
    everything: all.count({ count: '*' }),
    seen: seen.count({ count: '*' }),
  });
  return Number(row.everything) - Number(row.seen);
}
