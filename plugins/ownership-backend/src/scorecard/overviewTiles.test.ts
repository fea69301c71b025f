import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { listEntities } from '../entity/listEntities';
import { SloService } from '../slo/SloService';
import {
  countingStatements,
  testDirectory,
  writeOrganisation,
  type TestComponent,
} from '../__testUtils__/writeOrganisation';
import { listResults } from './listResults';
import { OverviewService } from './OverviewService';
import { Remembered } from './Remembered';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const now = new Date('2026-11-21T12:00:00.000Z');
const dueBefore = '2026-12-21T12:00:00.000Z';
const states = ['owned', 'at-risk', 'orphaned', 'unknown'] as const;
const scorecard: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['a'] },
    { id: 'high', title: 'High', rules: ['b'] },
  ],
};
const GROUPS = 5;

/** Groups above each other at random, circles and a group above itself included. */
const organisations = fc.record({
  parents: fc.array(fc.option(fc.nat(GROUPS - 1), { nil: undefined }), {
    minLength: GROUPS,
    maxLength: GROUPS,
  }),
  components: fc.array(
    fc.record({
      // One more than there are groups: an owner that does not resolve.
      owners: fc.uniqueArray(fc.nat(GROUPS), { maxLength: 3 }),
      state: fc.constantFrom(...states),
      due: fc.boolean(),
      bucket: fc.constantFrom('none', 'unknown', 'low', 'high', undefined),
      findings: fc.nat(2),
      slos: fc.array(
        fc.record({
          state: fc.constantFrom('met', 'breached', 'at-risk', 'no-data'),
          remaining: fc.option(fc.integer({ min: -100, max: 100 }), {
            nil: null,
          }),
        }),
        { maxLength: 3 },
      ),
      hidden: fc.boolean(),
    }),
    { maxLength: 12 },
  ),
});

const groupRef = (index: number) => `group:default/g-${index}`;
const refOf = (index: number) => `component:default/c-${index}`;

type Organisation = typeof organisations extends fc.Arbitrary<infer T>
  ? T
  : never;

async function write(knex: Knex, { parents, components }: Organisation) {
  for (const table of [
    'directory_principals',
    'directory_closure',
    'components',
    'component_owners',
    'findings',
    'scorecard_results',
    'slo_statuses',
    'slos',
  ]) {
    await knex(table).delete();
  }
  await writeOrganisation(knex, {
    directory: testDirectory(
      Object.fromEntries(
        parents.map((parent, index) => [
          `g-${index}`,
          {
            parent: parent === undefined ? undefined : `g-${parent}`,
            members: [`u-${index}`],
          },
        ]),
      ),
    ),
    components: components.map(
      (component, index): TestComponent => ({
        name: `c-${index}`,
        owners: component.owners.map(groupRef),
        state: component.state,
        reviewDueAt: component.due ? '2026-12-01T00:00:00.000Z' : undefined,
        findings: Array.from({ length: component.findings }, (_, of) => ({
          ruleId: `rule-${of}`,
          severity: 'low' as const,
        })),
      }),
    ),
  });
  let id = 0;
  for (const [index, { bucket, slos }] of components.entries()) {
    if (bucket) {
      await knex('scorecard_results').insert({
        scorecard_id: scorecard.id,
        entity_ref: refOf(index),
        bucket,
        bucket_rank: 0,
        missing: '[]',
        unknown: '[]',
        score: 0.5,
        score_order: 5000,
        known: 1,
        total: 2,
        rules: '{}',
        fingerprint: '',
      });
    }
    for (const [of, { state, remaining }] of slos.entries()) {
      id += 1;
      const slo = `slo-${of}`;
      await knex('slo_statuses').insert({
        slo_id: id,
        entity_ref: refOf(index),
        slo,
        state,
        remaining: remaining === null ? null : remaining / 100,
        remaining_order: 0,
        burn_order: 0,
        last_data_end: 0,
        search: slo,
        status: JSON.stringify({ entityRef: refOf(index), slo, state }),
      });
    }
  }
}

describe.each(databases.eachSupportedId())('tiles on %s', databaseId => {
  it('equal the lists they open, in any organisation, for anybody', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@service-ownership/backstage-plugin-ownership-backend',
        'migrations',
      ),
    });
    const overview = new OverviewService({
      knex,
      scorecard: () => scorecard,
      now: () => now,
    });
    const slos = new SloService({
      knex,
      logger: mockServices.logger.mock(),
      now: () => now,
    });

    async function check(team: string | undefined, visible: VisibleRefs) {
      const { result, statements } = await countingStatements(knex, () =>
        overview.overview({ team, days: 30, visible }),
      );
      expect(statements.length).toBeLessThanOrEqual(12);
      const entities = async (query: object) =>
        (
          await listEntities(knex, {
            query: { team, limit: 1, ...query },
            visible,
          })
        ).totalItems;
      const count = async (query: object) =>
        (await slos.list({ query: { team, limit: 1, ...query }, visible }))
          .totalItems;
      const total = await entities({});
      const allSlos = await count({});
      const met = await count({ state: ['met'] });
      const silent = await count({ state: ['no-data'] });
      expect({
        owned: result.owned.value,
        orphaned: result.orphaned.value,
        atRisk: result.atRisk.value,
        unknown: result.unknown.value,
        of: result.owned.of,
        reviewsDue: result.reviewsDue.value,
        slos: result.slosMet.of,
        slosMet: result.slosMet.value,
        slosUnknown: result.slosMet.unknown ?? 0,
        hidden: result.hidden,
      }).toEqual({
        owned: await entities({ state: ['owned'] }),
        orphaned: await entities({ state: ['orphaned'] }),
        atRisk: await entities({ state: ['at-risk'] }),
        unknown: await entities({ state: ['unknown'] }),
        of: total,
        reviewsDue: await entities({ reviewDueBefore: dueBefore }),
        slos: allSlos,
        slosMet: allSlos > 0 && allSlos === silent ? undefined : met,
        slosUnknown: silent,
        hidden:
          (
            await listEntities(knex, {
              query: { team, limit: 1 },
              visible: 'all',
            })
          ).totalItems - total,
      });
      // Every row of the teams is the tile of that team.
      for (const row of result.teams) {
        const of = await overview.overview({
          team: row.ref,
          days: 30,
          visible,
        });
        expect([
          row.components,
          row.orphaned,
          row.atRisk,
          row.budgetLeft,
        ]).toEqual([
          of.owned.of,
          of.orphaned.value,
          of.atRisk.value,
          of.budgetLeft.value,
        ]);
        const measured = await listResults(knex, {
          scorecardId: scorecard.id,
          query: { team: row.ref, limit: 1 },
          visible,
        });
        expect(row.score === undefined).toBe(measured.totalItems === 0);
      }
    }

    await fc.assert(
      fc.asyncProperty(organisations, async organisation => {
        await write(knex, organisation);
        const seen = new Set(
          organisation.components.flatMap(({ hidden }, index) =>
            hidden ? [] : [refOf(index)],
          ),
        );
        for (const visible of ['all', seen] as const) {
          await check(undefined, visible);
          await check('none', visible);
          await check(groupRef(0), visible);
          await check(groupRef(GROUPS), visible);
        }
      }),
      { numRuns: databaseId === 'SQLITE_3' ? 25 : 6 },
    );
  });
});

describe('Remembered', () => {
  it('asks once within its time, again after it, and after a failure', async () => {
    let at = 0;
    const asked: string[] = [];
    const remembered = new Remembered({ forMs: 5000, now: () => new Date(at) });
    const ask = (key: string, answer: () => Promise<number>) =>
      remembered.recall(key, () => {
        asked.push(key);
        return answer();
      });
    const [one, same] = await Promise.all([
      ask('a', async () => 1),
      ask('a', async () => 2),
    ]);
    expect([one, same]).toEqual([1, 1]);
    at = 4999;
    expect(await ask('a', async () => 3)).toBe(1);
    at = 5000;
    expect(await ask('a', async () => 4)).toBe(4);
    remembered.forget();
    expect(await ask('a', async () => 5)).toBe(5);
    await expect(
      ask('b', async () => {
        throw new Error('down');
      }),
    ).rejects.toThrow('down');
    expect(await ask('b', async () => 6)).toBe(6);
    expect(asked).toEqual(['a', 'a', 'a', 'b', 'b']);
  });
});
