import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import {
  countedSlos,
  CountingSource,
  countOf,
} from './__testUtils__/CountingSource';
import { SliCollector } from './SliCollector';
import { SloService } from './SloService';

jest.setTimeout(180_000);

// Processes of their own need a server.
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:02:00Z') / 1000;
const LAST = NOW - 120;
const DAY = 86_400;
const SLOS = 8;

describe.each(databases.eachSupportedId())('a replica killed on %s', id => {
  it('leaves no bucket counted twice and none lost', async () => {
    const knex = await migratedDatabase(databases, id);
    const logger = mockServices.logger.mock();
    const clock = { now: NOW };
    const now = () => new Date(clock.now * 1000);
    const slos = new SloService({ knex, logger, now });
    await slos.syncDefinitions({
      definitionsByEntity: new Map([
        ['component:default/checkout', countedSlos(SLOS)],
      ]),
    });

    const { connection } = knex.client.config;
    /** Reads in another process; its end is how it was ended. */
    const read = async (killAt?: number) => {
      const replica = fork(
        resolve(__dirname, '__testUtils__/dyingReplica.ts'),
        {
          execArgv: [
            '--no-warnings',
            '--require',
            require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          ],
          env: {
            ...process.env,
            DYING_REPLICA: JSON.stringify({
              // The password is there, but does not show.
              connection: { ...connection, password: connection.password },
              now: clock.now,
              killAt,
            }),
          },
        },
      );
      const [, signal] = await once(replica, 'exit');
      return signal;
    };
    const stored = async () =>
      (
        await knex('sli_buckets')
          .groupBy('slo_id', 'seconds')
          .orderBy(['slo_id', 'seconds'])
          .select('slo_id', 'seconds')
          .count({ count: '*' })
          .sum({ good: 'good', total: 'total', covered: 'covered' })
      ).map(row => ({
        ...row,
        count: Number(row.count),
        covered: Number(row.covered),
      }));
    const expected = (end: number) => {
      const from = Math.floor((LAST - 28 * DAY) / 3600) * 3600;
      const fine = Math.floor((NOW - 6 * DAY) / 3600) * 3600;
      return Array.from({ length: SLOS }, (_, index) => [
        {
          slo_id: index + 1,
          seconds: 300,
          count: (end - fine) / 300,
          covered: end - fine,
          ...countOf(fine, end),
        },
        {
          slo_id: index + 1,
          seconds: 3600,
          count: Math.ceil((end - from) / 3600),
          covered: end - from,
          ...countOf(from, end),
        },
      ]).flat();
    };

    // In a backfill: before and between the parts of its transactions.
    for (const killAt of [1, 2, 5, 9]) {
      expect(await read(killAt)).toBe('SIGKILL');
    }
    expect(await read()).toBeNull();
    expect(await stored()).toEqual(expected(LAST));

    // In the refreshes after it; another replica goes on.
    for (const killAt of [1, 2, 3]) {
      clock.now += 1200;
      expect(await read(killAt)).toBe('SIGKILL');
    }
    await new SliCollector({
      knex,
      slos,
      logger,
      now,
      sources: [new CountingSource()],
    }).collect({ signal: new AbortController().signal });
    expect(await stored()).toEqual(expected(LAST + 3600));
    const [status] = await slos.entityStatuses('component:default/checkout');
    expect(status).toMatchObject({
      coverage: 1,
      ...countOf(LAST + 3600 - 28 * DAY, LAST + 3600),
    });
  });
});
