import { TestDatabases } from '@backstage/backend-test-utils';
import { whereVisible } from './whereVisible';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'finds what may be seen and nothing else on %p',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const odd = ['a"b', 'a\\b', 'a\\"b', 'a,b', '{a}', 'NULL', ' a', "a'b"];
    await knex.schema.createTable('things', table => {
      table.string('ref');
    });
    await knex('things').insert(['a', 'b', ...odd].map(ref => ({ ref })));
    const seen = async (visible: 'all' | Set<string>) => {
      const query = knex('things').orderBy('ref').pluck('ref');
      whereVisible(query, 'ref', visible);
      return new Set(await query);
    };

    expect(await seen('all')).toEqual(new Set(['a', 'b', ...odd]));
    expect(await seen(new Set())).toEqual(new Set());
    const some = new Set([...odd, 'gone']);
    expect(await seen(some)).toEqual(new Set(odd));
    expect(await seen(some)).toEqual(new Set(odd));
    expect(await seen(new Set(['b', 'B']))).toEqual(new Set(['b']));
    await knex.destroy();
  },
);
