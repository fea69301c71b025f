import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { CatalogServer } from './__testUtils__/CatalogServer';
import { contentsOf } from './__testUtils__/contentsOf';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(120_000);

const TEAMS = Array.from({ length: 8 }, (_, n) => `team-${n}`);
const people = TEAMS.flatMap(name => team(name, [`${name}-lead`]));
const components = Array.from({ length: 60 }, (_, n) =>
  catalogEntity('Component', `component-${n}`, {
    type: 'service',
    owner: TEAMS[n % TEAMS.length],
  }),
);
const organisation = [...team('platform', ['pat']), ...people, ...components];

describe.each(databases.eachSupportedId())(
  'a catalog that fails a scan on %p',
  databaseId => {
    let knex: Knex;
    let server: CatalogServer;
    let bench: ReturnType<typeof driftBench>;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      server = await CatalogServer.start();
      server.entities = organisation;
      bench = driftBench({
        knex,
        config: { drift: { deadAfter: { seconds: 10 } } },
        scan: { catalog: await server.client(), catalogLimitMs: 4000 },
      });
      await bench.scanAfter(0);
    });
    afterEach(async () => {
      await server.stop();
      await knex.destroy();
    });

    it.each([
      ['answers 503', 'unavailable', /^The catalog failed: .*503/],
      [
        'is cut off in mid-stream',
        'cut off',
        /^No answer of the catalog within 4 s$/,
      ],
    ] as const)(
      'changes no verdict where it %s, first, in the middle or last',
      async (_, answer, reason) => {
        expect((await bench.standing()).length).toBeGreaterThan(0);
        const before = await contentsOf({ knex });
        let pages = 0;
        server.onPage = () => {
          pages += 1;
          return 'whole';
        };
        await bench.scanAfter(1);
        expect(pages).toBeGreaterThan(5);
        const last = pages;
        for (const failing of [1, Math.ceil(last / 2), last]) {
          let page = 0;
          server.onPage = () => {
            page += 1;
            return page === failing ? answer : 'whole';
          };
          const { state, error } = await bench.scanAfter(1);
          expect([failing, state, error]).toEqual([
            failing,
            'failed',
            expect.stringMatching(reason),
          ]);
          expect(bench.published).toEqual([]);
          expect(bench.notifications.send).not.toHaveBeenCalled();
        }
        const { drift_history: _history, ...after } = await contentsOf({
          knex,
        });
        expect(after).toEqual(
          (({ drift_history: _was, ...rest }) => rest)(before),
        );

        server.onPage = () => 'whole';
        expect(await bench.scanAfter(1)).toMatchObject({
          state: 'completed',
          opened: 0,
          reopened: 0,
          closed: 0,
        });
      },
    );

    it('is waited for where it is slow, and nobody takes the scan over', async () => {
      bench = driftBench({
        knex,
        config: { drift: { deadAfter: { seconds: 10 } } },
        scan: { catalog: await server.client() },
      });
      const { now } = bench;
      let waiting: Array<() => void> = [];
      server.onPage = page =>
        page % 3 === 0
          ? new Promise(resolve => {
              waiting.push(resolve);
            })
          : 'whole';
      let isOver = false;
      const scan = bench.runner.run().finally(() => {
        isOver = true;
      });
      const beats = async () =>
        (
          await knex('scans').where('state', 'running').pluck('heartbeat_at')
        )[0];
      const saysOrIsOver = (at: string) => async () =>
        isOver || (await beats()) === at;
      for (;;) {
        // The clock goes on; what is alive says so at the new time.
        bench.now = new Date(bench.now.getTime() + 60_000);
        const wanted = bench.now.toISOString();
        const done = await Promise.race([
          scan.then(() => true),
          eventually(saysOrIsOver(wanted)),
        ]);
        if (done) {
          break;
        }
        await bench.newRunner().takeOver();
        waiting.forEach(answer => answer());
        waiting = [];
      }
      expect(bench.now.getTime()).toBeGreaterThan(now.getTime() + 60_000);
      const { items } = await bench.runner.list({ limit: 5 });
      expect(items.map(({ state }) => state)).toEqual([
        'completed',
        'completed',
      ]);
    });

    it.each([
      ['nobody is left', components],
      [
        'groups are left and nobody in them',
        organisation.filter(({ kind }) => kind !== 'User'),
      ],
    ])('suspends once where %s, and is told of once', async (_, left) => {
      const before = await contentsOf({ knex });
      server.entities = left;
      const lost = await bench.scanAfter(30);
      expect(lost).toMatchObject({
        state: 'suspended',
        reason: expect.stringMatching(/outage/),
      });
      expect(bench.notifications.send).toHaveBeenCalledTimes(1);
      expect((await bench.scanAfter(30)).state).toBe('suspended');
      expect(bench.notifications.send).not.toHaveBeenCalled();
      expect(await contentsOf({ knex })).toEqual(before);

      server.entities = organisation;
      expect(await bench.scanAfter(30)).toMatchObject({
        ...{ state: 'completed', opened: 0, reopened: 0, closed: 0 },
      });
    });
  },
);

/** Asks until it is so; jest's own time limit ends what never comes true. */
async function eventually(condition: () => Promise<boolean>): Promise<false> {
  while (!(await condition())) {
    await new Promise(setImmediate);
  }
  return false;
}
