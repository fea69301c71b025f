import { TestDatabases } from '@backstage/backend-test-utils';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import {
  countingStatements,
  migratedDatabase,
} from '../../__testUtils__/writeOrganisation';
import {
  configureRules,
  driftRules,
} from '@service-ownership/backstage-plugin-ownership-common';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const service = (name: string, owner: string | undefined, contract?: object) =>
  catalogEntity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    ...(owner && { owner }),
    ...(contract && { ownershipContract: contract }),
  });
const needing = (name: string) =>
  service(name, 'shop', {
    dependencies: [
      { component: 'component:default/ledger', criticality: 'hard' },
    ],
  });

describe.each(databases.eachSupportedId())(
  'rules about other components on %p',
  databaseId => {
    it('follow what the last scan stored of them, asked once for a page', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const bench = driftBench({ knex });
      const others = [
        ...team('shop', ['sam']),
        needing('cart'),
        needing('till'),
      ];
      bench.entities = [...others, service('ledger', undefined)];
      const unowned = async () =>
        (await bench.standing())
          .filter(({ ruleId }) => ruleId === 'dependency-unowned')
          .map(({ entityRef }) => entityRef);

      await bench.scanAfter(0);
      expect(await unowned()).toEqual([]);
      const { statements } = await countingStatements(knex, () =>
        bench.scanAfter(10),
      );
      expect(await unowned()).toEqual([
        'component:default/cart',
        'component:default/till',
      ]);
      expect(
        statements.filter(sql =>
          /^select .entity_ref., .state. from .components./i.test(sql),
        ),
      ).toHaveLength(1);

      bench.entities = [...others, service('ledger', 'shop')];
      await bench.scanAfter(10);
      await bench.scanAfter(10);
      expect(await unowned()).toEqual([]);
      await knex.destroy();
    });

    it('weigh what a team owns by its active members, where asked to', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const bench = driftBench({
        knex,
        scan: {
          rules: configureRules({
            rules: driftRules,
            settings: {
              'owner-overloaded': { parameters: { most: 2 }, enabled: true },
            },
          }),
        },
      });
      const owned = ['a', 'b', 'c'].map(name => service(name, 'shop'));
      bench.entities = [...team('shop', ['sam']), ...owned];
      const overloaded = async () =>
        (await bench.standing()).filter(
          ({ ruleId }) => ruleId === 'owner-overloaded',
        ).length;
      await bench.scanAfter(0);
      expect(await overloaded()).toBe(0);
      await bench.scanAfter(10);
      expect(await overloaded()).toBe(3);
      bench.entities = [...team('shop', ['sam', 'sol']), ...owned];
      await bench.scanAfter(10);
      await bench.scanAfter(10);
      expect(await overloaded()).toBe(0);
      await knex.destroy();
    });
  },
);
