import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';

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
});
