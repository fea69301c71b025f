import { contentsOf, differences } from './__testUtils__/contentsOf';
import { postgresConnection } from './__testUtils__/postgresConnection';
import { NOW, preparePast } from './__testUtils__/preparePast';
import { Replica } from './__testUtils__/Replica';
import {
  ScratchDatabases,
  withDatabase,
} from './__testUtils__/ScratchDatabases';
import { Sink } from './__testUtils__/Sink';
import { toldOnce } from './__testUtils__/toldOnce';

jest.setTimeout(600_000);

const SEED = 20261121;
const KILLS = 48;
/** Each with a survivor that takes over. */
const LANES = 3;
/** One of so many scans that take over is killed as well. */
const TWICE = 6;
const QUIET = '2026-11-21T07:00:00.000Z';
/** Past `deadAfter`. */
const LATER = ['2026-11-21T09:03:00.000Z', '2026-11-21T09:06:00.000Z'];
const SAME = Object.fromEntries(LATER.map(moment => [moment, NOW]));

const postgres = postgresConnection('a scan whose process is killed');

(postgres ? describe : describe.skip)('a scan whose process is killed', () => {
  let databases: ScratchDatabases;
  let sink: Sink;
  let past: string;
  const survivors = Array.from({ length: LANES }, () => new Replica());

  beforeAll(async () => {
    databases = new ScratchDatabases(postgres!);
    sink = await Sink.start();
    past = await preparePast({
      ...{ databases, replica: survivors[0], sink: sink.url('past') },
    });
  });

  afterAll(async () => {
    await Promise.all(survivors.map(replica => replica.kill()));
    await databases?.close();
    await sink?.stop();
  });

  const scanOf = (connection: string, name: string) => ({
    ...{ connection, sink: sink.url(name), moment: 'after' as const },
  });

  /** A copy of the past, seen by a survivor that remembers its verdicts. */
  async function start(survivor: Replica): Promise<string> {
    const connection = await databases.create({ template: past });
    await survivor.scan({
      ...{ connection, sink: sink.url('quiet'), now: QUIET, moment: 'before' },
    });
    return connection;
  }

  async function contents(connection: string) {
    return withDatabase(connection, knex => contentsOf({ knex, same: SAME }));
  }

  it('leaves to the next one what that cannot tell from its own', async () => {
    const [first] = survivors;
    const undisturbed = await start(first);
    const quiet = new Replica();
    const report = await quiet.scan({
      ...scanOf(undisturbed, 'undisturbed'),
      now: NOW,
    });
    await quiet.kill();
    await first.release(undisturbed);
    if (report === 'killed') {
      throw new Error('Nobody killed it');
    }
    const expected = await contents(undisturbed);
    const { scopes: expectedScopes, ...expectedOnce } = toldOnce({
      ...{ told: sink.told('undisturbed'), same: SAME },
    });
    // It would prove nothing if nothing had happened.
    expect(expected.scan_news).toEqual([]);
    const types = new Set(
      sink.told('undisturbed').events.map(({ type }) => type),
    );
    expect([...types].sort()).toEqual([
      'contract.changed',
      'finding.closed',
      'finding.opened',
      'finding.reopened',
      'finding.waiver-expired',
      'scan.completed',
      'state.changed',
    ]);
    expect(expectedScopes.size).toBeGreaterThan(25);

    const random = seededRandom(SEED);
    const points = Array.from({ length: KILLS }, (_, index) =>
      Math.ceil(((index + random()) / KILLS) * report.steps),
    );
    const failures: unknown[] = [];
    const kills = { during: 0, again: 0 };

    async function disturb(survivor: Replica, index: number, killAt: number) {
      const name = `killed-${index}`;
      const connection = await start(survivor);
      const victims = [
        { killAt, now: NOW },
        ...(index % TWICE === 0
          ? [{ killAt: points[(index * 7) % KILLS], now: LATER[0] }]
          : []),
      ];
      let died = 0;
      for (const victim of victims) {
        const process = new Replica();
        const end = await process.scan({
          ...{ ...scanOf(connection, name), ...victim },
        });
        died += end === 'killed' ? 1 : 0;
        await process.kill();
      }
      await survivor.scan({ ...scanOf(connection, name), now: LATER[1] });
      await survivor.release(connection);

      const told = sink.told(name);
      const { scopes, ...once } = toldOnce({ told, same: SAME });
      expect({
        killAt,
        differs: differences(expected, await contents(connection)),
        once,
      }).toEqual({ killAt, differs: {}, once: expectedOnce });
      for (const sent of scopes.values()) {
        // What is sent again says the same under the same scope.
        expect(new Set(sent).size).toBe(1);
        expect(sent.length).toBeLessThanOrEqual(1 + died);
      }
      // Only what was under way comes again.
      const again = told.notifications.length - scopes.size;
      expect(again).toBeLessThanOrEqual(5 * died);
      await databases.drop(connection);
      kills.during += died;
      kills.again += again;
    }

    const queue = points.entries();
    await Promise.all(
      survivors.map(async survivor => {
        for (const [index, killAt] of queue) {
          await disturb(survivor, index, killAt).catch(error =>
            failures.push(error),
          );
          if (failures.length > 0) {
            return;
          }
        }
      }),
    );
    if (failures.length > 0) {
      throw failures[0];
    }
    expect(kills.during).toBeGreaterThanOrEqual(50);
    // Some died while they told.
    expect(kills.again).toBeGreaterThan(0);
  });
});

/** mulberry32: the same numbers for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
