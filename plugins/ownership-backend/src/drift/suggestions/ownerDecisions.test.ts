import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { OwnerDecisionService } from './OwnerDecisionService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ANN = 'user:default/ann';
const LEDGER = 'component:default/ledger';

function component(
  name: string,
  spec: NonNullable<Entity['spec']>,
  repository?: string,
): Entity {
  return catalogEntity(
    'Component',
    name,
    { type: 'service', ...spec },
    repository
      ? {
          annotations: {
            'backstage.io/source-location': `url:https://git.example.org/${repository}/-/tree/main/`,
          },
        }
      : {},
  );
}

describe.each(databases.eachSupportedId())(
  'owner suggestions on %p',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;
    let owners: OwnerDecisionService;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex });
      owners = new OwnerDecisionService({ database: knex, now: bench.clock });
      bench.entities = [
        ...team('shop', ['sam']),
        ...team('money', ['max']),
        ...team('search', ['sol']),
        catalogEntity('System', 'till', { owner: 'search' }),
        component('ledger', { owner: 'shop', system: 'till' }, 'a/mono'),
        component('billing', { owner: 'money' }, 'A/mono'),
        component('tax', { owner: 'money' }, 'a/mono'),
        component('cart', { owner: 'shop' }, 'a/mono'),
        component('receipts', { owner: 'money', system: 'till' }),
        component('index', { owner: 'search', system: 'till' }),
        component('lost', { system: 'till' }),
      ];
      await bench.scanAfter(0);
    });
    afterEach(async () => {
      await knex.destroy();
    });

    const orphanTheLedger = async () => {
      bench.entities = bench.entities.map(entity =>
        entity.metadata.name === 'ledger'
          ? component('ledger', { system: 'till' }, 'a/mono')
          : entity,
      );
      await bench.scanAfter(30);
    };
    const suggested = async (ref = LEDGER) =>
      (await owners.suggestions(ref)).map(
        ({ ref: owner, confidence, reason }) => [
          owner.split('/')[1],
          confidence,
          reason,
        ],
      );
    const decide = (
      owner: string,
      decision: 'accepted' | 'rejected',
      entityRef = LEDGER,
    ) => owners.decide({ entityRef, owner, decision, by: ANN });

    it('remembers who had it, and asks who has its neighbours', async () => {
      expect(await suggested()).toEqual([]);
      await orphanTheLedger();
      expect(await suggested()).toEqual([
        [
          'shop',
          0.76,
          'It owned this before; it owns 1 of 3 components in the same repository',
        ],
        [
          'search',
          0.59,
          'It owns the system this is part of; it owns 1 of 2 components in the same system',
        ],
        [
          'money',
          0.48,
          'It owns 2 of 3 components in the same repository; it owns 1 of 2 components in the same system',
        ],
      ]);
      // Still so when nothing but the last scan knows of it.
      const first = await suggested();
      const scan = await bench.scanAfter(30);
      expect(await suggested()).toEqual(first);
      expect(scan).toMatchObject({ opened: 0, reopened: 0 });
    });

    it('keeps what was accepted on top, with the patch, until the catalog follows', async () => {
      await orphanTheLedger();
      const [first, ...others] = await decide('Money', 'accepted');
      expect(first).toMatchObject({
        ref: 'group:default/money',
        signals: expect.arrayContaining(['accepted', 'repository']),
        patch: expect.stringContaining('owner: group:default/money'),
      });
      expect(others).toHaveLength(2);
      await bench.scanAfter(30);
      expect((await suggested())[0]).toEqual([
        'money',
        0.99,
        expect.stringMatching(/^It was accepted as owner/),
      ]);
      // A second thought takes the place of the first.
      await decide('search', 'accepted');
      await bench.scanAfter(30);
      expect((await suggested()).map(([name]) => name)).toEqual([
        'search',
        'shop',
        'money',
      ]);
      bench.entities = bench.entities.map(entity =>
        entity.metadata.name === 'ledger'
          ? component('ledger', { owner: 'search' })
          : entity,
      );
      await bench.scanAfter(30);
      expect(await suggested()).toEqual([]);
    });

    it('does not suggest what was rejected, and believes its evidence less elsewhere', async () => {
      await orphanTheLedger();
      const before = (await suggested('component:default/lost'))[0];
      expect(before).toEqual(['search', 0.59, expect.any(String)]);
      expect(
        (await decide('search', 'rejected')).map(({ ref }) => ref),
      ).toEqual(['group:default/shop', 'group:default/money']);
      await bench.scanAfter(30);
      expect((await suggested()).map(([name]) => name)).toEqual([
        'shop',
        'money',
      ]);
      // 1 - (1 - 0.5 / 2) (1 - 0.35 / 2 / 2)
      expect((await suggested('component:default/lost'))[0]).toEqual([
        'search',
        0.32,
        expect.any(String),
      ]);
      // Taken back.
      await decide('search', 'accepted');
      await bench.scanAfter(30);
      expect((await suggested())[0][0]).toBe('search');
    });

    it('follows the people and the components of a team that is gone', async () => {
      const rest = [
        ...team('company', ['boss']),
        ...team('money', ['max']),
        component('a', { owner: 'falcon' }),
        component('b', { owner: 'falcon' }),
        component('mine', { owner: 'user:default/fay' }),
      ];
      bench.entities = [
        ...team('birds', [], 'company'),
        ...team('falcon', ['fay', 'finn', 'flo'], 'birds'),
        ...rest,
      ];
      await bench.scanAfter(60);
      // The team and the one above it go; one of its people leaves. A scan sees
      // it between two steps of the catalog.
      bench.entities = [
        ...team('birds', [], 'company'),
        ...team('falcon', [], 'birds'),
        ...team('kestrel', ['finn', 'flo']),
        ...rest,
      ];
      await bench.scanAfter(60);
      expect((await suggested('component:default/a'))[0]).toEqual([
        'kestrel',
        0.8,
        '2 of the 3 people of falcon are on it now',
      ]);
      bench.entities = [...team('kestrel', ['finn', 'flo']), ...rest];
      await bench.scanAfter(60);
      // Nobody who was there knows more than the tables.
      bench.now = new Date(bench.now.getTime() + 90 * 60_000);
      await bench.newRunner().run();
      expect(await suggested('component:default/a')).toEqual([
        ['kestrel', 0.8, '2 of the 3 people of falcon are on it now'],
        ['company', 0.55, 'Falcon belonged to it'],
      ]);
      expect(await suggested('component:default/mine')).toEqual([
        ['company', 0.6, 'Fay, who is named as owner, belonged to it'],
      ]);

      // What is accepted for one is evidence for the others.
      await decide('kestrel', 'accepted', 'component:default/a');
      await bench.scanAfter(30);
      expect((await suggested('component:default/b'))[0]).toEqual([
        'kestrel',
        0.87,
        '2 of the 3 people of falcon are on it now; another component of falcon was given to it',
      ]);
      expect((await suggested('component:default/a'))[0]).toEqual([
        'kestrel',
        0.99,
        expect.not.stringContaining('another component'),
      ]);
      // And stays so once the catalog follows.
      bench.entities = bench.entities.map(entity =>
        entity.metadata.name === 'a'
          ? component('a', { owner: 'kestrel' })
          : entity,
      );
      await bench.scanAfter(30);
      await bench.scanAfter(30);
      expect((await suggested('component:default/b'))[0]).toEqual([
        'kestrel',
        0.87,
        expect.stringContaining('another component of falcon'),
      ]);
    });

    it('refuses what was never suggested', async () => {
      await orphanTheLedger();
      for (const owner of ['nobody', 'a:b:c', 'user:default/sam', 'x\u0000']) {
        await expect(decide(owner, 'accepted')).rejects.toThrow(
          /is not suggested as owner of component:default\/ledger; suggested are group:default\/shop/,
        );
      }
      await expect(
        decide('shop', 'accepted', 'component:default/none'),
      ).rejects.toThrow('There is no component');
    });
  },
);
