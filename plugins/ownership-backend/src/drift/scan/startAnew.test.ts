import { setImmediate } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'a scan that has to see what was changed, on %p',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex });
    });
    afterEach(async () => {
      await bench.runner.shutdown();
      await knex.destroy();
    });

    it('follows the one that runs, once, and is joined by none that came before it', async () => {
      bench.entities = [
        ...team('shop', ['sam']),
        catalogEntity('Component', 'cart', { owner: 'shop' }),
      ];
      const scans = async () =>
        (await bench.runner.list({ limit: 10 })).items.map(
          ({ state, startedAt, requestedBy }) => [
            state,
            startedAt,
            requestedBy,
          ],
        );
      const until = async (expected: unknown[]) => {
        for (const end = Date.now() + 10_000; Date.now() < end; ) {
          await setImmediate();
          const found = await scans();
          if (JSON.stringify(found) === JSON.stringify(expected)) {
            return;
          }
        }
        expect(await scans()).toEqual(expected);
      };

      let release = () => {};
      const held = new Promise<void>(resolve => {
        release = resolve;
      });
      const reached = new Promise<void>(resolve => {
        bench.onPage = async () => {
          resolve();
          await held;
        };
      });
      const first = bench.now.toISOString();
      const running = bench.runner.run();
      await reached;
      bench.now = new Date(bench.now.getTime() + 60_000);
      const second = bench.now.toISOString();
      await bench.runner.startAnew({ requestedBy: 'user:default/ada' });
      await bench.runner.startAnew({ requestedBy: 'user:default/sam' });
      expect(await scans()).toEqual([['running', first, undefined]]);
      release();
      await running;
      await until([
        ['completed', second, 'user:default/ada'],
        ['completed', first, undefined],
      ]);

      // Where none runs it starts at once.
      bench.now = new Date(bench.now.getTime() + 60_000);
      await bench.runner.startAnew();
      await until([
        ['completed', bench.now.toISOString(), undefined],
        ['completed', second, 'user:default/ada'],
        ['completed', first, undefined],
      ]);
    });
  },
);
