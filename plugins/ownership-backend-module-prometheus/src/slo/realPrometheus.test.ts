import { evaluateSlo } from '@service-ownership/backstage-plugin-ownership-common';
import { readAll } from '../__testUtils__/readAll';
import { hasPrometheus, RealPrometheus } from '../__testUtils__/RealPrometheus';
import { sloDefinition } from '../__testUtils__/sloDefinition';
import { PrometheusSource } from './PrometheusSource';

jest.setTimeout(180_000);

const present = hasPrometheus();
if (!present) {
  // eslint-disable-next-line no-console -- a skip is to be seen
  console.warn(
    'SKIPPED: nothing is compared with a real Prometheus, for prometheus and promtool are not installed here',
  );
}

const DAY = 86_400;
const SCRAPE = 60;
// Whole hours, so that the stretches of hours and of 5 minutes meet.
const END = Math.floor(Date.now() / 3_600_000) * 3600 - 7200;
const START = END - 7 * DAY;
const SPLIT = END - 2 * DAY;

/**
 * Seven days and a little more of three jobs: an error burst in `api`, a
 * counter reset in `web`, and `quiet`, which was never asked for anything.
 */
function history(): string {
  const lines = ['# TYPE requests counter'];
  const series = [
    { job: 'api', code: '200', by: () => 37 },
    {
      job: 'api',
      code: '500',
      by: (t: number) => (t > END - DAY && t < END - DAY + 5400 ? 11 : 0.1),
    },
    { job: 'web', code: '200', by: (t: number) => 20 + (t % 7200) / 360 },
    { job: 'web', code: '500', by: () => 0.03 },
    { job: 'quiet', code: '200', by: () => 0 },
  ];
  for (const { job, code, by } of series) {
    let count = 1000;
    for (let t = START - 7200; t <= END; t += SCRAPE) {
      // A restart in the middle of the third day.
      count = t === START + 2.5 * DAY ? 0 : count + by(t);
      lines.push(`requests_total{job="${job}",code="${code}"} ${count} ${t}`);
    }
  }
  lines.push('# TYPE latency gauge');
  for (let t = START - 7200; t <= END; t += SCRAPE) {
    const slow = t > END - 3 * DAY && t <= END - 3 * DAY + 3600;
    lines.push(`latency{job="api"} ${slow ? 0.9 : 0.2} ${t}`);
  }
  lines.push('# TYPE up gauge');
  for (let t = START - 7200; t <= END; t += SCRAPE) {
    const down = t > END - 3600 && t <= END - 1800;
    lines.push(`up{job="api"} ${down ? 0 : 1} ${t}`);
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

const ratio = (job: string) => ({
  bad: `sum(rate(requests_total{job="${job}",code=~"5.."}[5m]))`,
  total: `sum(rate(requests_total{job="${job}"}[5m]))`,
});
const definitions = [
  sloDefinition('api', ratio('api')),
  sloDefinition('web', ratio('web')),
  sloDefinition('quiet', ratio('quiet')),
  sloDefinition('nobody', ratio('nobody')),
  sloDefinition('counters', {
    good: 'requests_total{job="api",code!~"5.."}',
    total: 'sum(requests_total{job="api"}) # all of them',
  }),
  sloDefinition('sloth', {
    bad: 'sum(rate(requests_total{job="web",code="500"}[{{.window}}]))',
    total: 'sum(rate(requests_total{job="web"}[{{.window}}]))',
  }),
  sloDefinition('apart', {
    good: 'sum(requests_total{job="api"}) - sum(requests_total{job="api",code="500"})',
    total: 'sum(increase(requests_total{job="api"}[1h]))',
  }),
  sloDefinition('ratio', {
    raw: {
      query:
        'sum(rate(requests_total{job="api",code="500"}[5m])) / sum(rate(requests_total{job="api"}[5m]))',
      type: 'failure',
    },
  }),
  sloDefinition('idle', {
    raw: {
      query:
        'sum(rate(requests_total{job="quiet"}[5m])) / sum(rate(requests_total{job="quiet"}[5m]))',
      type: 'success',
    },
  }),
  sloDefinition('latency', {
    threshold: { query: 'latency{job="api"}', op: 'lte', value: 0.5 },
  }),
  sloDefinition('up', { raw: { query: 'up{job="api"}', type: 'success' } }),
  sloDefinition('refused', {
    bad: 'requests_total{code="500"} + on (job) group_left () vector("x")',
    total: 'sum(rate(requests_total[5m]))',
  }),
];

(present ? describe : describe.skip)('a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let source: PrometheusSource;

  beforeAll(async () => {
    prometheus = await RealPrometheus.create({ history: history() });
    await prometheus.start();
    source = new PrometheusSource({
      servers: [
        {
          name: 'main',
          url: prometheus.url,
          isDefault: true,
          headers: {},
          timeoutMs: 30_000,
          discovers: true,
        },
      ],
    });
  });

  afterAll(() => prometheus?.remove());

  async function statuses() {
    const hours = await readAll(source, definitions, {
      from: START,
      to: SPLIT,
      seconds: 3600,
    });
    const fine = await readAll(source, definitions, { from: SPLIT, to: END });
    return Object.fromEntries(
      definitions.map(definition => {
        const { name } = definition;
        return [
          name,
          {
            error: hours[name].error ?? fine[name].error,
            ...evaluateSlo({
              definition,
              buckets: [...hours[name].buckets, ...fine[name].buckets],
              entityRef: 'component:default/checkout',
              now: new Date(END * 1000),
            }),
          },
        ];
      }),
    );
  }

  it('computes the budgets it computes itself, within 0.1 %', async () => {
    const status = await statuses();
    const errors = async (job: string) =>
      prometheus.ask(
        `sum(increase(requests_total{job="${job}",code="500"}[7d])) / sum(increase(requests_total{job="${job}"}[7d]))`,
        END,
      );
    const api = 1 - (await errors('api')) / 0.01;
    const web = 1 - (await errors('web')) / 0.01;
    const near = (value: number) => ({
      budget: { remaining: expect.closeTo(value, 3) },
      coverage: 1,
    });
    expect(api).toBeLessThan(0.5);
    expect(status.api).toMatchObject(near(api));
    expect(status.counters).toMatchObject(near(api));
    expect(status.apart).toMatchObject(near(api));
    expect(status.web).toMatchObject(near(web));
    expect(status.sloth).toMatchObject(near(web));
    for (const name of ['api', 'web']) {
      const total = await prometheus.ask(
        `sum(increase(requests_total{job="${name}"}[7d]))`,
        END,
      );
      expect(status[name].total! / total).toBeCloseTo(1, 3);
    }
    // Burn rates are sums over the same buckets.
    const hour = await prometheus.ask(
      `sum(increase(requests_total{job="web",code="500"}[1h])) / sum(increase(requests_total{job="web"}[1h])) / 0.01`,
      END,
    );
    expect(
      status.web.burnRates.find(({ windowSeconds }) => windowSeconds === 3600)
        ?.burnRate,
    ).toBeCloseTo(hour, 3);

    expect(status.quiet.state).toBe('no-traffic');
    expect(status.idle.state).toBe('no-traffic');
    expect(status.nobody.state).toBe('no-data');
    expect(status.latency.sli).toBeCloseTo(1 - 12 / (7 * 288), 6);
    expect(status.up.sli).toBeCloseTo(
      await prometheus.ask('avg_over_time(up[7d])', END),
      3,
    );
    expect(status.ratio.sli).toBeCloseTo(
      await prometheus.ask(
        '1 - avg_over_time((sum(rate(requests_total{job="api",code="500"}[5m])) / sum(rate(requests_total{job="api"}[5m])))[7d:5m])',
        END,
      ),
      3,
    );
    expect(status.refused.error).toMatch(/refuses the query|cannot be asked/);
  });

  it('says that it is gone, and goes on when it is back', async () => {
    const stretch = { from: END - 1200, to: END };
    await prometheus.stop();
    const gone = await readAll(source, definitions.slice(0, 2), stretch);
    expect(gone).toEqual({
      api: {
        buckets: [],
        error: 'Prometheus server main: it cannot be reached: ECONNREFUSED',
      },
      web: gone.api,
    });
    await prometheus.start();
    const back = await readAll(source, definitions.slice(0, 2), stretch);
    expect(back.api.error).toBeUndefined();
    expect(back.api.buckets).toHaveLength(4);
    expect(back.web.readTo).toBe(END);
  });
});
