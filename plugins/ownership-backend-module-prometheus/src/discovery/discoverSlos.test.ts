import { FakePrometheus, json } from '../__testUtils__/FakePrometheus';
import { PrometheusSource } from '../slo/PrometheusSource';

type Labels = Record<string, string>;

const signal = new AbortController().signal;

function setUp(change: Partial<FakePrometheus['config']> = {}) {
  const prometheus = new FakePrometheus();
  const source = new PrometheusSource({
    servers: [{ ...prometheus.config, ...change }],
    componentLabels: ['component', 'sloth_service'],
    world: prometheus.world,
  });
  const recorded: Array<[string, Labels, number]> = [];
  const rules: Array<{ name: string; query: string; labels: Labels }> = [];
  const paths: string[] = [];
  let rulesAnswer = () =>
    json({ status: 'success', data: { groups: [{ rules }] } });
  prometheus.intercept = ({ url, query }) => {
    const { pathname, searchParams } = new URL(url);
    paths.push(pathname);
    if (pathname.endsWith('/rules')) {
      expect(searchParams.get('type')).toBe('record');
      return rulesAnswer();
    }
    const sloth = query.includes('slo:objective');
    return json({
      status: 'success',
      data: {
        resultType: 'vector',
        result: recorded
          .filter(([name]) => name.startsWith('slo:') === sloth)
          .map(([name, labels, value]) => ({
            metric: { __name__: name, ...labels },
            value: [1, String(value)],
          })),
      },
    });
  };
  return {
    prometheus,
    recorded,
    rules,
    paths,
    answerRules: (answer: () => Response) => {
      rulesAnswer = answer;
    },
    discover: async () => (await source.discover({ signal }))[0],
    addSloth(slo: string, expression: string, more: Labels = {}) {
      const labels = {
        sloth_id: `checkout-${slo}`,
        sloth_service: 'checkout',
        sloth_slo: slo,
        ...more,
      };
      recorded.push(
        ['slo:objective:ratio', labels, 0.999],
        ['slo:time_period:days', labels, 28],
      );
      rules.push({
        name: 'slo:sli_error:ratio_rate5m',
        query: expression,
        labels: { ...labels, sloth_window: '5m' },
      });
    },
    addPyrra(slo: string, expression: string, more: Labels = {}) {
      recorded.push(
        ['pyrra_objective', { slo, ...more }, 0.99],
        ['pyrra_window', { slo, ...more }, 14 * 86_400],
        ['http_requests:burnrate30m', { slo, ...more }, 0],
        ['http_requests:burnrate5m', { slo, ...more }, 0],
      );
      rules.push({
        name: 'http_requests:burnrate5m',
        query: expression,
        labels: { slo, ...more },
      });
    },
  };
}

describe('discovered SLOs', () => {
  it('count the events behind the ratios of Sloth and Pyrra', async () => {
    const { discover, addSloth, addPyrra, paths } = setUp();
    addSloth(
      'requests',
      '(sum(rate(http_requests_total{code=~"5.."}[5m]))) / (sum(rate(http_requests_total[5m])))',
      { component: 'shop', owner: 'a-team' },
    );
    addPyrra(
      'latency of carts',
      '(sum(rate(d_count{job="carts"}[5m])) - sum(rate(d_bucket{job="carts",le="1"}[5m]))) / sum(rate(d_count{job="carts"}[5m]))',
    );
    const found = await discover();
    expect(found).toMatchObject({ server: 'main', problems: [] });
    expect('slos' in found && found.slos).toEqual([
      {
        definition: {
          name: 'latency-of-carts',
          title: 'latency of carts',
          objective: 0.99,
          budgetingMethod: 'Occurrences',
          window: {
            type: 'rolling',
            duration: '14d',
            durationSeconds: 14 * 86_400,
          },
          noDataSlices: 'ignore',
          indicator: {
            bad: 'sum(rate(d_count{job="carts"}[5m])) - sum(rate(d_bucket{job="carts",le="1"}[5m]))',
            total: 'sum(rate(d_count{job="carts"}[5m]))',
            dataSource: 'main',
            type: 'Prometheus',
          },
          warnings: [],
        },
        place: 'Pyrra, discovered at Prometheus server main',
        labels: { slo: 'latency of carts' },
      },
      expect.objectContaining({
        definition: expect.objectContaining({
          name: 'requests',
          objective: 0.999,
          window: {
            type: 'rolling',
            duration: '28d',
            durationSeconds: 28 * 86_400,
          },
          indicator: {
            bad: 'sum(rate(http_requests_total{code=~"5.."}[5m]))',
            total: 'sum(rate(http_requests_total[5m]))',
            dataSource: 'main',
            type: 'Prometheus',
          },
        }),
        component: 'shop',
        labels: expect.objectContaining({
          sloth_service: 'checkout',
          owner: 'a-team',
        }),
      }),
    ]);
    expect(paths).toHaveLength(3);
  });

  it.each([
    ['up{job="a"} / 100'],
    ['avg_over_time(bad_ratio[5m])'],
    ['rate(a[5m]) / on (job) group_left () rate(b[5m])'],
    ['max(a) / sum(rate(b[5m]))'],
    ['not promql ('],
  ])('take the ratio, weighted by time, where the rule is %s', async rule => {
    const { discover, addSloth } = setUp();
    addSloth('requests', rule);
    expect(await discover()).toMatchObject({
      slos: [
        {
          definition: {
            indicator: {
              raw: {
                query:
                  'slo:sli_error:ratio_rate5m{sloth_id="checkout-requests"}',
                type: 'failure',
              },
            },
            warnings: [expect.stringContaining('Time-weighted')],
          },
          component: 'checkout',
        },
      ],
    });
  });

  it('are weighted by time where a server knows of no rules, and left as they are where it fails', async () => {
    const { discover, addPyrra, answerRules } = setUp();
    addPyrra('a"b', 'sum(rate(x[5m])) / sum(rate(y[5m]))');
    answerRules(() => new Response('not found', { status: 404 }));
    expect(await discover()).toMatchObject({
      slos: [
        {
          definition: {
            name: 'a-b',
            indicator: {
              raw: { query: 'http_requests:burnrate5m{slo="a\\"b"}' },
            },
            warnings: [
              expect.stringContaining('does not tell the rule behind'),
            ],
          },
        },
      ],
    });
    answerRules(() => new Response('busy', { status: 503 }));
    expect(await discover()).toEqual({
      server: 'main',
      error: 'Prometheus server main: it answered 503',
    });
    answerRules(() =>
      json({
        status: 'success',
        data: { groups: [] },
        warnings: ['a ruler is down'],
      }),
    );
    expect(await discover()).toMatchObject({
      error: expect.stringContaining('only a part of the rules answered'),
    });
  });

  it('say why one is none, and touch no other', async () => {
    const { discover, recorded, addSloth } = setUp();
    addSloth('good', 'sum(rate(x[5m])) / sum(rate(y[5m]))');
    recorded.push(
      ['slo:objective:ratio', { sloth_id: 'full', sloth_slo: 'full' }, 1],
      ['slo:objective:ratio', { sloth_id: 'nan', sloth_slo: 'nan' }, NaN],
      ['slo:objective:ratio', { sloth_id: '!', sloth_slo: '!' }, 0.9],
      ['slo:objective:ratio', { sloth_id: 'year', sloth_slo: 'y' }, 0.9],
      ['slo:time_period:days', { sloth_id: 'year' }, 3650],
    );
    expect(await discover()).toMatchObject({
      slos: [{ definition: { name: 'good' } }],
      problems: [
        'Sloth SLO !: its name has neither letters nor digits',
        'Sloth SLO full: its objective must be above 0 and below 1, it is 1',
        'Sloth SLO nan: its objective must be above 0 and below 1, it is NaN',
        expect.stringContaining('its window must be from 1 to 366 days'),
      ],
    });
  });

  it('are not looked for where the server says so', async () => {
    const { discover, prometheus } = setUp({ discovers: false });
    expect(await discover()).toBeUndefined();
    expect(prometheus.calls).toEqual([]);
  });
});
