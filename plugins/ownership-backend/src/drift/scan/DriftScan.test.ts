import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  configureRules,
  findingId,
  findingMay,
  type RuleOutcome,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import {
  countingStatements,
  migratedDatabase,
} from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const service = (name: string, owner?: string, more: object = {}) =>
  catalogEntity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    ...(owner ? { owner } : {}),
    ...more,
  });

const organisation = [
  ...team('platform', ['pia']),
  ...team('shop', ['sam', 'sol']),
  ...team('payments', ['pat'], 'shop'),
];

const metric = (query: string) => ({
  metricSource: { type: 'prometheus', spec: { query } },
});

async function stateOf(knex: Knex, name: string): Promise<string | undefined> {
  const row = await knex('components')
    .where('entity_ref', `component:default/${name}`)
    .first();
  return row?.state;
}

/** Makes the catalog hang with its next page until it is released. */
function holdPages(bench: { onPage: () => Promise<void> }) {
  let release = () => {};
  let reached = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const atWork = new Promise<void>(resolve => {
    reached = resolve;
  });
  bench.onPage = () => {
    reached();
    return held;
  };
  return { release: () => release(), atWork };
}

describe.each(databases.eachSupportedId())('drift scan on %p', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
  });
  afterEach(async () => {
    await knex.destroy();
  });

  it.each([
    ['indicators', { indicatorRef: 'answers' }],
    ['other SLOs', { objectives: [{ target: 0.99, sloRef: 'cart-latency' }] }],
  ])('follows what an SLO in a contract names: %s', async (_case, spec) => {
    const bench = driftBench({ knex });
    const openSlo = (kind: string, name: string, body: object) => ({
      apiVersion: 'openslo/v1',
      kind,
      metadata: { name, namespace: 'default' },
      spec: body as Entity['spec'],
    });
    const objective = {
      service: 'shop',
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99 }],
    };
    bench.entities = [
      ...organisation,
      service('shop', 'shop', {
        ownershipContract: {
          tier: 'tier-3',
          slos: [
            {
              ...openSlo('SLO', 'promise', { ...objective, ...spec }),
              metadata: {
                name: 'promise',
                annotations: {
                  'service-ownership.io/composite-target-percent': '99',
                },
              },
            },
          ],
        },
      }),
      openSlo('SLI', 'answers', {
        ratioMetric: {
          counter: true,
          good: metric('good_total'),
          total: metric('all_total'),
        },
      }),
      openSlo('SLO', 'cart-latency', { ...objective, service: 'cart' }),
    ];
    await bench.scanAfter(0);
    const [batch] = bench.consumer.accept.mock.calls[0];
    const { slos, sloProblems } = batch[0].facts;
    expect(sloProblems).toEqual([]);
    expect(slos).toHaveLength(1);
    expect(slos[0].warnings).toEqual([]);
  });

  it('says where the platform team is nobody', async () => {
    const logger = mockServices.logger.mock();
    const bench = driftBench({ knex, scan: { logger } });
    bench.entities = [...team('shop', ['sam']), service('cart', 'shop')];
    await bench.scanAfter(0);
    expect(logger.warn).toHaveBeenCalledWith(
      'ownership.platformTeam: there is no group:default/platform in the catalog, so nobody hears what is meant for it',
    );
    logger.warn.mockClear();
    bench.entities = [...organisation, service('cart', 'shop')];
    await bench.scanAfter(30);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('finds, keeps, heals and buries', async () => {
    const bench = driftBench({ knex });
    const checkout = service('checkout', 'payments');
    bench.entities = [
      ...organisation,
      checkout,
      service('cart', 'shop'),
      service('ledger'),
      catalogEntity('Template', 'unrelated', { owner: 'ghost' }),
    ];

    const first = await bench.scanAfter(0);
    expect(first).toMatchObject({
      state: 'completed',
      processed: 3,
      total: 3,
      reopened: 0,
      closed: 0,
    });
    expect(first.opened).toBeGreaterThan(0);
    expect(await stateOf(knex, 'ledger')).toBe('orphaned');
    expect(await stateOf(knex, 'checkout')).not.toBe('orphaned');
    expect(
      (await bench.standing()).filter(f => f.entityRef.endsWith('/ledger')),
    ).toContainEqual(
      expect.objectContaining({
        ruleId: 'owner-missing',
        state: 'open',
        ownerRefs: [],
        firstSeenAt: '2026-11-21T08:00:00.000Z',
      }),
    );
    expect(bench.consumer.accept.mock.calls[0][0]).toHaveLength(3);
    expect(bench.consumer.finish).toHaveBeenCalledTimes(1);
    // New and in order is no news.
    const moved = bench.published.filter(
      ({ type }) => type === 'state.changed',
    );
    expect(moved).not.toEqual([]);
    expect(moved).not.toContainEqual(
      expect.objectContaining({ state: 'owned' }),
    );
    // Nobody is paged for what was there before the portal looked.
    expect(bench.notifications.send.mock.calls).toEqual([
      [
        expect.objectContaining({
          recipients: { type: 'entity', entityRef: 'group:default/platform' },
        }),
      ],
    ]);

    // Nothing changed: nothing is written but the scan itself.
    const { result, statements } = await countingStatements(knex, () =>
      bench.scanAfter(30),
    );
    expect(result).toMatchObject({
      state: 'completed',
      opened: 0,
      closed: 0,
      unchanged: first.opened,
    });
    expect(
      statements.filter(
        sql =>
          /^\s*(insert|update|delete)/i.test(sql) &&
          !/(into|update) [`"](scans|drift_history)[`"]/i.test(sql),
      ),
    ).toEqual([]);
    expect(bench.published.map(({ type }) => type)).toEqual(['scan.completed']);
    expect(bench.catalog.refreshEntity).not.toHaveBeenCalled();
    expect((await bench.standing())[0].lastSeenAt).toBe(
      '2026-11-21T08:30:00.000Z',
    );

    // The team is dissolved: grace first, then an orphan.
    bench.entities = bench.entities.filter(
      ({ metadata }) => metadata.name !== 'payments',
    );
    await bench.scanAfter(30);
    expect(await stateOf(knex, 'checkout')).not.toBe('orphaned');
    await bench.scanAfter(59);
    expect(await stateOf(knex, 'checkout')).not.toBe('orphaned');
    const orphaning = await bench.scanAfter(1);
    expect(await stateOf(knex, 'checkout')).toBe('orphaned');
    expect(orphaning.opened).toBeGreaterThan(0);
    expect(bench.published).toContainEqual(
      expect.objectContaining({
        type: 'finding.opened',
        ruleId: 'owner-unresolvable',
        entityRef: 'component:default/checkout',
        ownerRefs: ['group:default/payments'],
      }),
    );
    const types = bench.published.map(({ type }) => type);
    expect(types.indexOf('state.changed')).toBeGreaterThan(
      types.indexOf('scan.completed'),
    );
    expect(bench.catalog.refreshEntity.mock.calls.map(([ref]) => ref)).toEqual([
      'component:default/checkout',
    ]);
    // No living owner above it: the platform team hears of it.
    expect(bench.notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: 'group:default/platform' },
        payload: expect.objectContaining({
          title: expect.stringContaining('new finding'),
          description: expect.stringContaining('checkout'),
        }),
      }),
    );

    // Put back: healed, with its history.
    bench.entities = [...organisation, ...bench.entities];
    const healing = await bench.scanAfter(30);
    expect(healing.closed).toBeGreaterThan(0);
    expect(await stateOf(knex, 'checkout')).not.toBe('orphaned');
    const orphanId = findingId({
      ruleId: 'owner-unresolvable',
      entityRef: 'component:default/checkout',
    });
    expect(await bench.findings.detail(orphanId)).toMatchObject({
      state: 'closed',
      closedReason: 'passed',
      lastSeenAt: '2026-11-21T10:00:00.000Z',
      events: [{ type: 'opened' }, { type: 'closed', detail: 'passed' }],
    });

    // Again: the same finding, reopened.
    bench.entities = bench.entities.filter(
      ({ metadata }) => metadata.name !== 'payments',
    );
    await bench.scanAfter(30);
    await bench.scanAfter(60);
    expect(await bench.findings.get(orphanId)).toMatchObject({
      state: 'open',
      reopenedCount: 1,
      firstSeenAt: '2026-11-21T10:00:00.000Z',
    });

    // Gone from the catalog: findings close, a tombstone stays.
    bench.entities = bench.entities.filter(entity => entity !== checkout);
    await bench.scanAfter(30);
    expect(await stateOf(knex, 'checkout')).toBeUndefined();
    expect(await bench.findings.get(orphanId)).toMatchObject({
      state: 'closed',
      closedReason: 'entity-removed',
      ownerRefs: ['group:default/payments'],
    });
    const buried = await knex('tombstones').first();
    expect(buried).toMatchObject({
      entity_ref: 'component:default/checkout',
      state: 'orphaned',
      removed_at: bench.now.toISOString(),
    });
    expect(buried.open_findings).toBeGreaterThan(0);
    const closed = bench.published.filter(
      ({ type, reason }) =>
        type === 'finding.closed' && reason === 'entity-removed',
    );
    expect(closed).toHaveLength(buried.open_findings);
    expect(new Set(closed.map(event => event.previousState))).toEqual(
      new Set(['open']),
    );

    // And back again: no tombstone for the living.
    bench.entities = [...bench.entities, checkout];
    await bench.scanAfter(30);
    expect(await knex('tombstones')).toEqual([]);
    await bench.scanAfter(60);
    expect(await bench.findings.get(orphanId)).toMatchObject({
      reopenedCount: 2,
    });
  });

  it('suspends when too many owners are gone at once, and says so once', async () => {
    const bench = driftBench({ knex });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const teams = names.flatMap(name => team(`team-${name}`, [`user-${name}`]));
    bench.entities = [
      ...teams,
      ...team('platform', ['pia']),
      ...names.map(name => service(name, `team-${name}`)),
    ];
    await bench.scanAfter(0);
    const before = {
      components: await knex('components').orderBy('entity_ref'),
      findings: await knex('findings').orderBy('id'),
      principals: await knex('directory_principals').orderBy('ref'),
    };

    const everything = bench.entities;
    bench.entities = everything.filter(entity => !teams.includes(entity));
    const suspended = await bench.scanAfter(120);
    expect(suspended).toMatchObject({ state: 'suspended', opened: 0 });
    expect(suspended.reason).toMatch(
      /^6 of 6 owners \(100 %\) .* from \d{4}-\d\d-\d\d \d\d:\d\d UTC /,
    );
    expect(bench.notifications.send).toHaveBeenCalledTimes(1);
    expect(bench.published.map(({ type }) => type)).toEqual(['scan.suspended']);
    expect(bench.consumer.accept).not.toHaveBeenCalled();
    expect(bench.consumer.finish).not.toHaveBeenCalled();

    await bench.scanAfter(120);
    expect(bench.notifications.send).not.toHaveBeenCalled();
    expect({
      components: await knex('components').orderBy('entity_ref'),
      findings: await knex('findings').orderBy('id'),
      principals: await knex('directory_principals').orderBy('ref'),
    }).toEqual(before);

    bench.entities = everything;
    expect(await bench.scanAfter(30)).toMatchObject({
      state: 'completed',
      opened: 0,
      closed: 0,
    });

    // A loss that outlasts any outage is real.
    bench.entities = everything.filter(entity => !teams.includes(entity));
    await bench.scanAfter(30);
    expect(await bench.scanAfter(7 * 24 * 60)).toMatchObject({
      state: 'completed',
    });
    await bench.scanAfter(60);
    expect(await stateOf(knex, 'a')).toBe('orphaned');
  });

  it('judges nothing as gone when the stream breaks', async () => {
    const bench = driftBench({ knex });
    bench.entities = [
      ...organisation,
      service('checkout', 'payments'),
      service('cart', 'shop'),
    ];
    await bench.scanAfter(0);

    let pages = 0;
    bench.onPage = async () => {
      pages += 1;
      if (pages > 3) {
        throw new Error('the catalog went away');
      }
    };
    bench.entities = [...organisation, service('cart', 'shop')];
    expect(await bench.scanAfter(30)).toMatchObject({
      state: 'failed',
      error: 'The catalog failed: the catalog went away',
    });
    expect(await stateOf(knex, 'checkout')).toBeDefined();
    expect(await knex('tombstones')).toEqual([]);
    expect(bench.consumer.finish).not.toHaveBeenCalled();

    bench.onPage = async () => {};
    await bench.scanAfter(30);
    expect(await stateOf(knex, 'checkout')).toBeUndefined();
  });

  it('ends waivers and snoozes, and keeps what is unknown', async () => {
    const bench = driftBench({ knex });
    bench.entities = [...organisation, service('ledger')];
    await bench.scanAfter(0);
    const id = findingId({
      ruleId: 'owner-missing',
      entityRef: 'component:default/ledger',
    });
    const by = 'user:default/pia';

    await bench.findings.waive({
      id,
      by,
      request: { reason: 'Moves in March', expiresAt: '2026-11-22T08:00:00Z' },
    });
    await bench.scanAfter(60);
    expect((await bench.findings.get(id)).state).toBe('waived');
    expect(await bench.scanAfter(23 * 60)).toMatchObject({ reopened: 1 });
    expect(await bench.findings.get(id)).toMatchObject({
      state: 'open',
      waiver: undefined,
    });

    await bench.findings.acknowledge({
      id,
      by,
      request: { snoozeUntil: '2026-11-22T12:00:00Z' },
    });
    await bench.scanAfter(60);
    expect((await bench.findings.get(id)).state).toBe('snoozed');
    await bench.scanAfter(24 * 60);
    expect(await bench.findings.detail(id)).toMatchObject({
      state: 'open',
      events: [
        { type: 'opened' },
        { type: 'waived', by },
        { type: 'waiver-expired', detail: 'Moves in March' },
        { type: 'snoozed', by },
        { type: 'snooze-ended' },
      ],
    });

    // The owner is not there yet, which says neither this nor that.
    bench.entities = [...organisation, service('ledger', 'soon')];
    await bench.scanAfter(30);
    expect((await bench.findings.get(id)).state).toBe('closed');
    expect(await stateOf(knex, 'ledger')).toBe('unknown');
    bench.entities = [
      ...organisation,
      ...team('soon', ['sue']),
      service('ledger', 'soon'),
    ];
    await bench.scanAfter(30);
    expect(await stateOf(knex, 'ledger')).not.toBe('orphaned');
  });

  it('goes on with a waiver after the owner was gone for a while', async () => {
    const bench = driftBench({ knex });
    const books = team('books', ['bo']);
    const ledger = service('ledger', 'books');
    bench.entities = [...organisation, ...books, ledger];
    await bench.scanAfter(0);
    const id = findingId({
      ruleId: 'contract-missing',
      entityRef: 'component:default/ledger',
    });
    await bench.findings.waive({
      id,
      by: 'user:default/pia',
      request: { reason: 'Moves in March', expiresAt: '2026-12-01T08:00:00Z' },
    });
    bench.entities = [...organisation, ledger];
    await bench.scanAfter(30);
    expect((await bench.findings.get(id)).state).toBe('waived');
    await bench.scanAfter(90);
    expect((await bench.findings.get(id)).state).toBe('closed');

    bench.entities = [...organisation, ...books, ledger];
    expect(await bench.scanAfter(30)).toMatchObject({ opened: 0, reopened: 0 });
    expect(await bench.findings.detail(id)).toMatchObject({
      state: 'waived',
      waiver: { reason: 'Moves in March' },
      reopenedCount: 0,
      events: [
        { type: 'opened' },
        { type: 'waived', by: 'user:default/pia' },
        { type: 'closed', detail: 'superseded' },
        {
          type: 'waived',
          detail: 'Moves in March (until 2026-12-01 08:00 UTC)',
        },
      ],
    });
    expect(bench.published).toContainEqual(
      expect.objectContaining({
        type: 'finding.waived',
        findingId: id,
        previousState: 'closed',
      }),
    );
    expect(bench.notifications.send).not.toHaveBeenCalled();
    expect(await bench.scanAfter(30 * 24 * 60)).toMatchObject({ reopened: 1 });
  });

  it('goes on with what people said after the component was gone for a while', async () => {
    const bench = driftBench({ knex });
    const ledger = (contract: object) =>
      service('ledger', 'books', {
        ownershipContract: { tier: 'tier-1', ...contract },
      });
    const people = [...organisation, ...team('books', ['bo'])];
    bench.entities = [...people, ledger({})];
    await bench.scanAfter(0);
    const [seen, asleep, asked] = [
      'captain-missing',
      'on-call-missing',
      'runbook-missing',
    ].map(ruleId =>
      findingId({ ruleId, entityRef: 'component:default/ledger' }),
    );
    const by = 'user:default/pia';
    await bench.findings.acknowledge({ id: seen, by, request: {} });
    await bench.findings.acknowledge({
      ...{ id: asleep, by },
      request: { snoozeUntil: '2026-11-28T12:00:00Z' },
    });
    await bench.lifeCycle.change({
      ...{ ids: [asked], by },
      change: {
        action: 'waive',
        reason: 'Moves soon',
        expiresAt: '2026-12-31T00:00:00Z',
      },
      may: finding =>
        findingMay({
          ...{ finding, granted: true, caller: by },
          approval: { needed: true, isApprover: false },
        }),
    });

    const leaveAndReturn = async () => {
      bench.entities = people;
      await bench.scanAfter(30);
      bench.entities = [...people, ledger({})];
      return bench.scanAfter(30);
    };
    expect((await leaveAndReturn()).opened).toBe(0);
    expect(await bench.findings.detail(seen)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: by,
      closedAt: undefined,
      closedReason: undefined,
      reopenedCount: 0,
      events: [
        { type: 'opened' },
        { type: 'acknowledged', by },
        { type: 'closed', detail: 'entity-removed' },
        { type: 'acknowledged', detail: `as before, by ${by}` },
      ],
    });
    const { events } = await bench.findings.detail(asleep);
    expect(events.at(-1)).toMatchObject({
      type: 'snoozed',
      by: undefined,
      detail: `as before, by ${by} until 2026-11-28 12:00 UTC`,
    });
    expect(await bench.findings.get(asleep)).toMatchObject({
      state: 'snoozed',
      snoozedUntil: '2026-11-28T12:00:00.000Z',
    });
    expect(await bench.findings.get(asked)).toMatchObject({
      state: 'open',
      waiverRequest: { reason: 'Moves soon', requestedBy: by },
      reopenedCount: 1,
    });
    expect(bench.published).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'finding.acknowledged',
          findingId: seen,
          previousState: 'closed',
          reason: `as before, by ${by}`,
        }),
        expect.objectContaining({
          type: 'finding.reopened',
          findingId: asked,
          previousState: 'closed',
          reason: 'returned',
        }),
      ]),
    );
    // Who had it all before is told nothing new.
    expect(bench.notifications.send).not.toHaveBeenCalled();
    expect(await bench.scanAfter(30)).toMatchObject({ reopened: 0, closed: 0 });

    // A snooze ends as it would have; an acknowledgement ends with the defect.
    expect(await bench.scanAfter(8 * 24 * 60)).toMatchObject({ reopened: 1 });
    expect((await bench.findings.get(asleep)).state).toBe('open');
    await bench.findings.acknowledge({
      ...{ id: asleep, by },
      request: {
        snoozeUntil: new Date(+bench.now + 45 * 60_000).toISOString(),
      },
    });
    await leaveAndReturn();
    expect(await bench.findings.detail(asleep)).toMatchObject({
      state: 'open',
      reopenedCount: 0,
    });
    expect(
      (await bench.findings.detail(asleep)).events.slice(-2),
    ).toMatchObject([{ type: 'closed' }, { type: 'snooze-ended' }]);
    expect(bench.notifications.send).toHaveBeenCalledTimes(1);
    bench.entities = [...people, ledger({ captain: 'user:default/bo' })];
    await bench.scanAfter(30);
    expect((await bench.findings.get(seen)).closedReason).toBe('passed');
    bench.entities = [...people, ledger({})];
    await bench.scanAfter(30);
    expect(await bench.findings.get(seen)).toMatchObject({
      state: 'open',
      acknowledgedBy: undefined,
      reopenedCount: 1,
    });
    expect(bench.notifications.send).toHaveBeenCalledTimes(1);

    // Mended while it was gone, it is a new one when it is back.
    await bench.findings.acknowledge({ id: seen, by, request: {} });
    bench.entities = people;
    await bench.scanAfter(30);
    bench.entities = [...people, ledger({ captain: 'user:default/bo' })];
    await bench.scanAfter(30);
    bench.entities = [...people, ledger({})];
    await bench.scanAfter(30);
    expect(await bench.findings.get(seen)).toMatchObject({
      state: 'open',
      reopenedCount: 2,
    });
    expect(bench.notifications.send).toHaveBeenCalledTimes(1);

    // Another team had nothing of it before.
    bench.entities = people;
    await bench.scanAfter(30);
    bench.entities = [
      ...people,
      service('ledger', 'shop', { ownershipContract: { tier: 'tier-1' } }),
    ];
    await bench.scanAfter(30);
    expect(bench.notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: 'group:default/shop' },
        payload: expect.objectContaining({
          title: expect.stringMatching(/reopened$/),
        }),
      }),
    );
  });

  it('keeps what a rule cannot tell about', async () => {
    const says: Record<string, RuleOutcome> = {
      pass: { status: 'pass' },
      fail: { status: 'fail', message: 'It rains', evidence: [] },
      unknown: { status: 'unknown', reason: 'No window' },
    };
    let status: keyof typeof says = 'fail';
    const rules = configureRules({
      rules: [
        {
          id: 'weather',
          title: 'It rains',
          why: 'Rain is wet.',
          fix: 'Wait.',
          severity: 'high',
          evaluate: () => says[status],
        },
      ],
    });
    const bench = driftBench({ knex, scan: { rules } });
    bench.entities = [...organisation, service('cart', 'shop')];
    await bench.scanAfter(0);
    expect(await stateOf(knex, 'cart')).toBe('at-risk');
    status = 'unknown';
    expect(await bench.scanAfter(30)).toMatchObject({
      closed: 0,
      unchanged: 1,
    });
    expect((await bench.standing())[0]).toMatchObject({
      ruleId: 'weather',
      state: 'open',
    });
    status = 'pass';
    expect(await bench.scanAfter(30)).toMatchObject({ closed: 1 });
    expect(await stateOf(knex, 'cart')).toBe('owned');
    // A rule that never failed is not opened by not knowing.
    status = 'unknown';
    expect(await bench.scanAfter(30)).toMatchObject({ opened: 0, reopened: 0 });
  });

  it('suggests who could take over, with a patch', async () => {
    const bench = driftBench({ knex });
    const lost = {
      ...service('checkout', 'payments'),
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/payments' },
        { type: 'dependencyOf', targetRef: 'component:default/cart' },
      ],
    };
    bench.entities = [...organisation, lost, service('cart', 'platform')];
    await bench.scanAfter(0);
    bench.entities = bench.entities.filter(
      ({ metadata }) => metadata.name !== 'payments',
    );
    await bench.scanAfter(30);
    await bench.scanAfter(60);
    const row = await knex('components')
      .where('entity_ref', 'component:default/checkout')
      .first();
    expect(row.state).toBe('orphaned');
    // The parent is remembered though the group is long gone; the owner of
    // what depends on it is known though it came later.
    const { suggestedOwners } = JSON.parse(row.document);
    expect(suggestedOwners.map(({ ref }: { ref: string }) => ref)).toEqual([
      'group:default/shop',
      'group:default/platform',
    ]);
    const detail = await bench.findings.detail(
      findingId({
        ruleId: 'owner-unresolvable',
        entityRef: 'component:default/checkout',
      }),
    );
    expect(detail).toMatchObject({
      patch: expect.stringContaining('owner: group:default/shop'),
      suggestedOwner: {
        ref: 'group:default/shop',
        title: suggestedOwners[0].title,
        confidence: suggestedOwners[0].confidence,
        reason: suggestedOwners[0].reason,
      },
    });
    expect(await bench.scanAfter(30)).toMatchObject({ opened: 0, closed: 0 });
    const { statements } = await countingStatements(knex, () =>
      bench.scanAfter(30),
    );
    expect(
      statements.filter(sql => /^insert into [`"]components/i.test(sql)),
    ).toEqual([]);
  });

  it('tells each team once, and of orphans whoever is left above', async () => {
    const bench = driftBench({ knex });
    bench.entities = [
      ...organisation,
      catalogEntity('System', 'store', { owner: 'shop', domain: 'sales' }),
      catalogEntity('Domain', 'sales', { owner: 'platform' }),
    ];
    await bench.scanAfter(0);
    const contract = { tier: 'tier-1', captain: 'user:default/ghost' };
    bench.entities = [
      ...bench.entities,
      service('one', 'payments', { ownershipContract: contract }),
      service('two', 'payments', { ownershipContract: contract }),
      service('lost', undefined, { system: 'store' }),
    ];
    const scan = await bench.scanAfter(30);
    const sent = bench.notifications.send.mock.calls.map(
      ([message]) => message,
    );
    expect(sent.map(({ recipients }) => recipients)).toEqual(
      expect.arrayContaining([
        { type: 'entity', entityRef: 'group:default/payments' },
        { type: 'entity', entityRef: 'group:default/shop' },
      ]),
    );
    expect(sent).toHaveLength(2);
    const [own, lost] = sent.sort((a, b) =>
      JSON.stringify(a.recipients) < JSON.stringify(b.recipients) ? -1 : 1,
    );
    expect(own.payload.link).toBe(
      '/ownership/drift?team=group%3Adefault%2Fpayments',
    );
    expect(lost.payload).toMatchObject({
      title: 'Ownership: 1 new finding',
      description: expect.stringContaining('lost: '),
      // Nobody owns it: as one of the shop it is not found.
      link: '/ownership/drift?state=orphaned&state=unknown',
      topic: 'ownership',
    });

    // Of both kinds.
    bench.entities = [
      ...bench.entities,
      service('found', 'shop', { ownershipContract: contract }),
      service('astray', undefined, { system: 'store' }),
    ];
    await bench.scanAfter(5);
    expect(
      bench.notifications.send.mock.calls.map(([{ payload }]) => payload.link),
    ).toEqual(['/ownership/drift']);
    expect(scan.opened).toBeGreaterThan(2);

    // A team that hears nothing new is not written to.
    await bench.scanAfter(30);
    expect(bench.notifications.send).not.toHaveBeenCalled();

    const silent = driftBench({
      knex,
      config: { notifications: { enabled: false } },
    });
    silent.entities = [...bench.entities, service('three', 'payments')];
    expect((await silent.scanAfter(120)).opened).toBeGreaterThan(0);
    expect(silent.notifications.send).not.toHaveBeenCalled();
  });

  it('runs one scan at a time and takes over a dead one', async () => {
    const bench = driftBench({ knex });
    bench.entities = [...organisation, service('ledger')];
    const other = bench.newRunner();

    const { release, atWork } = holdPages(bench);
    const [mine, theirs] = await Promise.all([
      bench.runner.start({ requestedBy: 'user:default/pia' }),
      other.start(),
    ]);
    expect(mine.id).toBe(theirs.id);
    expect(mine.state).toBe('running');
    await atWork;

    // The replica that runs it hangs; another one goes on in its place.
    bench.onPage = async () => {};
    bench.now = new Date(bench.now.getTime() + 60_000);
    await other.takeOver();
    expect((await other.list({})).totalItems).toBe(1);
    bench.now = new Date(bench.now.getTime() + 61_000);
    await other.takeOver();
    const { items } = await other.list({});
    expect(items.map(({ state }) => state)).toEqual(['completed', 'failed']);
    const findings = await knex('findings').orderBy('id');
    const timeline = await knex('finding_events').orderBy('id');

    // The one that was taken for dead wakes up and may not write any more.
    release();
    await Promise.all([bench.runner.shutdown(), other.shutdown()]);
    expect(await knex('findings').orderBy('id')).toEqual(findings);
    expect(await knex('finding_events').orderBy('id')).toEqual(timeline);
    expect((await other.list({})).items.map(({ state }) => state)).toEqual([
      'completed',
      'failed',
    ]);
  });

  it('is cancelled by a shutdown', async () => {
    const bench = driftBench({ knex });
    bench.entities = [...organisation, service('ledger')];
    const { release, atWork } = holdPages(bench);
    const scan = await bench.runner.start();
    await atWork;
    const ended = bench.runner.shutdown();
    release();
    await ended;
    expect(await bench.runner.get(scan.id)).toMatchObject({
      state: 'cancelled',
      error: 'The backend is shutting down',
    });
    expect(await knex('components')).toEqual([]);
  });

  it('is cancelled by a shutdown though the catalog does not answer', async () => {
    const bench = driftBench({ knex });
    bench.entities = [...organisation, service('ledger')];
    const { release, atWork } = holdPages(bench);
    const stopping = bench.newRunner({ endMs: 1 });
    const scan = await stopping.start();
    await atWork;
    await stopping.shutdown();
    expect(await bench.runner.get(scan.id)).toMatchObject({
      state: 'cancelled',
      reason: 'The backend is shutting down',
    });

    // Another replica need not wait until it counts as dead.
    release();
    bench.onPage = async () => {};
    expect((await bench.scanAfter(1)).state).toBe('completed');
    await stopping.shutdown();
  });

  it('is cancelled from any replica and begun again as if nothing had been', async () => {
    const bench = driftBench({ knex });
    const other = bench.newRunner();
    bench.entities = [...organisation, service('ledger'), service('cart')];
    const { release, atWork } = holdPages(bench);
    const { id } = await bench.runner.start({});
    await atWork;

    const cancelled = await other.cancel({ id, by: 'user:default/pia' });
    expect(cancelled).toMatchObject({
      id,
      state: 'cancelled',
      reason: 'Cancelled by user:default/pia',
      finishedAt: expect.any(String),
    });
    release();
    bench.onPage = async () => {};
    const next = await bench.scanAfter(1);
    expect(next.state).toBe('completed');
    expect(next.opened).toBeGreaterThan(0);
    expect((await other.cancel({ id: next.id })).state).toBe('completed');
    expect((await bench.runner.get(id)).state).toBe('cancelled');
    expect(bench.logger.error).not.toHaveBeenCalled();
    expect(bench.logger.info).toHaveBeenCalledWith(
      `Drift scan ${id} was cancelled: Cancelled by user:default/pia`,
    );
    await expect(other.cancel({ id: 'none' })).rejects.toThrow(
      'There is no scan none',
    );
    await bench.runner.shutdown();
  });

  it('takes whatever people write', async () => {
    const bench = driftBench({ knex });
    const nasty = '=cmd|\u0000<script>alert(1)</script>\ud800'.padEnd(
      5000,
      'x',
    );
    bench.entities = [
      ...organisation,
      service('nasty', nasty, { lifecycle: nasty, system: nasty, type: 7 }),
      catalogEntity(
        'Component',
        'odd',
        { owner: 'payments', ownershipContract: { tier: nasty, captain: 5 } },
        { title: nasty, description: nasty, links: 'none' as never },
      ),
      catalogEntity(
        'Component',
        'turned',
        { owner: 'payments' },
        { title: ' Cart\r\n::error::x \u202egpj.exe\u0007 ' },
      ),
      { ...service('listed', 'shop'), spec: { owner: ['a', 'b'] } },
      service('endless', 'shop', {
        ownershipContract: Object.fromEntries(
          Array.from({ length: 5000 }, (_, n) => [`key${n}`, nasty]),
        ),
      }),
    ];
    expect(await bench.scanAfter(0)).toMatchObject({
      state: 'completed',
      processed: 5,
    });
    const { title } = await knex('components').where('name', 'turned').first();
    expect(title).toBe('Cart ::error::x gpj.exe');
    for (const { document } of await knex('components').select('document')) {
      expect(document.length).toBeLessThan(100_000);
    }
    const again = await bench.scanAfter(120);
    expect(again).toMatchObject({ state: 'completed', processed: 5 });
    const { statements } = await countingStatements(knex, () =>
      bench.scanAfter(30),
    );
    expect(
      statements.filter(sql => /^insert into [`"](?!scans)/i.test(sql)),
    ).toEqual([]);
  });
});
