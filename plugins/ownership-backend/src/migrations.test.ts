import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory from 'knex';
import { migrate } from './migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, all the way down and up again', async () => {
    const knex = await databases.init(databaseId);
    const directory = resolvePackagePath(
      '@service-ownership/backstage-plugin-ownership-backend',
      'migrations',
    );
    const tables = async (): Promise<string[]> =>
      knex.client.config.client === 'pg'
        ? knex('pg_tables').where('schemaname', 'public').pluck('tablename')
        : knex('sqlite_master').where('type', 'table').pluck('name');

    await knex.migrate.latest({ directory });
    const before = (await tables()).sort();
    expect(before).toContain('components');
    await knex.migrate.rollback({ directory }, true);
    expect(
      (await tables()).filter(name => !/^(knex_|sqlite_)/.test(name)),
    ).toEqual([]);
    await knex.migrate.latest({ directory });
    expect((await tables()).sort()).toEqual(before);
  });

  it('are done by one of several replicas that start together', async () => {
    const knex = await databases.init(databaseId);
    // One in memory cannot be opened twice, and has one backend at a time.
    const isShared = knex.client.config.client === 'pg';
    const replicas = isShared
      ? Array.from({ length: 4 }, () =>
          knexFactory({ ...knex.client.config, pool: { min: 0, max: 1 } }),
        )
      : [knex];
    try {
      await Promise.all(replicas.map(replica => migrate({ knex: replica })));
      await migrate({ knex });
    } finally {
      await Promise.all(replicas.map(replica => isShared && replica.destroy()));
    }
    const done: string[] = await knex('knex_migrations').pluck('name');
    expect(new Set(done).size).toBe(done.length);
    expect(await knex('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
    expect(await knex('components').pluck('entity_ref')).toEqual([]);
  });
});
