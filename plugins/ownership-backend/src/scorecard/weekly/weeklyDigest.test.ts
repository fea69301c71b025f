import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { WeeklyDigest } from '@service-ownership/backstage-plugin-ownership-common';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../../__testUtils__/writeOrganisation';
import { MoverService } from '../history/MoverService';
import { OverviewService } from '../OverviewService';
import { readWeeklyCadence, weekToSend } from './WeeklyCadence';
import { WeeklyDigests } from './WeeklyDigests';
import { WeeklySender } from './WeeklySender';
import { digestHtml, digestMarkdown } from './writeDigest';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const evil = '<img src=x onerror=alert(1)> [x](javascript:1) | *b* @all';

const digest: WeeklyDigest = {
  team: { ref: 'group:default/payments', title: 'Payments' },
  from: '2026-11-16T08:00:00.000Z',
  to: '2026-11-23T08:00:00.000Z',
  components: 12,
  owned: { value: 10, previous: 11 },
  atRisk: { value: 1, previous: 1 },
  orphaned: { value: 1 },
  levels: {
    scorecard: {
      id: 'maturity',
      title: 'Maturity',
      levels: { low: 'Low', high: 'High' },
    },
    since: '2026-11-16',
    entities: {
      down: {
        count: 7,
        items: [
          {
            entityRef: 'component:default/ledger',
            entityTitle: 'Ledger',
            ownerRefs: [],
            from: 'high',
            to: 'none',
            fromScore: 1,
            toScore: 0.25,
            day: '2026-11-18',
            reasons: [
              {
                ruleId: 'captain-missing',
                title: 'A captain is named',
                from: 'pass',
                to: 'fail',
                day: '2026-11-18',
              },
            ],
          },
        ],
      },
      up: { count: 0, items: [] },
    },
    teams: { down: [], up: [] },
    hidden: 0,
  },
  findings: {
    opened: {
      count: 1,
      items: [
        {
          id: 'owner-missing:component:default/x',
          entityRef: 'component:default/x',
          entityTitle: evil,
          severity: 'critical',
          message: evil,
        },
      ],
    },
    closed: { count: 0, items: [] },
  },
  budgets: {
    exhausted: 1,
    worst: [
      {
        entityRef: 'component:default/ledger',
        entityTitle: 'Ledger',
        slo: 'availability',
        remaining: -0.2,
      },
    ],
  },
  reviews: { count: 0, items: [] },
  initiatives: [
    {
      id: '1',
      title: 'Runbooks',
      dueAt: '2026-12-01T00:00:00.000Z',
      pace: 'behind',
      missing: 3,
    },
  ],
  hidden: 0,
};

describe('a digest as text', () => {
  it('reads as a mail, worst first', () => {
    expect(
      digestMarkdown(
        {
          ...digest,
          findings: { ...digest.findings, opened: { count: 0, items: [] } },
        },
        { appBaseUrl: 'https://portal.example/' },
      ),
    ).toBe(`# Payments: the week to 23 November 2026

10 of 12 components have an owner who answers for them (11 a week ago); 1 at risk, 1 orphaned.

## Went down on “Maturity”

- [**Ledger**](<https://portal.example/catalog/default/component/ledger>): no level, was High: “A captain is named” fails now
- and 6 more

## 1 error budget spent

- [**Ledger · availability**](<https://portal.example/catalog/default/component/ledger>): all of it spent, 20 % over

## Initiatives behind

- [**Runbooks**](<https://portal.example/ownership/initiatives/1>): 3 components to go, due 1 Dec 2026
`);
  });

  it('takes nothing that others wrote for markup', () => {
    const html = digestHtml(digest, { appBaseUrl: 'https://portal.example' });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    const markdown = digestMarkdown(digest);
    expect(markdown).not.toContain('<img');
    expect(markdown).not.toMatch(/[^\\]\[x\]/);
    expect(markdown).toContain('\\*b\\*');
    expect(markdown).not.toContain('@all');
  });
});

describe('the cadence', () => {
  const cadence = (weekly?: object | string) =>
    readWeeklyCadence(
      new ConfigReader(weekly ? { ownership: { digest: { weekly } } } : {}),
    );

  it.each([
    ['2026-11-23T07:59:00Z', undefined, undefined],
    ['2026-11-23T08:00:00Z', undefined, '2026-11-23'],
    ['2026-11-25T07:59:00Z', undefined, '2026-11-23'],
    ['2026-11-25T08:00:00Z', undefined, undefined],
    // 8 in Berlin is 7 UTC in winter and 6 in summer.
    ['2026-11-23T07:00:00Z', { zone: 'Europe/Berlin' }, '2026-11-23'],
    ['2026-07-20T06:00:00Z', { zone: 'Europe/Berlin' }, '2026-07-20'],
    ['2026-07-20T05:59:00Z', { zone: 'Europe/Berlin' }, undefined],
    // The clocks go forward at 2: there is no half past.
    [
      '2026-03-29T01:00:00Z',
      { zone: 'Europe/Berlin', day: 'sunday', hour: 2 },
      '2026-03-29',
    ],
    // Both of the hours that are there twice are of one week.
    [
      '2026-10-25T01:30:00Z',
      { zone: 'Europe/Berlin', day: 'Sunday', hour: 2 },
      '2026-10-25',
    ],
    ['2026-11-23T02:00:00Z', { zone: 'Asia/Tokyo', hour: 0 }, '2026-11-23'],
  ])('at %s with %p is of %p', (at, weekly, week) => {
    expect(weekToSend(cadence(weekly)!, new Date(at))).toBe(week);
  });

  it('can be switched off, and says what it accepts', () => {
    expect(cadence('off')).toBeUndefined();
    expect(() => cadence('daily')).toThrow('expected off, or an object');
    expect(() => cadence({ day: 'someday' })).toThrow(
      'ownership.digest.weekly.day: someday must be one of monday',
    );
    expect(() => cadence({ hour: 24 })).toThrow('0 to 23');
    expect(() => cadence({ zone: 'Mars/Base' })).toThrow('Europe/Berlin');
  });
});

describe.each(databases.eachSupportedId())('the sender on %s', databaseId => {
  it('tells each group once a week, over replicas and restarts', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const groups = ['shop', 'payments', 'search', 'quiet', 'off'];
    const [shop, payments, search, , off] = groups.map(
      name => `group:default/${name}`,
    );
    await writeOrganisation(knex, {
      directory: testDirectory({
        shop: { members: ['lea'] },
        payments: { parent: 'shop', members: ['ada', 'bo'] },
        search: { parent: 'shop' },
        quiet: { members: ['quinn'] },
        off: { members: ['otto'] },
      }),
      at: '2026-11-20T08:00:00.000Z',
      components: [
        ...[payments, search, off].map((owner, index) => ({
          name: `c-${index}`,
          owners: [owner],
          findings: [{ ruleId: 'x', severity: 'high' as const }],
        })),
        { name: 'calm', owners: ['group:default/quiet'] },
      ],
    });
    const sent: NotificationSendOptions[] = [];
    let broken = true;
    let at = '2026-11-23T08:10:00.000Z';
    const now = () => new Date(at);
    const catalog = catalogServiceMock({
      entities: groups.map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: {
          name,
          namespace: 'default',
          annotations: {
            ...(name === 'off' && { 'service-ownership.io/digest': 'off' }),
          },
        },
        spec: { type: 'team', children: [] },
        relations: (
          {
            shop: ['lea'],
            payments: ['ada', 'bo'],
            quiet: ['quinn'],
            off: ['otto'],
          }[name] ?? []
        ).map(user => ({
          type: 'hasMember',
          targetRef: `user:default/${user}`,
        })),
      })),
    });
    const replica = () => {
      const overview = new OverviewService({ knex, now });
      return new WeeklySender({
        knex,
        digests: new WeeklyDigests({
          knex,
          overview,
          movers: new MoverService({ knex, titleOfRule: () => undefined, now }),
          scorecard: () => undefined,
          initiatives: async () => [],
          now,
        }),
        cadence: { weekday: 1, hour: 8, zone: 'UTC' },
        notifications: {
          async send(message) {
            if (broken) {
              throw new Error('down');
            }
            sent.push(message);
          },
        },
        catalog,
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        now,
      });
    };
    const scopes = () => sent.map(({ payload }) => payload.scope).sort();

    // Nothing is told of a first week.
    await replica().send();
    expect(await knex('weekly_digests')).toEqual([]);
    await knex('scans').insert({
      id: '1',
      state: 'completed',
      started_at: '2026-11-10T08:00:00.000Z',
      heartbeat_at: '2026-11-10T08:00:00.000Z',
      finished_at: '2026-11-10T08:00:00.000Z',
    });
    // What could not be sent is sent later.
    await replica().send();
    broken = false;
    await Promise.all([replica().send(), replica().send()]);
    await replica().send();
    expect(scopes()).toEqual([
      `ownership:weekly:${payments}`,
      `ownership:weekly:${shop}`,
    ]);
    const toLea = sent.find(
      ({ payload }) => payload.scope === `ownership:weekly:${shop}`,
    )!;
    expect(toLea.recipients).toEqual({
      type: 'entity',
      entityRef: ['user:default/lea'],
    });
    expect(toLea.payload).toMatchObject({
      title: 'The shop: the week to 23 November 2026',
      link: '/ownership?team=group%3Adefault%2Fshop&days=7',
    });
    // With everything below it.
    expect(toLea.payload.description).toBe(
      '2 of 2 components have an owner who answers for them; 0 at risk, 0 orphaned.\n2 new findings: The c-0, The c-1',
    );

    at = '2026-11-24T08:10:00.000Z';
    await replica().send();
    expect(sent).toHaveLength(2);
    at = '2026-11-26T08:10:00.000Z';
    await replica().send();
    expect(sent).toHaveLength(2);
  });
});
