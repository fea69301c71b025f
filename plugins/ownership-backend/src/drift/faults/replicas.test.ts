import { contentsOf, differences } from './__testUtils__/contentsOf';
import { CrashingPostgres } from './__testUtils__/CrashingPostgres';
import { postgresConnection } from './__testUtils__/postgresConnection';
import { NOW, preparePast } from './__testUtils__/preparePast';
import { Replica } from './__testUtils__/Replica';
import {
  ScratchDatabases,
  withDatabase,
} from './__testUtils__/ScratchDatabases';
import { Sink } from './__testUtils__/Sink';
import { toldOnce } from './__testUtils__/toldOnce';

jest.setTimeout(300_000);

const LATER = '2026-11-21T09:03:00.000Z';
const SAME = { [LATER]: NOW };
const available = postgresConnection(
  'a scan beside others, and on a PostgreSQL that crashes,',
);

(available ? describe : describe.skip)('scans on a PostgreSQL', () => {
  let postgres: CrashingPostgres;
  let databases: ScratchDatabases;
  let sink: Sink;
  let past: string;
  let expected: Awaited<ReturnType<typeof outcomeOf>>;
  const replicas = Array.from({ length: 3 }, () => new Replica());

  beforeAll(async () => {
    postgres = await CrashingPostgres.start();
    databases = new ScratchDatabases(postgres.connection);
    sink = await Sink.start();
    const [replica] = replicas;
    past = await preparePast({
      ...{ databases, replica, sink: sink.url('past') },
    });
    const connection = await databases.create({ template: past });
    await replica.scan(scanOf(connection, 'undisturbed'));
    expected = await outcomeOf(connection, 'undisturbed');
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await databases?.close();
    await postgres?.stop();
    await sink?.stop();
  });

  function scanOf(connection: string, name: string, now = NOW) {
    return { connection, sink: sink.url(name), moment: 'after' as const, now };
  }

  async function outcomeOf(connection: string, name: string) {
    return withDatabase(connection, async knex => ({
      contents: await contentsOf({ knex, same: SAME }),
      told: toldOnce({ told: sink.told(name), same: SAME }),
      scans: await knex('scans')
        .where('started_at', '>=', NOW)
        .orderBy('started_at')
        .select('state', 'error'),
    }));
  }

  it.each([2, 3])('run once where %p replicas start them', async count => {
    const name = `${count}-replicas`;
    const connection = await databases.create({ template: past });
    await Promise.all(
      replicas
        .slice(0, count)
        .map(replica => replica.scan(scanOf(connection, name))),
    );
    const { contents, told, scans } = await outcomeOf(connection, name);
    expect(scans).toEqual([{ state: 'completed', error: null }]);
    expect(differences(expected.contents, contents)).toEqual({});
    // Told once means as often as without the others, not only the same.
    expect(told.events).toEqual(expected.told.events);
    expect(told.notifications).toEqual(expected.told.notifications);
    const { events, notifications } = sink.told('undisturbed');
    expect(sink.told(name).events).toHaveLength(events.length);
    expect(sink.told(name).notifications).toHaveLength(notifications.length);
  });

  it.each(['for good', 'for a moment'])(
    'fail or go on where it crashes %s, and are made good by the next',
    async how => {
      const name = how.replaceAll(' ', '-');
      const connection = await databases.create({ template: past });
      const [replica, other] = replicas;
      const paused = replica.paused();
      const ended = replica.scan({
        ...{ ...scanOf(connection, name), pauseAtPage: 3 },
      });
      await paused;
      await postgres.crash();
      if (how === 'for good') {
        replica.goOn();
        await ended;
        await postgres.recover();
      } else {
        await postgres.recover();
        replica.goOn();
        await ended;
      }
      await other.scan(scanOf(connection, name, LATER));

      const { contents, told, scans } = await outcomeOf(connection, name);
      expect(scans.at(-1)).toEqual({ state: 'completed', error: null });
      const failed = scans.filter(({ state }) => state !== 'completed');
      expect(failed).toEqual(
        Array.from({ length: how === 'for good' ? 1 : failed.length }, () => ({
          state: 'failed',
          error: expect.stringMatching(/\w/),
        })),
      );
      expect(differences(expected.contents, contents)).toEqual({});
      expect(told.events).toEqual(expected.told.events);
      expect(told.notifications).toEqual(expected.told.notifications);
    },
  );
});
