import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'a scan that the scheduler starts on %s',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;
    const consumer = {
      accept: jest.fn(async () => {}),
      keep: jest.fn(),
      finish: jest.fn(async () => {}),
    };

    beforeEach(async () => {
      jest.clearAllMocks();
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex, scan: { newConsumers: () => [consumer] } });
      bench.entities = [
        ...team('shop', ['sam']),
        ...['cart', 'ledger'].map(name =>
          catalogEntity(
            'Component',
            name,
            { type: 'service', owner: 'shop' },
            { etag: '1' },
          ),
        ),
      ];
    });
    afterEach(async () => {
      await bench.runner.shutdown();
      await knex.destroy();
    });

    const states = () =>
      knex('scans').orderBy('started_at').pluck('state') as Promise<string[]>;

    it('is run by the replica that ran the last one, which judges nothing again', async () => {
      await bench.runner.run();
      bench.now = new Date(bench.now.getTime() + 60_000);
      consumer.accept.mockClear();
      const scheduled = bench.newRunner().runScheduled();
      // As the scheduler does, until there is something.
      while ((await states()).length < 2) {
        await bench.runner.runOffered();
      }
      await bench.runner.runOffered();
      await scheduled;
      expect(await states()).toEqual(['completed', 'completed']);
      expect(consumer.keep).toHaveBeenCalledTimes(1);
      expect(consumer.accept).not.toHaveBeenCalled();
    });

    it('is run by the one that was told to where nobody else takes it', async () => {
      await bench.runner.run();
      bench.now = new Date(bench.now.getTime() + 60_000);
      const other = bench.newRunner({ offerMs: 0 });
      await other.runScheduled();
      expect(await states()).toEqual(['completed', 'completed']);
      expect(consumer.accept).toHaveBeenCalledTimes(2);

      // Which is the one that remembers now.
      bench.now = new Date(bench.now.getTime() + 60_000);
      await other.runScheduled();
      expect(await states()).toEqual(['completed', 'completed', 'completed']);
      expect(consumer.accept).toHaveBeenCalledTimes(2);
    });

    it('is run by any other where the one that offers it stops', async () => {
      await bench.runner.run();
      bench.now = new Date(bench.now.getTime() + 60_000);
      const stopping = bench.newRunner();
      const scheduled = stopping.runScheduled();
      while ((await states()).length < 2) {
        await new Promise(setImmediate);
      }
      await stopping.shutdown();
      await scheduled;
      expect(await states()).toEqual(['completed', 'queued']);

      const other = bench.newRunner();
      await other.runOffered();
      expect(await states()).toEqual(['completed', 'queued']);
      bench.now = new Date(bench.now.getTime() + 16_000);
      await other.runOffered();
      expect(await states()).toEqual(['completed', 'completed']);
    });

    it('does not keep anybody waiting who asks for one', async () => {
      await bench.runner.run();
      bench.now = new Date(bench.now.getTime() + 60_000);
      const waiting = bench.newRunner();
      const scheduled = waiting.runScheduled();
      while ((await states()).length < 2) {
        await new Promise(setImmediate);
      }
      const asked = bench.newRunner();
      const scan = await asked.start();
      expect(scan.state).toBe('running');
      await scheduled;
      await asked.shutdown();
      expect(await states()).toHaveLength(2);
    });
  },
);
