import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../../__testUtils__/writeOrganisation';
import { OwnershipEvents } from '../../events/OwnershipEvents';
import { pushSamples } from '../pushSamples';
import { SloService } from '../SloService';
import { AlertSender } from './AlertSender';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:00:30Z');
const BUCKET = 300;
const HOUR = 3600;
const DAY = 86_400;
const checkout = 'component:default/checkout';
const team = 'group:default/team';
const platformTeam = 'group:default/platform';

function definition(change: Partial<SloDefinition> = {}): SloDefinition {
  return {
    name: 'availability',
    title: 'Availability',
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
    noDataSlices: 'ignore',
    origin: { entityRef: checkout, path: 'slos[0]' },
    warnings: [],
    ...change,
  };
}

/**
 * A component of a team with four quiet days behind it, and a clock. Each
 * bucket of a push is five minutes.
 */
async function setUp(knex: Knex, slo: Partial<SloDefinition> = {}) {
  let clock = NOW;
  let pushes = 0;
  const now = () => new Date(clock);
  const published: Array<Record<string, unknown>> = [];
  const notified: NotificationSendOptions[] = [];
  const replica = () =>
    new SloService({ knex, logger: mockServices.logger.mock(), now });
  const sender = (
    options: {
      send?: (message: NotificationSendOptions) => Promise<void>;
      enabled?: boolean;
      severities?: Array<'page' | 'ticket'>;
    } = {},
  ) =>
    new AlertSender({
      knex,
      events: new OwnershipEvents({
        logger: mockServices.logger.mock(),
        events: mockServices.events.mock({
          publish: async ({ eventPayload }: EventParams) => {
            published.push(eventPayload as Record<string, unknown>);
          },
        }),
      }),
      notifications:
        options.enabled === false
          ? undefined
          : {
              send:
                options.send ??
                (async message => {
                  notified.push(message);
                }),
            },
      severities: new Set(options.severities ?? ['page', 'ticket']),
      platformTeam,
      appBaseUrl: 'https://portal.example.org',
      logger: mockServices.logger.mock(),
      now,
    });
  /** Writes samples without evaluating them. */
  const store = (samples: Array<{ ago: number; good: number; hours?: true }>) =>
    pushSamples({
      knex,
      caller: 'service:pusher',
      now: now(),
      push: {
        idempotencyKey: `push-${pushes++}`,
        samples: samples.map(({ ago, good, hours }) => ({
          entityRef: checkout,
          slo: 'availability',
          start: new Date(
            Math.floor(clock / 1000 / BUCKET) * BUCKET * 1000 - ago * 1000,
          ).toISOString(),
          durationSeconds: hours ? HOUR : BUCKET,
          good,
          total: hours ? 1200 : 100,
        })),
      },
    });
  const slos = replica();
  await slos.syncDefinitions({
    definitionsByEntity: new Map([[checkout, [definition(slo)]]]),
  });
  await store(
    Array.from({ length: 96 }, (_, index) => ({
      ago: (index + 1) * HOUR,
      good: 1200,
      hours: true,
    })),
  );
  await slos.evaluate();
  await writeOrganisation(knex, {
    directory: testDirectory({
      team: { members: ['ada'] },
      platform: { members: ['pia'] },
      empty: {},
    }),
    components: [
      {
        name: 'checkout',
        owners: [team],
        document: {
          contract: {
            provenance: {},
            runbooks: [
              {
                id: 'rollback',
                title: 'Roll back',
                url: 'https://example.org/rollback',
                alerts: ['Availability'],
              },
            ],
          },
        },
      },
    ],
  });
  const status = async () => (await slos.entityStatuses(checkout))[0];
  return {
    slos,
    replica,
    sender,
    store,
    published,
    notified,
    status,
    pass: (seconds: number) => {
      clock += seconds * 1000;
    },
    /** Five minutes pass and bring a bucket, which is evaluated. */
    refresh: async (good: number) => {
      clock += BUCKET * 1000;
      await store([{ ago: BUCKET, good }]);
      await slos.evaluate();
    },
    page: async () =>
      (await status()).alerts.find(({ severity }) => severity === 'page')!,
    changes: (): Promise<string[]> =>
      knex('slo_alert_changes').orderBy('id').pluck('state'),
  };
}

describe.each(databases.eachSupportedId())('SLO alerts on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
  });

  it('fires within two refreshes of a burst, tells the owner once, and resolves once', async () => {
    const { refresh, sender, published, notified, page, slos, replica, pass } =
      await setUp(knex);
    await refresh(0);
    await refresh(0);
    expect(await page()).toMatchObject({
      firing: true,
      since: '2026-11-21T08:10:30.000Z',
      keepFiringSeconds: 300,
    });
    expect(await sender().send()).toEqual({ sent: 1, failed: 0 });
    expect(notified).toEqual([
      {
        recipients: { type: 'entity', entityRef: [team] },
        payload: {
          title: 'The checkout: Availability burns its error budget too fast',
          description:
            'It burns 16.7 times as fast as it may over 1 hour; the limit is 13.4. 82.7 % of the budget is left. At this rate it lasts 1 day 9 hours more. Runbook: Roll back, https://example.org/rollback',
          link: '/ownership/slos/component/default/checkout/availability',
          severity: 'high',
          topic: 'ownership',
          scope: `ownership:slo-alert:${checkout}:availability:page`,
        },
      },
    ]);
    expect(published).toEqual([
      expect.objectContaining({
        type: 'slo.alert.firing',
        previousState: 'quiet',
        eventId: 'slo-alert-1',
        entityRef: checkout,
        slo: 'availability',
        severity: 'page',
        ownerRefs: [team],
        since: '2026-11-21T08:10:30.000Z',
        at: '2026-11-21T08:10:30.000Z',
      }),
    ]);

    // It goes on: nobody is told again, not by another replica either.
    await refresh(0);
    await knex('slos').update({ revision: knex.raw('revision + 1') });
    await replica().evaluate();
    expect(await sender().send()).toEqual({ sent: 0, failed: 0 });

    await refresh(100);
    expect(await page()).toMatchObject({
      firing: true,
      since: '2026-11-21T08:10:30.000Z',
      heldSince: '2026-11-21T08:20:00.000Z',
    });
    // Time alone is no evidence.
    pass(60);
    await slos.evaluate();
    expect((await page()).firing).toBe(true);
    await refresh(100);
    expect((await page()).firing).toBe(false);
    await sender().send();
    await refresh(100);
    await sender().send();
    expect(notified.slice(1)).toEqual([
      {
        recipients: { type: 'entity', entityRef: [team] },
        payload: expect.objectContaining({
          title: 'Resolved: The checkout: Availability',
          description: expect.stringContaining(
            'The alert fired for 16 minutes.',
          ),
          severity: 'low',
          scope: `ownership:slo-alert:${checkout}:availability:page`,
        }),
      },
    ]);
    expect(published.slice(1)).toEqual([
      expect.objectContaining({
        type: 'slo.alert.resolved',
        previousState: 'firing',
        eventId: 'slo-alert-2',
      }),
    ]);
    expect(await knex('slo_alerts')).toEqual([]);
    const { markers } = await slos.history({
      entityRef: checkout,
      slo: 'availability',
    });
    expect(markers).toEqual([
      {
        at: '2026-11-21T08:10:30.000Z',
        kind: 'alert',
        title: 'Page',
        until: '2026-11-21T08:26:30.000Z',
      },
    ]);
  });

  it('does not flap with its input', async () => {
    const { refresh, changes, page } = await setUp(knex);
    for (const good of [0, 0, 100, 0, 100]) {
      await refresh(good);
    }
    expect((await page()).firing).toBe(true);
    expect(await changes()).toEqual(['firing']);
    await refresh(100);
    expect(await changes()).toEqual(['firing', 'resolved']);
  });

  it('goes on firing through missing data, and says that it does not know', async () => {
    const { refresh, changes, page, pass, slos, status } = await setUp(knex);
    await refresh(0);
    await refresh(0);
    pass(2 * HOUR);
    await slos.evaluate();
    expect(await status()).toMatchObject({
      state: 'no-data',
      reason:
        'No data since 2026-11-21 08:10 UTC. An alert was firing; whether it would still is not known.',
    });
    expect(await page()).toMatchObject({
      firing: true,
      since: '2026-11-21T08:10:30.000Z',
      unknownSince: '2026-11-21T08:10:00.000Z',
    });
    pass(DAY);
    await refresh(100);
    expect((await page()).firing).toBe(true);
    await refresh(100);
    expect((await page()).firing).toBe(false);
    expect(await changes()).toEqual(['firing', 'resolved']);
  });

  it('fires for want of data where the policy says so', async () => {
    const { refresh, pass, slos, sender, notified } = await setUp(knex, {
      alerts: [
        {
          severity: 'ticket',
          longSeconds: HOUR,
          shortSeconds: BUCKET,
          factor: 10,
          whenNoData: true,
          unannounced: ['resolved'],
        },
      ],
    });
    await refresh(100);
    pass(2 * HOUR);
    await slos.evaluate();
    await sender().send();
    expect(notified.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({
        title: 'The checkout: Availability has no data',
        severity: 'normal',
      }),
    ]);
    await refresh(100);
    await refresh(100);
    expect(await sender().send()).toEqual({ sent: 1, failed: 0 });
    expect(notified).toHaveLength(1);
  });

  it('fires once when two replicas evaluate and send at once', async () => {
    const { store, pass, replica, sender, changes, notified } = await setUp(
      knex,
    );
    const replicas = [replica(), replica(), replica()];
    for (const good of [0, 0, 0, 100, 100, 100]) {
      pass(BUCKET);
      await store([{ ago: BUCKET, good }]);
      await Promise.all(replicas.map(each => each.evaluate()));
      await Promise.all(replicas.map(() => sender().send()));
    }
    expect(await changes()).toEqual(['firing', 'resolved']);
    expect(notified.map(({ payload }) => payload.severity)).toEqual([
      'high',
      'low',
    ]);
  });

  it('loses nothing and repeats nothing when a replica ends between writing and sending', async () => {
    const { refresh, sender, pass, published, notified, replica } = await setUp(
      knex,
    );
    await refresh(0);
    await refresh(0);
    // This one ends while it waits for an answer that never comes.
    let called = 0;
    const end = new AbortController();
    const asked = new Promise<void>(resolve => {
      void sender({
        send: () => {
          called += 1;
          resolve();
          return new Promise(() => {});
        },
      }).send({ signal: end.signal });
    });
    await asked;
    end.abort();
    expect(await sender().send()).toEqual({ sent: 0, failed: 0 });
    // The next change waits behind the one that is not told yet.
    await refresh(100);
    await refresh(100);
    expect(called).toBe(1);

    pass(120);
    await replica().evaluate();
    await sender().send();
    await sender().send();
    expect(notified.map(({ payload }) => payload.severity)).toEqual([
      'high',
      'low',
    ]);
    expect(new Set(notified.map(({ payload }) => payload.scope)).size).toBe(1);
    expect(published.map(({ eventId }) => eventId)).toEqual([
      'slo-alert-1',
      'slo-alert-2',
    ]);
  });

  it('tries again what could not be sent, and gives up after a day', async () => {
    const { refresh, sender, pass, notified, published } = await setUp(knex);
    await refresh(0);
    await refresh(0);
    const broken = sender({
      send: async () => {
        throw new Error('notifications are down');
      },
    });
    expect(await broken.send()).toEqual({ sent: 0, failed: 1 });
    expect(await broken.send()).toEqual({ sent: 0, failed: 0 });
    pass(60);
    expect(await broken.send()).toEqual({ sent: 0, failed: 1 });
    pass(600);
    expect(await sender().send()).toEqual({ sent: 1, failed: 0 });
    expect(notified).toHaveLength(1);
    expect(published).toHaveLength(1);

    await refresh(100);
    await refresh(100);
    pass(DAY + 1);
    expect(await broken.send()).toEqual({ sent: 0, failed: 1 });
    pass(DAY);
    expect(await sender().send()).toEqual({ sent: 0, failed: 0 });
  });

  it('tells the platform team where no owner is anybody, and nobody where it is switched off', async () => {
    const { refresh, sender, notified, published } = await setUp(knex);
    await knex('component_owners').update({ owner_ref: 'group:default/empty' });
    await refresh(0);
    await refresh(0);
    await sender().send();
    expect(notified[0].recipients).toEqual({
      type: 'entity',
      entityRef: [platformTeam],
    });
    // Who owns it by now was not told that it fires.
    await knex('component_owners').update({ owner_ref: team });
    await refresh(100);
    await refresh(100);
    await sender().send();
    expect(notified[1].recipients).toEqual({
      type: 'entity',
      entityRef: [platformTeam],
    });

    await refresh(0);
    await refresh(0);
    await sender({ severities: ['ticket'] }).send();
    await refresh(100);
    await refresh(100);
    await sender({ enabled: false }).send();
    expect(notified).toHaveLength(2);
    expect(published.map(({ type }) => type)).toEqual([
      'slo.alert.firing',
      'slo.alert.resolved',
      'slo.alert.firing',
      'slo.alert.resolved',
    ]);
  });

  it('resolves the alert of an SLO that nothing defines any more', async () => {
    const { refresh, slos, sender, notified } = await setUp(knex);
    await refresh(0);
    await refresh(0);
    await sender().send();
    await slos.syncDefinitions({ definitionsByEntity: new Map() });
    await sender().send();
    expect(notified[1].payload.description).toMatch(/not defined any more/);
    expect(await knex('slo_alerts')).toEqual([]);
  });

  it('keeps since when the error-budget policy asks for something', async () => {
    const { refresh, slos, status, pass } = await setUp(knex, {
      errorBudgetPolicy: [
        { when: { remainingBelow: 0.99 }, action: 'review' },
        {
          when: { remainingBelow: 0 },
          action: 'freeze',
          description: 'Only fixes ship.',
        },
      ],
    });
    expect((await status()).policyActions).toBeUndefined();
    await refresh(0);
    const review = {
      action: 'review',
      remainingBelow: 0.99,
      since: '2026-11-21T08:05:30.000Z',
    };
    await refresh(100);
    expect((await status()).policyActions).toEqual([review]);
    pass(2 * HOUR);
    await slos.evaluate();
    expect((await status()).policyActions).toEqual([review]);
    await slos.syncDefinitions({ definitionsByEntity: new Map() });
    expect(await knex('slo_budget_crossings')).toEqual([]);
  });
});
