import { TestDatabases } from '@backstage/backend-test-utils';
import { findingId } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const HOUR = 60;
const DAY = 24 * HOUR;
const CART = 'component:default/cart';
const UNOWNED = 'component:default/unowned';
const cart = catalogEntity('Component', 'cart', {
  type: 'service',
  owner: 'shop',
});
const organisation = [
  ...team('platform', ['pat']),
  ...team('shop', ['sam']),
  cart,
  catalogEntity('Component', 'unowned', { type: 'service' }),
];

describe.each(databases.eachSupportedId())(
  'a clock that jumps on %p',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex });
      bench.entities = organisation;
      await bench.scanAfter(0);
    });
    afterEach(async () => {
      await knex.destroy();
    });

    /** Turns the clock, scans, and gives what the scan told of itself. */
    const scanAfter = async (minutes: number) => {
      await bench.scanAfter(minutes);
      return bench.published.find(({ type }) => type === 'scan.completed');
    };
    const NOTHING_NEW = { opened: 0, reopened: 0, closed: 0 };
    const findings = () =>
      knex('findings')
        .select('id', 'state', 'first_seen_at', 'reopened_count')
        .orderBy('id');
    const days = () =>
      knex('drift_history')
        .where('scope', '*')
        .orderBy('day')
        .select('day', 'open');
    const jump = (minutes: number) => {
      bench.now = new Date(bench.now.getTime() + minutes * 60_000);
    };

    it('between scans opens, closes and tells nothing', async () => {
      const before = await findings();
      const [{ open }] = await days();
      for (const minutes of [2 * DAY, -HOUR, -2 * DAY, 30, HOUR]) {
        expect(await scanAfter(minutes)).toMatchObject(NOTHING_NEW);
        expect(bench.notifications.send).not.toHaveBeenCalled();
      }
      expect(await findings()).toEqual(before);
      // One row a day that the clock showed, each with what was open.
      expect(await days()).toEqual([
        { day: '2026-11-21', open },
        { day: '2026-11-23', open },
      ]);
    });

    it.each([2 * DAY, -HOUR])(
      'by %p minutes in mid-scan leaves the scan to itself',
      async minutes => {
        const before = await findings();
        let pages = 0;
        bench.onPage = async () => {
          pages += 1;
          if (pages === 2) {
            jump(minutes);
          }
        };
        expect(await scanAfter(30)).toMatchObject(NOTHING_NEW);
        bench.onPage = async () => {};
        jump(-minutes);
        expect(await scanAfter(30)).toMatchObject(NOTHING_NEW);
        expect(await findings()).toEqual(before);
      },
    );

    it('back neither ends a grace period early nor begins it anew', async () => {
      const stateOfCart = async () =>
        (await knex('components').where('entity_ref', CART).first()).state;
      bench.entities = organisation.filter(
        ({ metadata }) => metadata.name !== 'shop',
      );
      await bench.scanAfter(30);
      expect(await stateOfCart()).toBe('unknown');
      await bench.scanAfter(-HOUR);
      expect(await stateOfCart()).toBe('unknown');
      // Where it was when the owner was first missed, and an hour more.
      await bench.scanAfter(HOUR + 59);
      expect(await stateOfCart()).toBe('unknown');
      await bench.scanAfter(1);
      expect(await stateOfCart()).toBe('orphaned');
      // What is orphaned is not taken back because it is earlier again.
      expect(await scanAfter(-10)).toMatchObject(NOTHING_NEW);
      expect(await stateOfCart()).toBe('orphaned');
    });

    it('ends waivers and snoozes by the clock, once', async () => {
      const id = findingId({ ruleId: 'owner-missing', entityRef: UNOWNED });
      const other = findingId({
        ...{ ruleId: 'contract-missing', entityRef: CART },
      });
      const by = 'user:default/pat';
      await bench.findings.waive({
        ...{ id, by },
        request: {
          reason: 'Moves soon',
          expiresAt: new Date(bench.now.getTime() + DAY * 60_000).toISOString(),
        },
      });
      await bench.findings.acknowledge({
        ...{ id: other, by },
        request: {
          snoozeUntil: new Date(
            bench.now.getTime() + DAY * 60_000,
          ).toISOString(),
        },
      });
      const states = async () =>
        Object.fromEntries(
          (await findings()).map(row => [
            row.id,
            [row.state, row.reopened_count],
          ]),
        );
      await bench.scanAfter(-HOUR);
      expect(await states()).toMatchObject({
        ...{ [id]: ['waived', 0], [other]: ['snoozed', 0] },
      });
      expect(await scanAfter(2 * DAY)).toMatchObject({ reopened: 2 });
      for (const minutes of [-2 * DAY, 30]) {
        expect(await scanAfter(minutes)).toMatchObject(NOTHING_NEW);
      }
      expect(await states()).toMatchObject({
        ...{ [id]: ['open', 1], [other]: ['open', 0] },
      });
    });
  },
);
