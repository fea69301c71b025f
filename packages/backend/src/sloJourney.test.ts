import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModuleOwnership from '@service-ownership/backstage-plugin-catalog-backend-module-ownership';
import ownershipPlugin from '@service-ownership/backstage-plugin-ownership-backend';
import ownershipModulePrometheus from '@service-ownership/backstage-plugin-ownership-backend-module-prometheus';
import request from 'supertest';
import { hasPrometheus, ObservedShop } from './__testUtils__/ObservedShop';

jest.setTimeout(180_000);

const present = hasPrometheus();
if (!present) {
  // eslint-disable-next-line no-console -- a skip is to be seen
  console.warn(
    'SKIPPED: the way from a real Prometheus to the SLO pages is not tested, for prometheus and promtool are not installed here',
  );
}

const BUCKET = 300;

/** Stops the clock of the portal, and nothing but the clock. */
function holdClock() {
  jest.useFakeTimers({
    doNotFake: [
      'clearImmediate',
      'clearInterval',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'setInterval',
      'setTimeout',
    ],
  });
}

const bad = 'sum(rate(http_requests_total{job="shop",code=~"5.."}[5m]))';
const total = 'sum(rate(http_requests_total{job="shop"}[5m]))';

/** The component, its team, and an OpenSLO file as its author wrote it. */
const CATALOG = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: shop-team }
spec: { type: team, children: [], members: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: shop-team }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: shop-written, displayName: Written as OpenSLO }
spec:
  service: shop
  indicator:
    metadata: { name: shop-requests }
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: Prometheus
            spec: { query: 'http_requests_total{job="shop",code!~"5.."}' }
        total:
          metricSource:
            type: Prometheus
            spec: { query: 'http_requests_total{job="shop"}' }
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`;

/** What Sloth generates of an SLO of 99 % over 7 days, as far as it is read. */
function slothRules(): string {
  const labels = {
    sloth_id: 'shop-recorded',
    sloth_service: 'shop',
    sloth_slo: 'shop-recorded',
  };
  const rule = (record: string, expr: string, more = {}) => ({
    record,
    expr,
    labels: { ...labels, ...more },
  });
  return JSON.stringify({
    groups: [
      {
        name: 'sloth-slo-sli-recordings-shop-recorded',
        rules: [
          rule('slo:sli_error:ratio_rate5m', `(${bad})\n/\n(${total})\n`, {
            sloth_window: '5m',
          }),
        ],
      },
      {
        name: 'sloth-slo-meta-recordings-shop-recorded',
        rules: [
          rule('slo:objective:ratio', 'vector(0.99)'),
          rule('slo:error_budget:ratio', 'vector(1-0.99)'),
          rule('slo:time_period:days', 'vector(7)'),
          rule('sloth_slo_info', 'vector(1)', { sloth_version: 'v0.11.0' }),
        ],
      },
    ],
  });
}

(present ? describe : describe.skip)('SLOs of a real Prometheus', () => {
  let shop: ObservedShop;
  let directory: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const tasks = new Map<string, SchedulerServiceTaskInvocationDefinition>();
  const run = (id: string) => tasks.get(id)!.fn(new AbortController().signal);
  /** Moves the clock of the portal; that of Prometheus goes on as it does. */
  const moveTo = (seconds: number) => jest.setSystemTime(seconds * 1000);
  const clock = () => Date.now() / 1000;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ownership-journey-'));
    const catalogFile = join(directory, 'catalog-info.yaml');
    await writeFile(catalogFile, CATALOG);
    shop = await ObservedShop.start({ rules: slothRules() });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleOwnership,
        ownershipPlugin,
        ownershipModulePrometheus,
        mockServices.scheduler.mock({
          async scheduleTask(task) {
            tasks.set(task.id, task);
          },
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            catalog: {
              rules: [{ allow: ['Component', 'Group', 'SLO'] }],
              locations: [{ type: 'file', target: catalogFile }],
            },
            ownership: {
              prometheus: {
                servers: [{ name: 'main', url: shop.url, default: true }],
              },
            },
          },
        }),
      ],
    });
    for (;;) {
      const { body } = await request(backend.server)
        .get('/api/catalog/entities')
        .query({ filter: 'kind=SLO', fields: 'metadata.name' });
      if (body.length === 1) {
        break;
      }
    }
    await run('ownership-drift-scan');
    await run('sli-discovery');
    holdClock();
  });

  afterAll(async () => {
    jest.useRealTimers();
    await backend?.stop();
    await shop?.remove();
    await rm(directory, { recursive: true, force: true });
  });

  async function statuses() {
    const { body } = await request(backend.server)
      .get('/api/ownership/slos')
      .expect(200);
    const by = (slo: string) =>
      body.items.find((item: { slo: string }) => item.slo === slo);
    return [by('shop-written'), by('shop-recorded')];
  }

  it('are right, fire on a burst, and turn to no data when the exporter is killed', async () => {
    const remaining = async (end: number) => {
      const errors = await shop.ask(
        'sum(increase(http_requests_total{code="500"}[7d])) / sum(increase(http_requests_total[7d]))',
        end,
      );
      return 1 - errors! / 0.01;
    };
    const detail = await request(backend.server)
      .get('/api/ownership/slos/component/default/shop/shop-recorded')
      .expect(200);
    expect(detail.body.origin.path).toBe(
      'Sloth, discovered at Prometheus server main',
    );
    expect(detail.body.warnings).toEqual([]);

    // What Prometheus itself computes, of the written and of the recorded one.
    await run('sli-collection');
    const end = Math.floor(clock() / BUCKET) * BUCKET;
    const budget = await remaining(end);
    expect(budget).toBeGreaterThan(0.2);
    expect(budget).toBeLessThan(0.9);
    for (const status of await statuses()) {
      expect(status).toMatchObject({
        entityRef: 'component:default/shop',
        state: 'met',
        coverage: 1,
        lastDataAt: new Date(end * 1000).toISOString(),
        budget: { remaining: expect.closeTo(budget, 3) },
      });
      expect(
        status.alerts.some(({ firing }: { firing: boolean }) => firing),
      ).toBe(false);
    }

    // A burst is seen once the 5 minutes it is in are over.
    jest.useRealTimers();
    await shop.serve({ good: 1000, bad: 30_000 });
    const burstEnd = Math.ceil(clock() / BUCKET) * BUCKET;
    holdClock();
    moveTo(burstEnd + 20);
    await run('sli-collection');
    for (const status of await statuses()) {
      expect(status).toMatchObject({
        state: 'breached',
        lastDataAt: new Date(burstEnd * 1000).toISOString(),
        alerts: expect.arrayContaining([
          expect.objectContaining({ severity: 'page', firing: true }),
        ]),
      });
    }

    jest.useRealTimers();
    await shop.killExporter();
    holdClock();
    moveTo(burstEnd + 3600);
    await run('sli-collection');
    for (const status of await statuses()) {
      expect(status).toMatchObject({
        state: 'no-data',
        lastDataAt: new Date(burstEnd * 1000).toISOString(),
        reason: expect.stringContaining('has no data for the queries'),
      });
      // Whatever is still shown of the burst, it is not 100 %.
      expect(status.sli ?? 0).toBeLessThan(0.99);
    }
  });
});
