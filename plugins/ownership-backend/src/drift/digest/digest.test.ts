import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  findingId,
  type WaiverRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY = 24 * 60;
const SHOP = 'group:default/shop';

describe.each(databases.eachSupportedId())('digests on %p', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
  });
  afterEach(async () => {
    await knex.destroy();
  });

  function benchWith(options: { wants?: string; digest?: string }) {
    const { wants, digest } = options;
    const bench = driftBench({
      knex,
      config: digest ? { notifications: { digest } } : {},
    });
    const [group, ...people] = team('shop', ['sam']);
    group.metadata.annotations = wants
      ? { 'service-ownership.io/digest': wants }
      : {};
    const component = (name: string, contract: object): Entity =>
      catalogEntity('Component', name, {
        type: 'service',
        lifecycle: 'production',
        owner: 'shop',
        ownershipContract: { ...contract },
      });
    /** Turns the clock, opens a finding or more, scans; what the shop is told. */
    const told = async (minutes: number, name?: string) => {
      if (name) {
        bench.entities.push(
          catalogEntity('Component', name, { type: 'service', owner: 'shop' }),
        );
      }
      await bench.scanAfter(minutes);
      return bench.notifications.send.mock.calls
        .filter(
          ([{ recipients }]) =>
            (recipients as { entityRef?: string }).entityRef === SHOP,
        )
        .map(([{ payload }]) => payload.title);
    };
    bench.entities = [group, ...people];
    return { bench, component, told };
  }

  it('go out after each scan, daily, weekly or never, as the team says', async () => {
    const { told } = benchWith({ wants: 'daily' });
    expect(await told(0)).toEqual([]);
    expect(await told(30, 'one')).toEqual(['Ownership: 1 new finding']);
    expect(await told(30, 'two')).toEqual([]);
    expect(await told(30, 'three')).toEqual([]);
    // Nothing new then, but what waited goes out: all of it, once.
    expect(await told(DAY)).toEqual(['Ownership: 2 new findings']);
    expect(await told(2 * DAY)).toEqual([]);
  });

  it('tell of what waited as it is when they go out', async () => {
    const { bench, component, told } = benchWith({ wants: 'daily' });
    const by = 'user:default/sam';
    const idOf = (name: string, ruleId = 'contract-missing') =>
      findingId({ ruleId, entityRef: `component:default/${name}` });
    const spec = { type: 'service', owner: 'shop' };
    const names = ['mended', 'asleep', 'seen', 'again', 'gone', 'open'];
    await told(0);
    expect(await told(30, 'first')).toHaveLength(1);
    for (const name of names) {
      await told(30, name);
    }

    const replace = (name: string, ...entities: Entity[]) => {
      bench.entities = [
        ...bench.entities.filter(({ metadata }) => metadata.name !== name),
        ...entities,
      ];
    };
    const reviewed = { review: { reviewedAt: '2026-11-20', cadence: 'P90D' } };
    replace('mended', component('mended', reviewed));
    replace('again', component('again', reviewed));
    replace('gone');
    replace(
      'open',
      catalogEntity('Component', 'open', spec, { title: 'Shut' }),
    );
    await told(30);
    replace('again', catalogEntity('Component', 'again', spec));
    await told(30);
    await bench.findings.acknowledge({ id: idOf('seen'), by, request: {} });
    await bench.findings.acknowledge({
      ...{ id: idOf('asleep'), by },
      request: { snoozeUntil: '2026-12-01T00:00:00Z' },
    });
    expect(await told(DAY)).toEqual(['Ownership: 3 new findings']);
    const [[{ payload }]] = bench.notifications.send.mock.calls;
    expect(payload.description).toMatch(/^again: .*\nShut: .*\nseen: [^\n]*$/);
    expect(payload.link).toContain(encodeURIComponent(SHOP));

    // Nothing left to tell: nobody is told, and the next news does not wait.
    await told(30, 'brief');
    replace('brief');
    expect(await told(DAY)).toEqual([]);
    expect(await knex('digests').whereNotNull('waiting')).toEqual([]);
    expect(await told(30, 'late')).toEqual(['Ownership: 1 new finding']);
  });

  it('tell of waivers and reviews that waited where they still come', async () => {
    const { bench, component, told } = benchWith({ wants: 'weekly' });
    const by = 'user:default/sam';
    const reviewed = (name: string, reviewedAt: string) =>
      component(name, { review: { reviewedAt, cadence: 'P40D' } });
    bench.entities.push(
      reviewed('cart', '2026-11-01'),
      reviewed('till', '2026-11-01'),
      ...['ledger', 'books'].map(name =>
        catalogEntity('Component', name, { type: 'service', owner: 'shop' }),
      ),
    );
    await told(0);
    const [ledger, books] = ['ledger', 'books'].map(name =>
      findingId({
        ruleId: 'contract-missing',
        entityRef: `component:default/${name}`,
      }),
    );
    const request: WaiverRequest = {
      reason: 'Moves soon',
      expiresAt: '2026-12-11T06:00:00.000Z',
    };
    await bench.findings.waive({ id: ledger, request, by });
    await bench.findings.waive({ id: books, request, by });
    expect(await told(30, 'first')).toHaveLength(1);
    // All four are within sight, and wait.
    expect(await told(6 * DAY)).toEqual([]);

    bench.entities = [
      ...bench.entities.filter(({ metadata }) => metadata.name !== 'till'),
      reviewed('till', '2026-11-27'),
    ];
    await bench.findings.waive({
      ...{ id: books, by },
      request: { ...request, expiresAt: '2027-02-01T00:00:00.000Z' },
    });
    expect(await told(2 * DAY)).toEqual(['Ownership: 2 due soon']);
    expect(
      bench.notifications.send.mock.calls[0][0].payload.description,
    ).toMatch(
      /^cart: the contract review is due on 2026-12-11\nledger: a waiver ends on 2026-12-11 \([^\n]*$/,
    );
  });

  it('tell of what an older version kept as it was', async () => {
    const { told } = benchWith({ wants: 'daily' });
    await told(0);
    await knex('digests').insert({
      recipient: SHOP,
      sent_at: '2026-11-20T08:30:00.000Z',
      waiting: JSON.stringify({
        ...{ recipient: SHOP, opened: 2, reopened: 1, worst: 'high' },
        examples: [
          {
            ...{ kind: 'opened', severity: 'high', entityTitle: 'Cart' },
            entityRef: 'component:default/cart',
            message: 'It was there',
          },
        ],
        ...{ due: 0, dueExamples: [] },
      }),
    });
    expect(await told(30, 'new')).toEqual([
      'Ownership: 3 new findings, 1 reopened',
    ]);
    expect(await told(DAY)).toEqual([]);
  });

  it('follow the configuration where the team says nothing that makes sense', async () => {
    const weekly = benchWith({ wants: 'hourly', digest: 'weekly' });
    await weekly.told(0);
    expect(await weekly.told(30, 'one')).toHaveLength(1);
    expect(await weekly.told(2 * DAY, 'two')).toEqual([]);
    expect(await weekly.told(5 * DAY)).toHaveLength(1);
    // Switched off meanwhile: what waits is dropped.
    expect(await weekly.told(30, 'three')).toEqual([]);
    weekly.bench.entities[0].metadata.annotations = {
      'service-ownership.io/digest': ' OFF ',
    };
    expect(await weekly.told(30 * DAY)).toEqual([]);
    expect(await knex('digests').whereNotNull('waiting')).toEqual([]);
  });

  it('call a component what it is called, and no more than that', async () => {
    const { bench, told } = benchWith({});
    await told(0);
    for (const [name, title] of [
      ['cart', `\u202e<b>Cart</b>\u0007 ${'x'.repeat(5000)}`],
      ['till', '\u200b'],
    ]) {
      const spec = { type: 'service', owner: 'shop' };
      bench.entities.push(catalogEntity('Component', name, spec, { title }));
    }
    expect(await told(30)).toHaveLength(1);
    expect(
      bench.notifications.send.mock.calls[0][0].payload.description,
    ).toMatch(/^<b>Cart<\/b> x{100,120}…: .*\ntill: /);
  });

  it('go out as configured where the catalog cannot be asked', async () => {
    const { bench, told } = benchWith({ wants: 'off' });
    await told(0);
    bench.catalog.getEntitiesByRefs.mockRejectedValue(new Error('away'));
    expect(await told(30, 'one')).toHaveLength(1);
  });

  it('tell once of waivers that end and reviews that are due within 14 days', async () => {
    const { bench, component, told } = benchWith({});
    bench.entities.push(
      component('cart', {
        tier: 'tier-1',
        review: { reviewedAt: '2026-11-01', cadence: 'P40D' },
      }),
    );
    await told(0);
    const request: WaiverRequest = {
      reason: 'Moves soon',
      expiresAt: '2026-12-20T00:00:00.000Z',
    };
    await bench.findings.waive({
      id: findingId({
        ruleId: 'captain-missing',
        entityRef: 'component:default/cart',
      }),
      request,
      by: 'user:default/sam',
    });
    // The review is due on 11 December, the waiver ends on the 20th.
    expect(await told(5 * DAY)).toEqual([]);
    expect(await told(2 * DAY)).toEqual(['Ownership: 1 due soon']);
    expect(
      bench.notifications.send.mock.calls.at(-1)?.[0].payload,
    ).toMatchObject({
      description: 'cart: the contract review is due on 2026-12-11',
      severity: 'low',
    });
    expect(await told(2 * DAY)).toEqual([]);
    expect(await told(7 * DAY)).toEqual(['Ownership: 1 due soon']);
    expect(
      bench.notifications.send.mock.calls.at(-1)?.[0].payload.description,
    ).toMatch(/^cart: a waiver ends on 2026-12-20 \(/);
  });
});
