import type { Knex } from 'knex';

/**
 * Forgets what ended before a moment: closed findings with their time lines,
 * tombstones, scans and days of history.
 */
export async function deleteExpired(options: {
  knex: Knex;
  /** ISO 8601. */
  before: string;
}): Promise<void> {
  const { knex, before } = options;
  const expired = knex('findings')
    .select('id')
    .where('state', 'closed')
    .where('closed_at', '<', before);
  for (const table of [
    'finding_events',
    'waiver_requests',
    'finding_assignees',
  ]) {
    await knex(table).whereIn('finding_id', expired).delete();
  }
  await knex('findings')
    .where('state', 'closed')
    .where('closed_at', '<', before)
    .delete();
  await knex('tombstone_owners')
    .whereIn(
      'entity_ref',
      knex('tombstones').select('entity_ref').where('removed_at', '<', before),
    )
    .delete();
  await knex('tombstones').where('removed_at', '<', before).delete();
  await knex('former_owners').where('until', '<', before).delete();
  await knex('scans').where('finished_at', '<', before).delete();
  await knex('drift_history').where('day', '<', before.slice(0, 10)).delete();
}
