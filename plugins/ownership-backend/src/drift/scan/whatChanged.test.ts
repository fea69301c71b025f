import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const FILE = 'url:https://git.example.org/shop/blob/main/all_100%.yaml';

function component(
  name: string,
  options: { file?: string; orphan?: boolean; contract?: object } = {},
): Entity {
  const { file = 'url:https://git.example.org/x.yaml', orphan } = options;
  return catalogEntity(
    'Component',
    name,
    {
      type: 'service',
      owner: 'shop',
      ...(options.contract && { ownershipContract: { ...options.contract } }),
    },
    {
      annotations: {
        'backstage.io/managed-by-location': file,
        ...(orphan && { 'backstage.io/orphan': 'true' }),
      },
    },
  );
}

describe.each(databases.eachSupportedId())(
  'what a scan tells of changes on %p',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;
    const people = team('shop', ['sam']);

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex });
    });
    afterEach(async () => {
      await knex.destroy();
    });

    it('says which fields of a contract changed', async () => {
      const changes = async (contract?: object) => {
        bench.entities = [...people, component('cart', { contract })];
        await bench.scanAfter(30);
        return bench.published.filter(
          ({ type }) => type === 'contract.changed',
        );
      };
      expect(await changes({ tier: 'tier-1', mission: 'Sells' })).toEqual([]);
      const [first] = await changes({ tier: 'tier-2', mission: 'Sells' });
      expect(first).toMatchObject({
        entityRef: 'component:default/cart',
        ownerRefs: ['group:default/shop'],
        changedFields: ['tier'],
      });
      expect(first.fingerprint).not.toBe(first.previousFingerprint);
      // A review is no change of what is promised, and nothing is none either.
      const review = { reviewedAt: '2026-11-20', reviewedBy: 'user:sam' };
      expect(await changes({ tier: 'tier-2', mission: 'Sells' })).toEqual([]);
      expect(
        await changes({ tier: 'tier-2', mission: 'Sells', review }),
      ).toEqual([]);
      const [gone] = await changes(undefined);
      expect(gone).toMatchObject({
        changedFields: ['mission', 'status', 'tier'],
        previousFingerprint: first.fingerprint,
      });
    });

    it('says what removed a component where that can be told', async () => {
      bench.entities = [
        ...people,
        component('left-over', { orphan: true }),
        component('one', { file: FILE }),
        component('two', { file: FILE }),
        component('three', { file: 'url:https://git.example.org/b.yaml' }),
        component('four', { file: 'url:https://git.example.org/b.yaml' }),
        component('five', { file: 'url:https://git.example.org/b.yaml' }),
        component('six', { file: 'url:https://git.example.org/c.yaml' }),
      ];
      await bench.scanAfter(0);
      bench.entities = [
        ...people,
        component('five', { file: 'url:https://git.example.org/b.yaml' }),
      ];
      await bench.scanAfter(30);
      const rows = await knex('tombstones').orderBy('entity_ref');
      expect(
        Object.fromEntries(
          rows.map(({ entity_ref, removed_by }) => [
            entity_ref.split('/')[1],
            removed_by,
          ]),
        ),
      ).toEqual({
        'left-over': expect.stringContaining('backstage.io/orphan'),
        one: expect.stringMatching(
          /^All 2 components of https:.*all_100%.yaml went at once/,
        ),
        two: expect.any(String),
        // Their file still gives another: somebody took them out of it, or not.
        three: null,
        four: null,
        six: null,
      });
    });
  },
);
