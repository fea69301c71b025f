import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';

const SAYS = /^It says (\S+), which is now /;

/** How many components still say each old ref, by what the last scan found. */
export async function countRenamed(options: {
  knex: Knex;
  visible: VisibleRefs;
}): Promise<Map<string, number>> {
  const { knex, visible } = options;
  const query = knex('findings as f')
    .where('f.rule_id', 'owner-renamed')
    .whereNot('f.state', 'closed')
    .groupBy('f.message')
    .select({ message: 'f.message' })
    .count({ components: '*' });
  whereVisible(query, 'f.entity_ref', visible);
  const rows = (await query) as Array<{
    message: string;
    components: number | string;
  }>;
  const counts = new Map<string, number>();
  for (const { message, components } of rows) {
    const [, from] = SAYS.exec(message) ?? [];
    if (from) {
      counts.set(from, (counts.get(from) ?? 0) + Number(components));
    }
  }
  return counts;
}
