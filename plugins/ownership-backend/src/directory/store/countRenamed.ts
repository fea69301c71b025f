import type { Evidence } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';

const OWNER = /^It says (.+), which is now /;
const IN_CONTRACT = /^(.+), now (?:group|user):/;

/**
 * How many components still say each old ref, by what the last scan found. One
 * that says several counts for each: until it follows, no alias may go.
 */
export async function countRenamed(options: {
  knex: Knex;
  visible: VisibleRefs;
}): Promise<Map<string, number>> {
  const { knex, visible } = options;
  const query = knex('findings as f')
    .where('f.rule_id', 'owner-renamed')
    .whereNot('f.state', 'closed')
    .select('f.message', 'f.evidence');
  whereVisible(query, 'f.entity_ref', visible);
  const rows: Array<{ message: string; evidence: string }> = await query;
  const counts = new Map<string, number>();
  for (const { message, evidence } of rows) {
    const said = [
      OWNER.exec(message),
      ...(JSON.parse(evidence) as Evidence[]).map(({ value }) =>
        IN_CONTRACT.exec(value),
      ),
    ].flatMap(match => match?.[1] ?? []);
    for (const from of new Set(said)) {
      counts.set(from, (counts.get(from) ?? 0) + 1);
    }
  }
  return counts;
}
