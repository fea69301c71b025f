import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { defaultSloLimits } from './readSloLimits';
import { SloService } from './SloService';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const now = new Date('2026-11-21T08:02:00Z');
const DAY = 86_400;
const hour = Date.parse('2026-11-21T07:00:00Z');

// Two components a team and 40 SLOs a component: 2,000 SLOs of 25 teams.
const teams = Array.from({ length: 25 }, (_, index) => `team-${index}`);
const components = teams.flatMap((team, index) =>
  [0, 1].map(part => ({
    name: `c-${index}-${part}`,
    owners: [`group:default/${team}`],
    // The first team's second component is of two teams at once.
    ...(index === 0 &&
      part === 1 && {
        owners: ['group:default/team-0', 'group:default/team-1'],
      }),
    ...(index < 20 && {
      system: `system:default/system-${index % 10}`,
      domain: `domain:default/domain-${index % 2}`,
    }),
  })),
);
const ref = (name: string) => `component:default/${name}`;

function definition(name: string, entityRef: string): SloDefinition {
  return {
    name,
    title: `SLO ${name}`,
    objective: 0.9,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
    noDataSlices: 'ignore',
    origin: { entityRef, path: 'slos[0]' },
    warnings: [],
  };
}

describe.each(databases.eachSupportedId())('2,000 SLOs on %s', id => {
  let knex: Knex;
  let slos: SloService;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    slos = new SloService({
      knex,
      logger: mockServices.logger.mock(),
      now: () => now,
      limits: { ...defaultSloLimits, minimumCoverage: 0 },
    });
    await writeOrganisation(knex, {
      directory: testDirectory({
        everything: {},
        ...Object.fromEntries(
          teams.map(team => [team, { parent: 'everything' }]),
        ),
      }),
      components,
    });
    await slos.syncDefinitions({
      definitionsByEntity: new Map(
        components.map(({ name }) => [
          ref(name),
          Array.from({ length: 40 }, (_, index) =>
            definition(`s-${index}`, ref(name)),
          ),
        ]),
      ),
    });
    // Of each component: s-0 spends the budget thrice and fires a ticket,
    // s-1 spends half of it, s-2 to s-38 nothing, and s-39 has no data.
    const bad: Record<number, number> = { 0: 300, 1: 50 };
    await slos.push({
      push: {
        idempotencyKey: 'all',
        samples: components.flatMap(({ name }) =>
          Array.from({ length: 39 }, (_, index) => ({
            entityRef: ref(name),
            slo: `s-${index}`,
            start: new Date(hour).toISOString(),
            durationSeconds: 3600,
            good: 1000 - (bad[index] ?? 0),
            total: 1000,
          })),
        ),
      },
      caller: 'service:pusher',
    });
  });

  it('lists a page of 50 with the totals in three statements', async () => {
    const { result, statements } = await countingStatements(knex, () =>
      slos.list({ query: { limit: 50 }, visible: 'all' }),
    );
    expect(statements).toHaveLength(3);
    expect(result.items).toHaveLength(50);
    expect(new Set(result.items.map(item => item.slo))).toEqual(
      new Set(['s-0']),
    );
    expect(result.totalItems).toBe(2000);
    expect(result.summary).toEqual({
      total: 2000,
      byState: {
        breached: 50,
        'at-risk': 0,
        met: 1900,
        partial: 0,
        'no-traffic': 0,
        'no-data': 50,
      },
      firing: 50,
    });

    const { statements: later } = await countingStatements(knex, () =>
      slos.list({
        query: {
          limit: 50,
          cursor: result.pageInfo.nextCursor,
          team: 'group:default/everything',
          state: ['met'],
          text: 'slo s',
        },
        visible: 'all',
      }),
    );
    expect(later).toHaveLength(3);
  });

  it('filters by system, domain and by alerts that fire', async () => {
    const count = async (query: object) => {
      const page = await slos.list({
        query: { limit: 1, ...query },
        visible: 'all',
      });
      return [page.totalItems, page.summary.firing, page.summary.total];
    };
    // Two teams a system, two components a team.
    expect(await count({ system: 'System:default/system-3' })).toEqual([
      160, 4, 160,
    ]);
    expect(await count({ domain: 'domain:default/domain-1' })).toEqual([
      800, 20, 800,
    ]);
    expect(await count({ firing: 'any' })).toEqual([50, 50, 50]);
    expect(
      await count({ firing: 'ticket', system: 'system:default/system-3' }),
    ).toEqual([4, 4, 4]);
    expect((await count({ firing: 'page' }))[0]).toBe(0);
    expect(await count({ state: ['met'] })).toEqual([1900, 0, 2000]);
    expect(await count({ system: 'system:default/none' })).toEqual([0, 0, 0]);
  });

  it('adds up by team, system and domain, each SLO once for every group above', async () => {
    const { result, statements } = await countingStatements(knex, () =>
      slos.rollup({ query: {}, visible: 'all' }),
    );
    expect(statements.length).toBeLessThanOrEqual(3);
    const item = (of: string, rollup = result) =>
      rollup.items.find(each => each.ref === of);
    expect(result.items).toHaveLength(26);
    expect(result.ungrouped).toBe(0);
    // The component of two teams counts once above both.
    expect(item('group:default/everything')).toEqual({
      ref: 'group:default/everything',
      title: 'The everything',
      slos: 2000,
      byState: {
        breached: 50,
        'at-risk': 0,
        met: 1900,
        partial: 0,
        'no-traffic': 0,
        'no-data': 50,
      },
      known: 1950,
      meanRemaining: expect.closeTo((-2 + 0.5 + 37) / 39, 9),
      worstRemaining: expect.closeTo(-2, 9),
      firing: { page: 0, ticket: 50 },
      hidden: 0,
    });
    expect(item('group:default/team-0')).toMatchObject({
      parent: 'group:default/everything',
      slos: 80,
    });
    expect(item('group:default/team-1')!.slos).toBe(120);

    const bySystem = await slos.rollup({
      query: { groupBy: 'system' },
      visible: 'all',
    });
    expect(bySystem.items).toHaveLength(10);
    expect(bySystem.items[3]).toMatchObject({ title: 'system-3', slos: 160 });
    expect(bySystem.ungrouped).toBe(400);
    const byDomain = await slos.rollup({
      query: { groupBy: 'domain', team: 'group:default/team-2' },
      visible: 'all',
    });
    expect(byDomain.items.map(each => [each.ref, each.slos])).toEqual([
      ['domain:default/domain-0', 80],
    ]);
    const firingOnly = await slos.rollup({
      query: { firing: 'any', state: ['breached'] },
      visible: 'all',
    });
    expect(item('group:default/everything', firingOnly)!.slos).toBe(50);
  });

  it('counts what the caller may not see, and nothing else of it', async () => {
    const visible = new Set([
      ref('c-0-0'),
      ref('c-0-1'),
      'group:default/team-2',
    ]);
    const { result, statements } = await countingStatements(knex, () =>
      slos.rollup({
        query: {},
        visible,
      }),
    );
    expect(statements.length).toBeLessThanOrEqual(3);
    const figures = Object.fromEntries(
      result.items.map(each => [each.ref, [each.slos, each.hidden]]),
    );
    expect(figures['group:default/everything']).toEqual([80, 1920]);
    expect(figures['group:default/team-0']).toEqual([80, 0]);
    expect(figures['group:default/team-1']).toEqual([40, 80]);
    expect(figures['group:default/team-2']).toEqual([0, 80]);
    // Of which they see nothing, they are not told that it is there.
    expect(figures).not.toHaveProperty(['group:default/team-3']);
    const unseen = result.items.find(
      each => each.ref === 'group:default/team-2',
    )!;
    expect(unseen).not.toHaveProperty('worstRemaining');
    expect(unseen.known).toBe(0);
    // Nobody asks with filters whose a component is, or how it stands.
    for (const query of [
      { entityRef: ref('c-2-0') },
      { entityRef: ref('nothing') },
      { state: ['breached' as const] },
      { firing: 'any' as const },
      { text: 'c-2-0' },
    ]) {
      const { items } = await slos.rollup({
        query,
        visible,
      });
      expect(items.map(each => [each.ref, each.hidden])).toEqual(
        result.items.map(each => [each.ref, each.hidden]),
      );
    }
  });

  it('reads a burn-down of 28 days in one statement, beside that for the SLO, and what happened in one more', async () => {
    const slo = { entityRef: ref('c-0-0'), slo: 's-0' };
    const history = () =>
      countingStatements(knex, () =>
        slos.history({
          ...slo,
          from: '2026-10-24T08:00:00Z',
          to: now.toISOString(),
          step: 8100,
        }),
      );
    // Its alert fired: that is one statement, whatever else there is to mark.
    const { result, statements } = await history();
    expect(statements).toHaveLength(3);
    expect(statements.filter(sql => sql.includes('sli_buckets'))).toHaveLength(
      1,
    );
    expect(result.points.length).toBeGreaterThan(200);
    expect(result.markers).toEqual([
      { at: now.toISOString(), kind: 'alert', title: 'Ticket', open: true },
    ]);

    const { statements: quiet } = await countingStatements(knex, () =>
      slos.history({ ...slo, slo: 's-5' }),
    );
    expect(quiet).toHaveLength(2);

    // Another objective is marked, another title is not.
    const definitions = (change: Partial<SloDefinition>) =>
      slos.syncDefinitions({
        definitionsByEntity: new Map([
          [slo.entityRef, [{ ...definition('s-5', slo.entityRef), ...change }]],
        ]),
        keep: new Set(components.map(({ name }) => ref(name))),
      });
    await definitions({ title: 'Another' });
    await definitions({ title: 'Another', objective: 0.95 });
    const changed = await slos.history({ ...slo, slo: 's-5' });
    expect(changed.markers).toEqual([
      {
        at: now.toISOString(),
        kind: 'changed',
        title: 'Objective 90 % → 95 %',
      },
    ]);
  });
});
