import { contentsOf, differences } from './__testUtils__/contentsOf';
import { postgresConnection } from './__testUtils__/postgresConnection';
import { NOW, preparePast } from './__testUtils__/preparePast';
import { Replica } from './__testUtils__/Replica';
import type { ReplicaReport } from './__testUtils__/ReplicaCall';
import {
  ScratchDatabases,
  withDatabase,
} from './__testUtils__/ScratchDatabases';
import { Sink } from './__testUtils__/Sink';
import { toldOnce } from './__testUtils__/toldOnce';

jest.setTimeout(600_000);

const SHARDS = 3;
/** Of the one that runs it, and of one that helps. */
const KILLS = 12;
/** Past `deadAfter`. */
const LATER = '2026-11-21T09:03:00.000Z';
const SAME = { [LATER]: NOW };

const postgres = postgresConnection('a scan that replicas divide');

(postgres ? describe : describe.skip)('a scan that replicas divide', () => {
  let databases: ScratchDatabases;
  let sink: Sink;
  let past: string;
  let expected: Awaited<ReturnType<typeof outcomeOf>>;
  const replicas = Array.from({ length: SHARDS }, () => new Replica());
  const [survivor] = replicas;

  beforeAll(async () => {
    databases = new ScratchDatabases(postgres!);
    sink = await Sink.start();
    past = await preparePast({
      ...{ databases, replica: survivor, sink: sink.url('past') },
    });
    const connection = await databases.create({ template: past });
    await survivor.scan({ ...scanOf(connection, 'undivided'), shards: 1 });
    expected = await outcomeOf(connection, 'undivided');
    await survivor.release(connection);
  });

  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    await databases?.close();
    await sink?.stop();
  });

  function scanOf(connection: string, name: string) {
    return {
      ...{ connection, sink: sink.url(name), moment: 'after' as const },
      ...{ now: NOW, shards: SHARDS },
    };
  }

  async function outcomeOf(connection: string, name: string) {
    const { scopes, ...told } = toldOnce({ told: sink.told(name), same: SAME });
    return withDatabase(connection, async knex => ({
      contents: await contentsOf({ knex, same: SAME }),
      told,
      scopes,
      scans: await knex('scans')
        .where('started_at', '>=', NOW)
        .orderBy(['started_at', 'id'])
        .select('state', 'processed', 'total')
        .select('opened', 'reopened', 'closed', 'unchanged'),
    }));
  }

  /** What is the same whoever judged. */
  function expectSame(outcome: typeof expected) {
    expect({
      differs: differences(expected.contents, outcome.contents),
      told: outcome.told,
    }).toEqual({ differs: {}, told: expected.told });
    for (const sent of outcome.scopes.values()) {
      // What is sent again says the same under the same scope.
      expect(new Set(sent).size).toBe(1);
    }
  }

  it('ends as if one had judged all of it, and tells as much', async () => {
    const connection = await databases.create({ template: past });
    const [leader, ...helpers] = replicas;
    const reports = await Promise.all([
      leader.scan(scanOf(connection, 'divided')),
      ...helpers.map(helper =>
        helper.scan({ ...scanOf(connection, 'divided'), helps: true }),
      ),
    ]);
    const outcome = await outcomeOf(connection, 'divided');
    expectSame(outcome);
    expect(outcome.scans).toEqual(expected.scans);
    const { events, notifications } = sink.told('undivided');
    expect(sink.told('divided').events).toHaveLength(events.length);
    expect(sink.told('divided').notifications).toHaveLength(
      notifications.length,
    );
    const [, ...helped] = reports.map(
      report => (report as ReplicaReport).reads,
    );
    expect(Math.max(...helped)).toBeGreaterThan(0);
  });

  /** Of the one that runs a scan with which another one helps. */
  async function undisturbedSteps(): Promise<number> {
    const connection = await databases.create({ template: past });
    const [leader, helper] = replicas;
    const [report] = await Promise.all([
      leader.scan(scanOf(connection, 'steps')),
      helper.scan({ ...scanOf(connection, 'steps'), helps: true }),
    ]);
    await leader.release(connection);
    await helper.release(connection);
    return (report as ReplicaReport).steps;
  }

  it('is carried on, or done anew, where the one that runs it is killed', async () => {
    const [, helper] = replicas;
    const steps = await undisturbedSteps();
    const carriedOn: Array<typeof expected.scans> = [];
    const doneAnew: Array<typeof expected.scans> = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const name = `leader-${kill}`;
      const connection = await databases.create({ template: past });
      const leader = new Replica();
      const killAt = Math.round((kill / (KILLS + 1)) * steps);
      const helping = helper.scan({
        ...{ ...scanOf(connection, name), helps: true },
      });
      await leader.scan({ ...scanOf(connection, name), killAt });
      await leader.kill();
      await survivor.scan({ ...scanOf(connection, name), now: LATER });
      await helping;

      const outcome = await outcomeOf(connection, name);
      expectSame(outcome);
      const states = outcome.scans.map(({ state }) => state);
      expect([
        'completed',
        'failed,completed',
        'completed,completed',
      ]).toContain(states.join());
      (states.length === 1 ? carriedOn : doneAnew).push(outcome.scans);
      await Promise.all(replicas.map(replica => replica.release(connection)));
      await databases.drop(connection);
    }
    expect(carriedOn.length).toBeGreaterThan(1);
    expect(doneAnew.length).toBeGreaterThan(1);
    // Also what the one that was killed changed is counted.
    expect(carriedOn).toEqual(carriedOn.map(() => expected.scans));
  });

  it('goes on where one that helps is killed', async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const name = `helper-${kill}`;
      const connection = await databases.create({ template: past });
      const helper = new Replica();
      await helper.ready();
      const paused = survivor.paused();
      // The first parts are open by then, and the others are not.
      const scanning = survivor.scan({
        ...{ ...scanOf(connection, name), pauseAtPage: 3 },
      });
      await paused;
      const end = await helper.scan({
        ...{ ...scanOf(connection, name), helps: true, killAt: 8 * kill },
      });
      expect(end).toBe('killed');
      survivor.turnClock(LATER);
      survivor.goOn();
      await scanning;

      const outcome = await outcomeOf(connection, name);
      expectSame(outcome);
      // Also what the one that was killed changed is counted.
      expect(outcome.scans).toEqual(expected.scans);
      await survivor.release(connection);
      await databases.drop(connection);
    }
  });
});
