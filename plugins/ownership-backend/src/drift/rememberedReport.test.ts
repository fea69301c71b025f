import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  ageBuckets,
  findingMay,
  type DriftSummary,
  type FindingFilter,
  type FindingGroupBy,
} from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { catalogEntity, driftBench, team } from '../__testUtils__/driftBench';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import type { VisibleRefs } from '../api/Visibility';
import { DefaultDriftReport } from './DefaultDriftReport';
import { DefaultFindingService } from './findings/DefaultFindingService';
import type { FindingChange } from './findings/FindingChange';
import type { FindingRow } from './store/FindingRow';
import { countSelected } from './store/countSelected';
import { mergeFindingCounts } from './store/mergeFindingCounts';
import { ownersOf, ownersText } from './store/ownersText';
import { readOwnerRefs } from './store/readOwnerRefs';
import { readRevision } from './store/readRevision';
import { selectFindings } from './store/selectFindings';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NAMES = ['ledger', 'checkout', 'cart', 'search', 'mail', 'reports'];
const OWNERS = ['payments', 'refunds', 'shop', 'gone', 'odd "name"'];
const GROUPS = ['engineering', 'payments', 'refunds', 'shop'];
const ROS = 'user:default/ros';
const UNTIL = '2026-12-31T00:00:00.000Z';

const FILTERS: FindingFilter[] = [
  {},
  { team: 'group:default/engineering' },
  { team: 'group:default/payments' },
  { team: 'none' },
  { ownerRef: 'group:default/gone' },
  { ownerRef: 'none' },
  { ownerRef: 'group:default/shop', team: 'group:default/payments' },
  { team: 'group:default/gone', severity: ['critical', 'high'] },
  { team: 'group:default/engineering', rule: ['contract-missing'] },
  { team: 'group:default/payments', findingState: ['closed'] },
  { findingState: ['acknowledged', 'waived'] },
  { assignee: ROS },
  { assignee: 'none' },
  { waiver: 'requested' },
  { state: ['orphaned'] },
  { text: 'the ledger' },
  { closedSince: '2026-11-21T00:00:00.000Z' },
  { maxAgeDays: 1 },
  { minAgeDays: 1 },
];
const GROUPINGS: FindingGroupBy[] = ['team', 'ownerRef', 'rule', 'age'];

type Move =
  | { type: 'component'; name: string; owners: string[]; title: boolean }
  | { type: 'removal'; name: string }
  | { type: 'group'; name: string; parent?: string }
  | { type: 'scan'; minutes: number }
  | { type: 'handling'; which: number; change: FindingChange };

const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    type: fc.constant('component' as const),
    name: fc.constantFrom(...NAMES),
    owners: fc.uniqueArray(fc.constantFrom(...OWNERS), { maxLength: 3 }),
    title: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('removal' as const),
    name: fc.constantFrom(...NAMES),
  }),
  fc.record({
    type: fc.constant('group' as const),
    name: fc.constantFrom('payments', 'refunds', 'shop'),
    parent: fc.constantFrom(...GROUPS, undefined),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('scan' as const),
      minutes: fc.constantFrom(1, 70, 26 * 60),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('handling' as const),
      which: fc.nat(100),
      change: fc.constantFrom<FindingChange>(
        { action: 'acknowledge', comment: 'On it' },
        { action: 'snooze', snoozeUntil: UNTIL },
        { action: 'reassign', assignee: ROS },
        { action: 'reassign' },
        { action: 'waive', reason: 'It goes away soon', expiresAt: UNTIL },
        { action: 'withdraw' },
      ),
    }),
  },
);

describe.each(databases.eachSupportedId())(
  'what is remembered of the report on %s',
  databaseId => {
    let knex: Knex;
    let bench: ReturnType<typeof driftBench>;
    let components: Map<string, Entity>;
    let parents: Map<string, string | undefined>;
    /** Two replicas, each with a memory of its own. */
    let replicas: Array<{
      findings: DefaultFindingService;
      report: DefaultDriftReport;
    }>;

    const newReplica = () => {
      const options = {
        database: knex,
        rules: bench.catalogue,
        now: bench.clock,
      };
      return {
        findings: new DefaultFindingService(options),
        report: new DefaultDriftReport(options),
      };
    };

    const fillCatalog = () => {
      bench.entities = [
        ...GROUPS.flatMap(name =>
          team(name, [`${name}-lead`], parents.get(name)),
        ),
        catalogEntity('User', 'ros', { profile: {} }),
        ...components.values(),
      ];
    };

    const component = (name: string, owners: string[], title = false) =>
      components.set(name, {
        ...catalogEntity(
          'Component',
          name,
          { type: 'service', lifecycle: 'production', owner: owners[0] },
          title ? { title: `The ${name}` } : {},
        ),
        relations: owners.map(owner => ({
          type: 'ownedBy',
          targetRef: `group:default/${owner}`,
        })),
      });

    async function apply(move: Move): Promise<void> {
      switch (move.type) {
        case 'component':
          component(move.name, move.owners, move.title);
          return;
        case 'removal':
          components.delete(move.name);
          return;
        case 'group':
          parents.set(move.name, move.parent);
          return;
        case 'scan':
          fillCatalog();
          await bench.scanAfter(move.minutes);
          return;
        default: {
          const standing = await bench.standing();
          if (standing.length > 0) {
            await bench.lifeCycle.change({
              ids: [standing[move.which % standing.length].id],
              change: move.change,
              by: ROS,
              may: finding =>
                findingMay({
                  finding,
                  granted: true,
                  approval: {
                    needed: finding.severity === 'critical',
                    isApprover: false,
                  },
                  caller: ROS,
                }),
            });
          }
        }
      }
    }

    const idsOf = async (
      filter: FindingFilter,
      visible: VisibleRefs,
      inOrder = false,
    ): Promise<string[]> =>
      selectFindings({
        knex,
        selection: { filter, visible, now: bench.now },
        inOrder,
      })
        .orderBy(['f.severity_rank', 'f.first_seen_at', 'f.id'])
        .pluck('f.id');

    /** Asks a replica for everything, page by page. */
    async function listed(
      { findings }: { findings: DefaultFindingService },
      filter: FindingFilter,
      visible: VisibleRefs,
    ) {
      const totals = new Set<number>();
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await findings.list({
          query: { ...filter, cursor, limit: 9 },
          visible,
        });
        totals.add(page.totalItems);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      return { ids, totals: [...totals] };
    }

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = driftBench({ knex, config: { drift: { gracePeriod: 'PT1H' } } });
      components = new Map();
      parents = new Map([
        ['payments', 'engineering'],
        ['refunds', 'payments'],
        ['shop', 'engineering'],
      ]);
      replicas = [newReplica(), newReplica()];
      for (const [index, name] of NAMES.entries()) {
        component(name, OWNERS.slice(index % 3, index % 4));
      }
      fillCatalog();
      await bench.scanAfter(0);
    });
    afterEach(async () => {
      await knex.destroy();
    });

    it('is what the tables say, whatever was changed while it was read', async () => {
      const some: VisibleRefs = new Set([
        'component:default/ledger',
        'component:default/cart',
        'component:default/mail',
      ]);
      const readAll = async () => {
        for (const filter of FILTERS) {
          await Promise.all(
            replicas.flatMap(replica => [
              replica.findings.list({ query: filter, visible: 'all' }),
              replica.report.summary({
                filter,
                groupBy: 'team',
                visible: 'all',
              }),
            ]),
          );
        }
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(moves, { minLength: 1, maxLength: 4 }),
          async changes => {
            for (const change of changes) {
              await Promise.all([apply(change), readAll()]);
            }
            await expectCountsOfTheRows(knex);
            const fresh = newReplica();
            for (const filter of FILTERS) {
              for (const visible of ['all' as const, some]) {
                const ids = await idsOf(filter, visible);
                expect(await idsOf(filter, visible, true)).toEqual(ids);
                const expected = { ids, totals: [ids.length] };
                for (const replica of replicas) {
                  expect(await listed(replica, filter, visible)).toEqual(
                    expected,
                  );
                }
              }
              const groupBy =
                GROUPINGS[FILTERS.indexOf(filter) % GROUPINGS.length];
              const asked = { filter, groupBy, visible: some };
              const summary = await fresh.report.summary(asked);
              const ids = await idsOf(filter, some);
              expect(numbersOf(summary)).toEqual(
                await countOneByOne({ knex, ids, groupBy, now: bench.now }),
              );
              for (const replica of replicas) {
                expect(await replica.report.summary(asked)).toEqual(summary);
              }
            }
          },
        ),
        { numRuns: 8 },
      );
    });

    it('costs two statements where nothing changed, and a scan that changes nothing is none', async () => {
      const query = { team: 'group:default/engineering', limit: 5 };
      const [{ findings }] = replicas;
      let statements = 0;
      knex.on('query', () => {
        statements += 1;
      });
      const page = await findings.list({ query, visible: 'all' });
      expect(statements).toBe(3);

      const { revision } = await readRevision({ knex });
      fillCatalog();
      await bench.scanAfter(5);
      expect((await readRevision({ knex })).revision).toBe(revision);

      statements = 0;
      const again = await findings.list({ query, visible: 'all' });
      expect(statements).toBe(2);
      expect(again).toEqual({
        ...page,
        items: page.items.map(item => ({
          ...item,
          lastSeenAt: bench.now.toISOString(),
        })),
      });
    });
  },
);

interface Numbers {
  findings: number;
  components: number;
}

function numbersOf({ items, totals }: DriftSummary): Record<string, Numbers> {
  const numbers = ({ findings, components }: Numbers) => ({
    findings,
    components,
  });
  return {
    total: numbers(totals),
    ...Object.fromEntries(items.map(item => [item.key, numbers(item)])),
  };
}

/** A summary by the book: each finding counted for each group it is in. */
async function countOneByOne(options: {
  knex: Knex;
  ids: string[];
  groupBy: FindingGroupBy;
  now: Date;
}): Promise<Record<string, Numbers>> {
  const { knex, ids, groupBy, now } = options;
  const rows: FindingRow[] = await knex('findings').whereIn('id', ids);
  const owners = await readOwnerRefs({
    knex,
    entityRefs: rows.map(row => row.entity_ref),
  });
  const closure = await knex('directory_closure').select('*');
  const keysOf = (row: FindingRow): string[] => {
    const refs = owners.get(row.entity_ref) ?? [];
    const teams = closure
      .filter(({ descendant_ref }) => refs.includes(descendant_ref))
      .map(({ ancestor_ref }) => ancestor_ref);
    switch (groupBy) {
      case 'team':
        return teams.length > 0 ? teams : ['none'];
      case 'ownerRef':
        return refs.length > 0 ? refs : ['none'];
      case 'age':
        return [
          ageBuckets.find(
            ({ maxAgeDays = Infinity }) =>
              now.getTime() - Date.parse(row.first_seen_at) <
              maxAgeDays * 86_400_000,
          )!.key,
        ];
      default:
        return [row.rule_id];
    }
  };

  const components = new Map([['total', new Set<string>()]]);
  const numbers: Record<string, Numbers> = {
    total: { findings: 0, components: 0 },
  };
  for (const row of rows) {
    for (const key of new Set(['total', ...keysOf(row)])) {
      const refs = components.get(key) ?? new Set();
      components.set(key, refs.add(row.entity_ref));
      numbers[key] = {
        findings: (numbers[key]?.findings ?? 0) + 1,
        components: refs.size,
      };
    }
  }
  return numbers;
}

/** The owners and counts that the database keeps, beside what they are of. */
async function expectCountsOfTheRows(knex: Knex): Promise<void> {
  const rows = await knex('findings').select('entity_ref', 'owners');
  const owners = await readOwnerRefs({
    knex,
    entityRefs: rows.map(row => row.entity_ref),
  });
  for (const row of rows) {
    expect(row.owners).toBe(ownersText(owners.get(row.entity_ref) ?? []));
  }

  const key = ['owners', 'state', 'severity_rank', 'rule_id'];
  const kept = await knex('finding_counts')
    .select(key)
    .sum({ count: 'count' })
    .groupBy(key)
    .havingRaw('sum(count) <> 0')
    .orderBy(key);
  const counted = await knex('findings')
    .select(key)
    .count({ count: '*' })
    .groupBy(key)
    .orderBy(key);
  expect(kept).toEqual(counted);

  const sets = await knex('owner_sets').distinct('owners', 'owner_ref');
  const known = new Set(sets.map(row => `${row.owners} ${row.owner_ref}`));
  for (const text of new Set(rows.map(row => row.owners))) {
    for (const owner of ownersOf(text)) {
      expect(known).toContain(`${text} ${owner}`);
    }
  }
}

const overlapping = databases
  .eachSupportedId()
  .filter(([databaseId]) => databaseId.startsWith('POSTGRES'));

describe.each(overlapping)('the revision on %s', databaseId => {
  it('changes with each of two transactions that overlap, and neither waits', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const bury = (on: Knex, name: string) =>
      on('tombstones').insert({
        entity_ref: `component:default/${name}`,
        state: 'owned',
        removed_at: '2026-11-21T08:00:00.000Z',
        open_findings: 0,
      });
    const seen = [(await readRevision({ knex })).revision];
    const see = async () => seen.push((await readRevision({ knex })).revision);

    const first = await knex.transaction();
    await bury(first, 'ledger');
    const second = await knex.transaction();
    await bury(second, 'cart');
    await second.commit();
    await see();
    await first.commit();
    await see();
    const third = await knex.transaction();
    await bury(third, 'mail');
    await third.rollback();
    expect((await readRevision({ knex })).revision).toBe(seen[2]);
    await bury(knex, 'mail');
    await see();
    await knex('tombstones').delete();
    await see();
    await knex('tombstones').delete();

    expect(new Set(seen).size).toBe(5);
    expect((await readRevision({ knex })).revision).toBe(seen[4]);
    await knex.destroy();
  });
});

describe.each(overlapping)('the counts of findings on %s', databaseId => {
  it('are right with writers that overlap, and none waits', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const find = (on: Knex, name: string, state = 'open') =>
      on('findings').insert({
        id: name,
        rule_id: 'owner-missing',
        entity_ref: `component:default/${name}`,
        owners: '["group:default/shop"]',
        ...{ severity: 'high', severity_rank: 1, state },
        ...{ message: '', remediation: '', evidence: '[]' },
        first_seen_at: '2026-11-21T08:00:00.000Z',
      });
    const count = () =>
      countSelected({
        knex,
        selection: {
          filter: { ownerRef: 'group:default/shop' },
          ...{ visible: 'all', now: new Date() },
        },
      });
    await find(knex, 'ledger');
    await find(knex, 'cart');

    const first = await knex.transaction();
    await first('findings').where('id', 'ledger').update('state', 'waived');
    const second = await knex.transaction();
    await second('findings').where('id', 'cart').delete();
    await find(second, 'mail');
    expect(await count()).toBe(2);
    await mergeFindingCounts({ knex });
    await first.commit();
    expect(await count()).toBe(1);
    await mergeFindingCounts({ knex });
    const third = await knex.transaction();
    await find(third, 'search');
    await second.commit();
    expect(await count()).toBe(1);
    await Promise.all([
      mergeFindingCounts({ knex }),
      mergeFindingCounts({ knex }),
      third.rollback(),
    ]);
    expect(await count()).toBe(1);
    await expectSums();

    await knex('findings').where('id', 'mail').delete();
    await mergeFindingCounts({ knex });
    await expectSums();
    await knex('findings').truncate();
    expect(await knex('finding_counts')).toEqual([]);
    await knex.destroy();

    async function expectSums() {
      const rows = await knex('finding_counts').select('state', 'count');
      const states = rows.map(row => row.state);
      expect(states).toHaveLength(new Set(states).size);
      const findings = await knex('findings')
        .select('state')
        .count({ count: '*' })
        .groupBy('state');
      const sums = (of: Array<{ state: string; count: string | number }>) =>
        new Map(of.map(row => [row.state, Number(row.count)]));
      expect(sums(rows)).toEqual(sums(findings as typeof rows));
    }
  });
});
