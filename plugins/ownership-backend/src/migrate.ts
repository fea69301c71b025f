import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Any number that nobody else locks by in the same database. */
const LOCK = 7_308_894_120_331;

/**
 * Brings the tables to this version.
 *
 * Replicas that start together on PostgreSQL take turns: knex has a lock of its
 * own, but two that make the table of it at the same moment both fail. Ours
 * is gone with the connection, whatever becomes of the process.
 */
export async function migrate(options: { knex: Knex }): Promise<void> {
  const { knex } = options;
  const directory = resolvePackagePath(
    '@service-ownership/backstage-plugin-ownership-backend',
    'migrations',
  );
  if (knex.client.config.client !== 'pg') {
    await knex.migrate.latest({ directory });
    return;
  }
  await knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
    // In the same connection: there may be no other one in the pool.
    await tx.migrate.latest({ directory });
  });
}
