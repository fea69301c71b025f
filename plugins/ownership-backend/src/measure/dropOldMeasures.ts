import type { Knex } from 'knex';

const RETENTION_MS = 400 * 86_400_000;

/**
 * Drops deployments, incidents, measurements and the marks of events that are
 * older than 400 days. An incident that is open stays.
 */
export async function dropOldMeasures(options: {
  knex: Knex;
  now: Date;
}): Promise<void> {
  const { knex, now } = options;
  const before = new Date(now.getTime() - RETENTION_MS).toISOString();
  await knex('deployments').where('at', '<', before).delete();
  await knex('incidents').where('resolved_at', '<', before).delete();
  await knex('measurements').where('period_end', '<', before).delete();
  await knex('measure_values')
    .whereNot('month', '')
    .where('month', '<', before.slice(0, 7))
    .delete();
  // Events are refused once they are as old.
  await knex('received_events').where('received_at', '<', before).delete();
}
