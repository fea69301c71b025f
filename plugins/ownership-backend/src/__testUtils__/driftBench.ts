import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  configureRules,
  driftRules,
  findingMay,
  tierRequirements,
  type AcknowledgementRequest,
  type WaiverRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { DigestSchedule } from '../drift/digest/DigestSchedule';
import { DigestSender } from '../drift/digest/DigestSender';
import { readDriftConfig } from '../drift/DriftConfig';
import { OwnershipEvents } from '../events/OwnershipEvents';
import type { Visibility } from '../api/Visibility';
import { AuthorizedFindingService } from '../drift/findings/AuthorizedFindingService';
import { DefaultFindingService } from '../drift/findings/DefaultFindingService';
import type { FindingChange } from '../drift/findings/FindingChange';
import { FindingLifeCycle } from '../drift/findings/FindingLifeCycle';
import { FindingNotifier } from '../drift/findings/FindingNotifier';
import { WaiverPolicy } from '../drift/findings/WaiverPolicy';
import { RuleCatalogue } from '../drift/RuleCatalogue';
import { DriftScan, type DriftScanOptions } from '../drift/scan/DriftScan';
import { ScanRunner } from '../drift/scan/ScanRunner';
import type { ScanConsumer } from '../drift/ScanConsumer';

/** An entity of a test with its `ownedBy` relation. */
export function catalogEntity(
  kind: string,
  name: string,
  spec: NonNullable<Entity['spec']> = {},
  metadata: Partial<Entity['metadata']> = {},
): Entity {
  const owner = spec.owner;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
    relations:
      typeof owner === 'string'
        ? [
            {
              type: 'ownedBy',
              targetRef: owner.includes(':') ? owner : `group:default/${owner}`,
            },
          ]
        : [],
  };
}

/** A group and the users in it. */
export function team(name: string, members: string[], parent?: string) {
  return [
    catalogEntity('Group', name, {
      type: 'team',
      children: [],
      ...(parent ? { parent } : {}),
    }),
    ...members.map(member =>
      catalogEntity('User', member, { memberOf: [name], profile: {} }),
    ),
  ];
}

/**
 * A drift scan over a catalog in memory with a clock to turn; the rules are
 * the real ones.
 */
export function driftBench(options: {
  knex: Knex;
  config?: object;
  scan?: Partial<DriftScanOptions>;
}) {
  const { knex } = options;
  const bench = {
    now: new Date('2026-11-21T08:00:00.000Z'),
    entities: [] as Entity[],
    /** Called for every page the catalog gives. */
    onPage: async () => {},
  };
  const clock = () => bench.now;
  const catalog = catalogServiceMock.mock({
    getEntityFacets: request =>
      catalogServiceMock({ entities: bench.entities }).getEntityFacets(request),
    getEntitiesByRefs: request =>
      catalogServiceMock({ entities: bench.entities }).getEntitiesByRefs(
        request,
      ),
    getEntityByRef: (ref, request) =>
      catalogServiceMock({ entities: bench.entities }).getEntityByRef(
        ref,
        request,
      ),
    refreshEntity: async () => {},
    async *streamEntities(request) {
      const inner = catalogServiceMock({ entities: bench.entities });
      for await (const page of inner.streamEntities(request)) {
        await bench.onPage();
        yield page;
      }
    },
  });
  const config = readDriftConfig(
    new ConfigReader({
      ownership: { platformTeam: 'group:default/platform', ...options.config },
    }),
  );
  const published: Array<Record<string, unknown>> = [];
  const events = new OwnershipEvents({
    events: mockServices.events.mock({
      publish: async ({ eventPayload }) => {
        published.push(eventPayload as Record<string, unknown>);
      },
    }),
    logger: mockServices.logger.mock(),
  });
  const notifications = {
    send: jest.fn(async (_message: NotificationSendOptions) => {}),
  };
  const consumer: jest.Mocked<ScanConsumer> = {
    accept: jest.fn(async (_batch, _scan) => {}),
    finish: jest.fn(async _scan => {}),
  };
  const rules = configureRules({ rules: driftRules, settings: config.rules });
  const logger = mockServices.logger.mock();
  const newRunner = (runs: { offerMs?: number; endMs?: number } = {}) =>
    new ScanRunner({
      ...runs,
      database: knex,
      logger,
      now: clock,
      deadAfterMs: config.deadAfterMs,
      scan: new DriftScan({
        database: knex,
        catalog,
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        config,
        rules,
        events,
        digests: new DigestSender({
          notifications: config.notify ? notifications : undefined,
          schedule: new DigestSchedule({
            database: knex,
            catalog,
            auth: mockServices.auth(),
            logger: mockServices.logger.mock(),
            byDefault: config.digest,
            now: clock,
          }),
          logger: mockServices.logger.mock(),
          platformTeam: config.platformTeam,
        }),
        newConsumers: () => [consumer],
        latestAttestations: async () => new Map(),
        sloStatuses: async () => new Map(),
        requirements: tier => tierRequirements({ tier }),
        now: clock,
        ...options.scan,
      }),
    });
  const catalogue = new RuleCatalogue({ rules });
  const findings = new DefaultFindingService({
    database: knex,
    rules: catalogue,
    now: clock,
  });
  const policy = new WaiverPolicy(config.waiverApproval);
  const lifeCycle = new FindingLifeCycle({
    database: knex,
    events,
    notifier: new FindingNotifier({
      database: knex,
      notifications: config.notify ? notifications : undefined,
      logger: mockServices.logger.mock(),
      policy,
    }),
    maxWaiverMs: config.maxWaiverMs,
    now: clock,
  });
  const runner = newRunner();
  const handle = async (
    { id, by }: { id: string; by: string },
    change: FindingChange,
  ) => {
    const [{ error }] = await lifeCycle.change({
      ids: [id],
      change,
      by,
      may: finding =>
        findingMay({
          finding,
          granted: true,
          approval: { needed: false, isApprover: false },
          caller: by,
        }),
    });
    if (error) {
      throw error;
    }
    return findings.get(id);
  };

  return Object.assign(bench, {
    catalog,
    /** Of those who run scans. */
    logger,
    published,
    notifications,
    consumer,
    findings: Object.assign(findings, {
      /** As somebody who may. */
      waive: (change: { id: string; request: WaiverRequest; by: string }) =>
        handle(change, { action: 'waive', ...change.request }),
      acknowledge: ({
        request: { snoozeUntil, comment },
        ...change
      }: {
        id: string;
        request: AcknowledgementRequest;
        by: string;
      }) =>
        handle(
          change,
          snoozeUntil
            ? { action: 'snooze', snoozeUntil, comment }
            : { action: 'acknowledge', comment },
        ),
    }),
    lifeCycle,
    /** Findings as a caller with this policy may see and change them. */
    authorized: (visibility: Visibility, userInfo = mockServices.userInfo()) =>
      new AuthorizedFindingService({
        findings,
        lifeCycle,
        policy,
        userInfo,
        visibility,
      }),
    catalogue,
    runner,
    /** A second replica on the same database. */
    newRunner,
    clock,
    credentials: mockCredentials.service(),
    /** Turns the clock, scans, and gives the scan as it ended. */
    async scanAfter(minutes: number) {
      bench.now = new Date(bench.now.getTime() + minutes * 60_000);
      published.length = 0;
      notifications.send.mockClear();
      catalog.refreshEntity.mockClear();
      consumer.accept.mockClear();
      consumer.finish.mockClear();
      await runner.run();
      const { items } = await runner.list({ limit: 1 });
      return items[0];
    },
    /** All findings that stand, as `rule entity`. */
    async standing() {
      const { items } = await findings.list({
        query: {
          findingState: ['open', 'acknowledged', 'snoozed', 'waived'],
          orderBy: 'ruleId',
          limit: 500,
        },
        visible: 'all',
      });
      return items;
    },
  });
}
