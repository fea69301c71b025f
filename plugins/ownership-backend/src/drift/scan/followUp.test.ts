import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import type { ScanConsumer } from '../ScanConsumer';
import { claimScan } from '../store/claimScan';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function consumerMock(): jest.Mocked<
  Required<Pick<ScanConsumer, 'accept' | 'keep' | 'finish'>>
> {
  return {
    accept: jest.fn(async (_batch, _scan) => {}),
    keep: jest.fn(),
    finish: jest.fn(async _scan => {}),
  };
}

/** Makes a consumer stop in the middle of its work. */
function hold(consumer: jest.Mocked<Pick<ScanConsumer, 'finish'>>) {
  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const atWork = new Promise<void>(resolve => {
    consumer.finish.mockImplementationOnce(async () => {
      resolve();
      await held;
    });
  });
  return { release, atWork };
}

describe.each(databases.eachSupportedId())(
  'what follows from a scan on %s',
  databaseId => {
    let knex: Knex;
    let consumers: ReturnType<typeof consumerMock>[];
    let bench: ReturnType<typeof driftBench>;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      consumers = [consumerMock(), consumerMock()];
      bench = driftBench({ knex, scan: { newConsumers: () => consumers } });
      bench.entities = [
        ...team('shop', ['sam']),
        ...['cart', 'ledger'].map(name => {
          const { metadata, ...rest } = catalogEntity('Component', name, {
            type: 'service',
            owner: 'shop',
          });
          return { ...rest, metadata: { ...metadata, uid: name, etag: '1' } };
        }),
      ];
    });
    afterEach(async () => {
      await bench.runner.shutdown();
      await knex.destroy();
    });

    const claim = (deadline: string) =>
      claimScan({
        ...{ knex, id: 'next', holder: 'next', deadline },
        carryOn: { startedAfter: '', judgedBy: '' },
        at: bench.now.toISOString(),
      });

    it('comes after the findings, and before the next scan', async () => {
      const { release, atWork } = hold(consumers[0]);
      const { id } = await bench.runner.start();
      await atWork;
      expect(await bench.runner.get(id)).toMatchObject({
        state: 'completed',
        processed: 2,
        finishedAt: expect.any(String),
      });
      expect(await knex('findings')).not.toEqual([]);
      expect(consumers[1].finish).not.toHaveBeenCalled();
      expect(await claim('2026-11-21T07:59:00.000Z')).toMatchObject({
        claimed: false,
        scan: { id },
      });

      const other = bench.newRunner();
      const next = other.start();
      release();
      expect((await next).id).not.toBe(id);
      expect(consumers[1].finish).toHaveBeenCalled();
      await other.shutdown();
    });

    it('is left to the next scan where its backend died', async () => {
      const { release, atWork } = hold(consumers[0]);
      const { id } = await bench.runner.start();
      await atWork;
      expect(await claim('2026-11-21T08:01:00.000Z')).toMatchObject({
        claimed: true,
        tookOver: [id],
      });
      expect((await bench.runner.get(id)).state).toBe('completed');
      release();
    });

    it('is made up for at once after a shutdown', async () => {
      const { release, atWork } = hold(consumers[0]);
      await bench.runner.start();
      await atWork;
      const ended = bench.runner.shutdown();
      release();
      await ended;
      expect(consumers[1].finish).not.toHaveBeenCalled();

      await bench.newRunner().takeOver();
      expect(consumers[1].finish).toHaveBeenCalledTimes(1);
      expect(await knex('scans').pluck('state')).toEqual([
        'completed',
        'completed',
      ]);
      expect(await knex('scans').where('follows_up', true)).toEqual([]);
    });

    it('is fed everything again after one of it failed', async () => {
      consumers[1].finish.mockRejectedValueOnce(new Error('no room'));
      expect((await bench.scanAfter(0)).state).toBe('completed');
      await bench.scanAfter(10);
      expect(consumers[0].keep).not.toHaveBeenCalled();
      expect(
        consumers[1].accept.mock.calls.map(([batch]) => batch.length),
      ).toEqual([2, 2]);
      expect(consumers[1].finish).toHaveBeenCalledTimes(2);

      // This time it was told everything: nothing is fed for nothing.
      await bench.scanAfter(10);
      expect(consumers[0].keep).toHaveBeenCalled();
    });
  },
);
