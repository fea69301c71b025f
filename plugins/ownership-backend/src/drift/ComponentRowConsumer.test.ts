import { TestDatabases } from '@backstage/backend-test-utils';
import type { ComponentFacts } from '@service-ownership/backstage-plugin-ownership-common';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
} from '../__testUtils__/writeOrganisation';
import { MeasureConsumer } from '../measure/MeasureConsumer';
import type { JudgedComponent } from './ScanConsumer';

jest.setTimeout(60_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});
const directory = testDirectory({});
const scanOf = (scanId: string) => ({
  scanId,
  now: new Date('2026-11-21T12:00:00Z'),
  directory,
});

/** Components by name, with their cost centres; none where there is nothing to note. */
function batch(costCenters: Record<string, string | undefined>) {
  return Object.entries(costCenters).map(
    ([entityRef, costCenter]) =>
      ({
        facts: {
          entityRef,
          effective: { cost: costCenter && { costCenter, tags: {} } },
        } as unknown as ComponentFacts,
      } as JudgedComponent),
  );
}

describe.each(databases.eachSupportedId())(
  'rows of components on %s',
  databaseId => {
    it('are what the last complete scan noted, and differences of it are written', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const stored = async () =>
        Object.fromEntries(
          (await knex('cost_terms')).map(row => [
            row.entity_ref,
            row.cost_center,
          ]),
        );
      const consumer = new MeasureConsumer({ knex });

      const first = scanOf('1');
      await consumer.accept(batch({ a: 'CC-1', b: 'CC-1' }), first);
      await consumer.accept(batch({ c: 'CC-1', d: undefined }), first);
      expect(await stored()).toEqual({});
      await consumer.finish(first);
      expect(await stored()).toEqual({ a: 'CC-1', b: 'CC-1', c: 'CC-1' });

      // Nothing of a scan that is cut short is written, then or later.
      const cutShort = scanOf('2');
      consumer.keep(['a', 'b', 'c'], cutShort);
      await consumer.accept(batch({ e: 'CC-9' }), cutShort);

      const third = scanOf('3');
      consumer.keep(['a'], third);
      await consumer.accept(batch({ b: 'CC-2', d: 'CC-3' }), third);
      await consumer.finish(third);
      expect(await stored()).toEqual({ a: 'CC-1', b: 'CC-2', d: 'CC-3' });

      const fourth = scanOf('4');
      consumer.keep(['a'], fourth);
      await consumer.accept(batch({ b: 'CC-2', d: 'CC-3' }), fourth);
      const { statements } = await countingStatements(knex, () =>
        consumer.finish(fourth),
      );
      expect(statements).toHaveLength(1);
    });

    it('are handed over to whoever ends the scan', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const [one, other] = [1, 2].map(() => new MeasureConsumer({ knex }));
      const scan = scanOf('1');
      await other.accept(batch({ a: 'CC-1' }), scan);
      one.takeOver(JSON.parse(JSON.stringify(other.handOver(scan))), scan);
      await other.accept(batch({ b: 'CC-2' }), scan);
      const more = other.handOver(scan);
      expect(more).toHaveLength(1);
      one.takeOver(more, scan);
      await one.finish(scan);
      expect(
        await knex('cost_terms').orderBy('entity_ref').pluck('entity_ref'),
      ).toEqual(['a', 'b']);
    });
  },
);
