import type { Knex } from 'knex';
import { mergeFindingCounts } from './mergeFindingCounts';

// What a page of the report is found in without looking at the rows: only where
// they are known to be settled.
const SETTLED = [
  'directory_closure',
  'findings',
  'finding_counts',
  'owner_sets',
];
const TABLES = [
  'directory_principals',
  'components',
  'component_owners',
  'rule_outcomes',
  'scorecard_results',
  'scorecard_gaps',
];

/**
 * Has PostgreSQL look at tables that were just filled: as long as it believes
 * them empty, it reads them from end to end for every page and joins them row
 * by row, and minutes become of milliseconds.
 * Its own housekeeping would come round to it later.
 */
export async function refreshStatistics(options: {
  knex: Knex;
}): Promise<void> {
  const { knex } = options;
  if (knex.client.config.client === 'pg') {
    await mergeFindingCounts({ knex });
    await knex.raw(
      `VACUUM (ANALYZE) ${SETTLED.map(() => '??').join(', ')}`,
      SETTLED,
    );
    await knex.raw(`ANALYZE ${TABLES.map(() => '??').join(', ')}`, TABLES);
  }
}
