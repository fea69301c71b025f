import { TestDatabases } from '@backstage/backend-test-utils';
import {
  configureRules,
  driftRules,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../../__testUtils__/driftBench';
import { migratedDatabase } from '../../../__testUtils__/writeOrganisation';
import { claimScan } from '../../store/claimScan';
import type { JudgedComponent, ScanConsumer } from '../../ScanConsumer';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NAMES = Array.from({ length: 11 }, (_, n) => `service-${n}`);
const REFS = NAMES.map(name => `component:default/${name}`).sort();

/** Keeps the refs it is fed. */
class RefKeeper implements ScanConsumer {
  static finished: string[][] = [];
  #refs: string[] = [];

  async accept(batch: JudgedComponent[]) {
    this.#refs.push(...batch.map(({ facts }) => facts.entityRef));
  }

  handOver() {
    return this.#refs.splice(0);
  }

  takeOver(refs: unknown) {
    this.#refs.push(...(refs as string[]));
  }

  async finish() {
    RefKeeper.finished.push(this.#refs.splice(0).sort());
  }
}

describe.each(databases.eachSupportedId())(
  'a scan that is divided on %s',
  databaseId => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      RefKeeper.finished = [];
    });
    afterEach(() => knex.destroy());

    function divided(scan: Parameters<typeof driftBench>[0]['scan'] = {}) {
      const bench = driftBench({
        knex,
        config: { drift: { shards: 2 } },
        scan: {
          newConsumers: () => [new RefKeeper()],
          partSize: 2,
          ...scan,
        },
      });
      bench.entities = [
        ...team('shop', ['sam']),
        ...NAMES.map((name, n) =>
          catalogEntity('Component', name, {
            type: 'service',
            ...(n % 3 > 0 && { owner: n % 3 > 1 ? 'shop' : 'nobodys' }),
          }),
        ),
      ];
      return bench;
    }

    async function tables() {
      const components = await knex('components').orderBy('entity_ref');
      const findings = await knex('findings').orderBy('id');
      return { components, findings };
    }

    it('stores, feeds and counts what one that is not divided does', async () => {
      const whole = driftBench({
        knex,
        scan: { newConsumers: () => [new RefKeeper()] },
      });
      whole.entities = divided().entities;
      const expectedScan = await whole.scanAfter(0);
      const expected = await tables();
      expect(expected.findings).toHaveLength(NAMES.length);

      await knex.destroy();
      knex = await migratedDatabase(databases, databaseId);
      const bench = divided();
      const { id: _id, ...scan } = await bench.scanAfter(0);
      expect(await tables()).toEqual(expected);
      expect(scan).toEqual({ ...expectedScan, id: undefined });
      expect(RefKeeper.finished).toEqual([REFS, REFS]);
      expect(await knex('scan_parts')).toEqual([]);
      expect(await knex('scan_worlds')).toEqual([]);
    });

    it('is helped with by another replica while it waits', async () => {
      const bench = divided();
      const helper = bench.newRunner();
      let helping = Promise.resolve();
      // Whoever asked for the components of a part first waits for the other.
      bench.catalog.getEntitiesByRefs.mockImplementationOnce(async request => {
        helping = helper.help();
        await helping;
        return {
          items: request.entityRefs.map(ref =>
            bench.entities.find(({ metadata }) =>
              ref.endsWith(`/${metadata.name}`),
            ),
          ),
        };
      });
      const scan = await bench.scanAfter(0);
      await helping;
      expect(scan).toMatchObject({
        state: 'completed',
        processed: NAMES.length,
        total: NAMES.length,
      });
      // One part was left to the one that ran the scan.
      expect(bench.catalog.getEntitiesByRefs.mock.calls.length).toBe(
        Math.ceil(NAMES.length / 2) +
          // The orphans are read again at the end.
          1,
      );
      expect(RefKeeper.finished).toEqual([REFS]);
    });

    it('is left alone by a replica with other rules', async () => {
      const bench = divided();
      const other = divided({
        rules: configureRules({
          rules: driftRules,
          settings: { 'owner-missing': { severity: 'low' } },
        }),
      });
      bench.catalog.getEntitiesByRefs.mockImplementationOnce(async () => {
        await other.runner.help();
        throw new Error('The catalog is gone');
      });
      const scan = await bench.scanAfter(0);
      expect(scan).toMatchObject({
        state: 'failed',
        error: 'The catalog failed: The catalog is gone',
      });
      expect(other.catalog.getEntitiesByRefs).not.toHaveBeenCalled();
      expect(RefKeeper.finished).toEqual([]);

      // What is left of it is in nobody's way.
      expect(await bench.scanAfter(1)).toMatchObject({ state: 'completed' });
      expect(RefKeeper.finished).toEqual([REFS]);
    });

    it('leaves a part that could not be judged to the next one that looks', async () => {
      const bench = divided();
      const helper = bench.newRunner();
      const { getEntitiesByRefs } = bench.catalog;
      const works = getEntitiesByRefs.getMockImplementation()!;
      getEntitiesByRefs.mockImplementationOnce(async (...request) => {
        getEntitiesByRefs.mockRejectedValueOnce(new Error('Not now'));
        await helper.help();
        return works(...request);
      });
      expect(await bench.scanAfter(0)).toMatchObject({
        state: 'completed',
        processed: NAMES.length,
      });
      expect(RefKeeper.finished).toEqual([REFS]);
    });

    it.each([
      ['is carried on', 29, undefined, ['running']],
      ['is too old to be carried on', 31, undefined, ['failed', 'running']],
      ['was judged by other rules', 29, 'others', ['failed', 'running']],
    ])('%s after its backend stopped', async (_, minutes, by, states) => {
      const now = new Date('2026-11-21T08:00:00.000Z');
      const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
      await knex('scans').insert({
        id: 'stopped',
        state: 'running',
        holder: 'gone',
        resumable: true,
        judged_by: by ?? 'same',
        started_at: ago(minutes * 60_000),
        heartbeat_at: ago(121_000),
      });
      const { scan, claimed } = await claimScan({
        ...{ knex, id: 'next', holder: 'me', at: ago(0) },
        deadline: ago(120_000),
        carryOn: { startedAfter: ago(30 * 60_000), judgedBy: 'same' },
      });
      expect(claimed).toBe(true);
      expect(scan).toMatchObject({ state: 'running', holder: 'me' });
      expect(await knex('scans').orderBy('started_at').pluck('state')).toEqual(
        states,
      );
    });

    it('is not divided where there is no more than a part', async () => {
      const bench = divided({ partSize: NAMES.length });
      await bench.scanAfter(0);
      expect(bench.catalog.getEntitiesByRefs).not.toHaveBeenCalled();
      expect(RefKeeper.finished).toEqual([REFS]);
    });
  },
);
