import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { parse } from 'yaml';
import { findSloObject } from './findSloObject';
import { readSlos } from './readSlos';
import { sloSubject } from './sloSubject';

const entityRef = 'component:default/checkout';

function read(yaml: string, entities: Entity[] = []) {
  return readSlos({
    contract: { slos: parse(yaml) },
    entityRef,
    sloEntities: entities,
  });
}

function entity(yaml: string): Entity {
  return parse(yaml);
}

const good = `
- name: availability
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.999 }]
`;

describe('readSlos', () => {
  it('reads a whole OpenSLO document', () => {
    const { slos, problems } = read(`
- apiVersion: openslo/v1
  kind: SLO
  metadata: { name: checkout-availability, displayName: Checkout answers }
  spec:
    description: Orders are accepted.
    service: checkout
    indicator:
      spec:
        ratioMetric:
          counter: true
          good:
            metricSource:
              metricSourceRef: prom-eu
              type: Prometheus
              spec: { query: 'sum(rate(http_requests_total{code!~"5.."}[5m]))' }
          total:
            metricSource:
              metricSourceRef: prom-eu
              type: Prometheus
              spec: { promql: 'sum(rate(http_requests_total[5m]))' }
    timeWindow: [{ duration: 4w, isRolling: true }]
    budgetingMethod: Occurrences
    objectives: [{ targetPercent: 99.95 }]
    alertPolicies:
      - kind: AlertPolicy
        metadata: { name: fast }
        spec:
          conditions:
            - kind: AlertCondition
              metadata: { name: fast-burn }
              spec:
                severity: page
                condition:
                  kind: burnrate
                  op: gt
                  threshold: 10
                  lookbackWindow: 2h
                  alertAfter: 5m
`);
    expect(problems).toEqual([]);
    expect(slos).toEqual([
      {
        name: 'checkout-availability',
        title: 'Checkout answers',
        description: 'Orders are accepted.',
        objective: 0.9995,
        budgetingMethod: 'Occurrences',
        window: {
          type: 'rolling',
          duration: '4w',
          durationSeconds: 28 * 86_400,
        },
        noDataSlices: 'ignore',
        alerts: [
          {
            severity: 'page',
            longSeconds: 7200,
            shortSeconds: 600,
            factor: 10,
            afterSeconds: 300,
            name: 'fast',
          },
        ],
        indicator: {
          good: 'sum(rate(http_requests_total{code!~"5.."}[5m]))',
          total: 'sum(rate(http_requests_total[5m]))',
          counter: true,
          dataSource: 'prom-eu',
          type: 'Prometheus',
        },
        origin: { entityRef, path: 'slos[0].spec.objectives[0]' },
        warnings: [],
      },
    ]);
  });

  it('reads calendar windows, slices and thresholds', () => {
    const { slos, problems } = read(`
- name: freshness
  indicator:
    spec:
      thresholdMetric:
        metricSource: { spec: { expr: max(lag_seconds) } }
  timeWindow:
    - duration: 1M
      calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin }
  budgetingMethod: Timeslices
  objectives:
    - { op: lte, value: 60, target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 10m }
`);
    expect(problems).toEqual([]);
    expect(slos[0]).toMatchObject({
      budgetingMethod: 'Timeslices',
      timeSliceTarget: 0.95,
      timeSliceSeconds: 600,
      window: {
        type: 'calendar',
        duration: '1M',
        unit: 'month',
        count: 1,
        startTime: '2026-01-01T00:00:00',
        timeZone: 'Europe/Berlin',
      },
      indicator: {
        threshold: { query: 'max(lag_seconds)', op: 'lte', value: 60 },
      },
    });
  });

  it('makes a definition of every objective, with a name of its own', () => {
    const { slos, problems } = read(`
- name: latency
  title: Latency
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
    - { displayName: Fast (p95), target: 0.95 }
    - { targetPercent: 99.9 }
    - { displayName: fast p95, target: 0.9 }
    - { target: 1 }
`);
    expect(
      slos.map(({ name, title, objective }) => [name, title, objective]),
    ).toEqual([
      ['latency-fast-p95', 'Latency: Fast (p95)', 0.95],
      ['latency-99.9', 'Latency', 0.999],
    ]);
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'slos[0].objectives[2]',
      'slos[0].objectives[3].target',
    ]);
  });

  it('follows refs to SLO, SLI and alert entities and takes those that name the component', () => {
    const latency = entity(`
apiVersion: openslo/v1
kind: SLO
metadata: { name: checkout-latency, namespace: default }
spec:
  service: checkout
  indicatorRef: latency-under-300ms
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.95 }]
  alertPolicies: [fast, { alertPolicyRef: nowhere }]
`);
    const other = entity(`
apiVersion: openslo/v1
kind: SLO
metadata:
  name: pay-by-annotation
  annotations: { service-ownership.io/subject: Component:default/Checkout }
spec:
  service: somewhere-else
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.9 }]
`);
    const foreign = entity(`
apiVersion: openslo/v1
kind: SLO
metadata: { name: ledger }
spec: { service: ledger, objectives: [{ target: 7 }] }
`);
    const sli = entity(`
apiVersion: openslo/v1
kind: SLI
metadata: { name: latency-under-300ms }
spec:
  ratioMetric:
    op: lt
    good: { metricSource: { spec: { query: good } } }
    total: { metricSource: { spec: { query: total } } }
`);
    const policy = entity(`
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: fast }
spec:
  conditions:
    - kind: AlertCondition
      spec: { severity: low, condition: { op: lt, threshold: 2, lookbackWindow: 1h } }
`);
    const { slos, problems } = read(
      '[{ ref: checkout-latency }, { ref: typo }]',
      [latency, other, foreign, sli, policy],
    );
    expect(slos.map(({ name }) => name)).toEqual([
      'checkout-latency',
      'pay-by-annotation',
    ]);
    expect(slos[0].origin.entityRef).toBe('slo:default/checkout-latency');
    expect(slos[0].indicator).toEqual({ good: 'good', total: 'total' });
    expect(slos[0].warnings).toEqual([
      expect.stringContaining('An alert condition is not used'),
      expect.stringContaining('alert policy "nowhere"'),
      expect.stringContaining('op has no meaning'),
    ]);
    expect(problems).toEqual([
      {
        path: 'slos[1]',
        message:
          'There is no SLO entity "typo" in the catalog. Known: checkout-latency, pay-by-annotation, ledger.',
      },
    ]);
  });

  it('reads the liberties that published files take, and names those that change nothing', () => {
    const { slos, problems } = read(`
# Kubernetes resources write fractions as text, and a query may be all there is.
- apiVersion: openslo.com/v1
  kind: SLO
  metadata: { name: from-a-cluster }
  spec:
    service: checkout
    timeWindow: [{ duration: 28d, isRolling: true }]
    budgetingMethod: Occurrences
    objectives: [{ target: '0.995' }]
    indicator:
      spec:
        ratioMetric:
          good: { metricSource: { type: Prometheus, spec: good_total } }
          total: { metricSource: { type: Prometheus, spec: all_total } }
# Each objective has a window of its own, so the SLO needs none.
- name: two-windows
  budgetingMethod: Occurrences
  objectives:
    - { displayName: week, target: 0.9, timeWindow: [{ duration: 7d, isRolling: true }] }
    - { displayName: quarter, target: 0.8, timeWindow: { duration: 90d, isRolling: true } }
# Fields that OpenSLO does not have.
- name: invented
  budgetPolicy: timeslices
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.9, severity: high }]
  indicator:
    spec:
      thresholdMetric:
        threshold: 0.5
        operator: lte
        metricSource: { spec: { query: latency_p99 } }
- name: no-objectives
  target: 0.99
`);
    expect(
      slos.map(({ name, objective, window, indicator, warnings }) => ({
        name,
        objective,
        window: window.duration,
        indicator,
        warnings,
      })),
    ).toEqual([
      {
        name: 'from-a-cluster',
        objective: 0.995,
        window: '28d',
        indicator: {
          good: 'good_total',
          total: 'all_total',
          type: 'Prometheus',
        },
        warnings: [],
      },
      { name: 'two-windows-week', objective: 0.9, window: '7d', warnings: [] },
      {
        name: 'two-windows-quarter',
        objective: 0.8,
        window: '90d',
        warnings: [],
      },
      {
        name: 'invented',
        objective: 0.9,
        window: '28d',
        indicator: { threshold: { query: 'latency_p99' } },
        warnings: [
          'budgetPolicy is not a field of an OpenSLO SLO and is not used.',
          'severity is not a field of an OpenSLO objective and is not used.',
          'threshold is not a field of an OpenSLO metric and is not used.',
          'operator is not a field of an OpenSLO metric and is not used.',
          expect.stringContaining('needs op (lte, gte, lt or gt) and value'),
        ],
      },
    ]);
    expect(problems).toEqual([
      {
        path: 'slos[3].objectives',
        message: expect.stringContaining('The target stands beside it'),
      },
    ]);
  });

  it('places what a whole OpenSLO document lacks where it belongs', () => {
    const problemsOf = (slo: object) =>
      readSlos({
        contract: { slos: [{ apiVersion: 'openslo/v1', kind: 'SLO', ...slo }] },
        entityRef,
        sloEntities: [],
      }).problems.map(({ path }) => path);
    expect(problemsOf({})).toEqual(['slos[0].metadata.name']);
    expect(problemsOf({ metadata: { name: 'a' } })).toContain(
      'slos[0].spec.objectives',
    );
  });

  it.each([
    // what is changed in a good SLO; where the problem is; what it says
    ['objectives: [{ target: 1 }]', 'objectives[0].target', /no error budget/],
    ['objectives: [{ target: 0 }]', 'objectives[0].target', /above 0/],
    [
      'objectives: [{ target: 99.9 }]',
      'objectives[0].target',
      /targetPercent\?/,
    ],
    [
      'objectives: [{ targetPercent: 100 }]',
      'objectives[0].targetPercent',
      /below 100/,
    ],
    ['objectives: [{ target: "9/10" }]', 'objectives[0].target', /got "9.10"/],
    [
      'objectives: [{ target: "99.9" }]',
      'objectives[0].target',
      /got "99.9".*targetPercent/,
    ],
    [
      'objectives: [{ target: 0.9, timeWindow: [{ duration: 30 days }] }]',
      'objectives[0].timeWindow[0].duration',
      /m .minutes/,
    ],
    ['objectives: [{ target: .nan }]', 'objectives[0].target', /got NaN/],
    [
      'objectives: [{ target: 0.9, targetPercent: 90 }]',
      'objectives[0]',
      /not both/,
    ],
    ['objectives: [0.9]', 'objectives[0]', /Expected an objective/],
    ['objectives: []', 'objectives', /1 to 20 objectives/],
    ['objectives: { target: 0.9 }', 'objectives', /got a mapping/],
    [
      'timeWindow: [{ duration: 1m, isRolling: true }]',
      'timeWindow[0].duration',
      /from 1d to 366d/,
    ],
    [
      'timeWindow: [{ duration: 10Y, isRolling: true }]',
      'timeWindow[0].duration',
      /from 1d to 366d/,
    ],
    [
      'timeWindow: [{ duration: 28 days }]',
      'timeWindow[0].duration',
      /m .minutes/,
    ],
    ['timeWindow: []', 'timeWindow', /exactly one/],
    [
      'timeWindow: [{ duration: 1M, calendar: { startTime: 2026-02-30 00:00:00, timeZone: UTC } }]',
      'timeWindow[0].calendar.startTime',
      /local date/,
    ],
    [
      'timeWindow: [{ duration: 1M, calendar: { startTime: 2026-01-01, timeZone: Mars/Base } }]',
      'timeWindow[0].calendar.timeZone',
      /IANA/,
    ],
    [
      'timeWindow: [{ duration: 48h, calendar: { startTime: 2026-01-01, timeZone: UTC } }]',
      'timeWindow[0].duration',
      /counted in d, w/,
    ],
    ['budgetingMethod: Averages', 'budgetingMethod', /Occurrences, Timeslices/],
    [
      'budgetingMethod: Timeslices',
      'objectives[0].timeSliceWindow',
      /from 1m to 1d/,
    ],
    ['name: a/b', 'name', /Expected a name/],
    ['name: __proto__', 'name', /Expected a name/],
    ['kind: Service', '', /got kind "Service"/],
    ['apiVersion: openslo/v9', '', /of apiVersion "openslo.v9"/],
  ])(
    '%s is a problem at %s and hides no other SLO',
    (change, path, message) => {
      const [bad] = parse(good);
      const { slos, problems } = readSlos({
        contract: {
          slos: [{ ...bad, name: 'bad', ...parse(change) }, ...parse(good)],
        },
        entityRef,
        sloEntities: [],
      });
      expect(slos.map(({ name }) => name)).toEqual(['availability']);
      expect(problems).toEqual([
        {
          path: path ? `slos[0].${path}` : 'slos[0]',
          message: expect.stringMatching(message),
        },
      ]);
    },
  );

  it('reads OpenSLO v2alpha', () => {
    const { slos, problems } = read(`
- apiVersion: openslo.com/v2alpha
  kind: SLO
  metadata: { name: web }
  spec:
    serviceRef: web
    sli:
      metadata: { name: web-ok }
      spec:
        ratioMetric:
          good: { dataSourceRef: prom, spec: { query: good } }
          total: { dataSourceRef: prom, spec: { query: total } }
    timeWindow: [{ duration: 1w, isRolling: true }]
    budgetingMethod: Occurrences
    objectives: [{ target: 0.995 }]
    alertPolicies:
      - kind: AlertPolicy
        spec: { conditions: [{ or: [{ conditionRef: a }, { conditionRef: b }] }] }
`);
    expect(problems).toEqual([]);
    expect(slos[0]).toMatchObject({
      objective: 0.995,
      indicator: { good: 'good', total: 'total', dataSource: 'prom' },
      warnings: [
        'The alert condition "a" is not in the catalog and is not used.',
        'The alert condition "b" is not in the catalog and is not used.',
      ],
    });
    expect(slos[0].alerts).toBeUndefined();
  });

  it('reads Sloth, as a file and as its resource', () => {
    const { slos, problems } = read(`
- version: prometheus/v1
  service: api
  slos:
    - name: requests
      objective: 99.9
      description: Answers
      sli:
        events:
          error_query: sum(rate(errors[{{.window}}]))
          total_query: sum(rate(all[{{.window}}]))
      alerting: { name: ApiBurn, ticket_alert: { disable: true } }
    - { name: bad, objective: 100 }
    - { name: plug, objective: 99, sli: { plugin: { id: some/plugin } } }
- apiVersion: sloth.slok.dev/v1
  kind: PrometheusServiceLevel
  metadata: { name: api }
  spec:
    service: api
    slos:
      - { name: ratio, objective: 95, sli: { raw: { errorRatioQuery: ratio } } }
`);
    expect(slos.map(({ name, objective }) => [name, objective])).toEqual([
      ['requests', 0.999],
      ['plug', 0.99],
      ['ratio', 0.95],
    ]);
    expect(slos[0]).toMatchObject({
      window: { type: 'rolling', durationSeconds: 30 * 86_400 },
      indicator: {
        bad: 'sum(rate(errors[{{.window}}]))',
        total: 'sum(rate(all[{{.window}}]))',
        type: 'prometheus',
      },
      origin: { entityRef, path: 'slos[0].slos[0]' },
    });
    expect(
      slos[0].alerts?.map(({ name, severity, factor }) => [
        name,
        severity,
        factor,
      ]),
    ).toEqual([
      ['ApiBurn', 'page', 14.4],
      ['ApiBurn', 'page', 6],
    ]);
    expect(slos[1].warnings).toContainEqual(
      expect.stringContaining('Sloth plugin'),
    );
    expect(slos[2].indicator?.raw).toEqual({ query: 'ratio', type: 'failure' });
    expect(problems).toEqual([
      {
        path: 'slos[0].slos[1].objective',
        message: expect.stringContaining('below 100'),
      },
    ]);
  });

  it('reads Pyrra', () => {
    const pyrra = (name: string, spec: string) => `
- apiVersion: pyrra.dev/v1alpha1
  kind: ServiceLevelObjective
  metadata: { name: ${name} }
  spec: ${spec}`;
    const { slos, problems } = read(
      [
        pyrra(
          'errors',
          `{ target: '99.5', window: 4w, alerting: { name: ErrorsBurn }, indicator: { ratio: { errors: { metric: 'e{code=~"5.."}' }, total: { metric: e }, grouping: [job] } } }`,
        ),
        pyrra(
          'latency',
          `{ target: '90', window: 2w, alerting: { disabled: true }, indicator: { latency: { success: { metric: fast }, total: { metric: all } } } }`,
        ),
        pyrra('wrong', `{ target: all, window: 3 weeks }`),
      ].join(''),
    );
    expect(slos).toMatchObject([
      {
        name: 'errors',
        objective: 0.995,
        window: { duration: '4w' },
        alerts: [
          { name: 'ErrorsBurn', factor: 13.44 },
          { name: 'ErrorsBurn' },
          { name: 'ErrorsBurn' },
          { name: 'ErrorsBurn' },
        ],
        indicator: { bad: 'e{code=~"5.."}', total: 'e' },
        warnings: [expect.stringContaining('a budget for every job')],
      },
      { name: 'latency', alerts: [], indicator: { good: 'fast' } },
    ]);
    expect(problems.map(({ path }) => path)).toEqual([
      'slos[2].spec.target',
      'slos[2].spec.window',
    ]);
  });

  it('reads resources of Sloth and Pyrra as catalog entities', () => {
    const sloth = entity(`
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: of-sloth, namespace: monitoring }
spec:
  service: checkout
  slos:
    - { name: requests, objective: 99.9, sli: { raw: { errorRatioQuery: r } } }
    - { name: latency, objective: 99, sli: { raw: { errorRatioQuery: l } } }
`);
    const pyrra = entity(`
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: of-pyrra
  namespace: monitoring
  labels: { pyrra.dev/component: checkout }
spec:
  target: '99.5'
  window: 4w
  indicator: { bool_gauge: { metric: up } }
`);
    const other = { ...pyrra, metadata: { ...pyrra.metadata, labels: {} } };
    const all = [sloth, pyrra];
    expect(
      read('[]', all).slos.map(({ name, origin }) => [name, origin.entityRef]),
    ).toEqual([
      ['requests', 'prometheusservicelevel:monitoring/of-sloth'],
      ['latency', 'prometheusservicelevel:monitoring/of-sloth'],
      ['of-pyrra', 'servicelevelobjective:monitoring/of-pyrra'],
    ]);
    // By reference, and as parts of a composite.
    expect(read('[{ ref: of-pyrra }]', [other]).slos).toHaveLength(1);
    const composite = (name: string) =>
      read(
        `[{ name: all, timeWindow: [{ duration: 1w, isRolling: true }], budgetingMethod: Occurrences, objectives: [{ target: 0.9, sloRef: ${name} }] }]`,
        all,
      );
    expect(composite('of-pyrra').slos[0].members).toEqual([
      { entityRef, slo: 'of-pyrra', weight: 1 },
    ]);
    expect(composite('of-sloth').problems).toEqual([
      {
        path: 'slos[0].objectives[0].sloRef',
        message: expect.stringContaining('has several objectives'),
      },
    ]);
  });

  it.each([
    // what an entity says of itself; the component it is for
    [{ spec: { service: 'cart' } }, 'component:monitoring/cart'],
    [
      {
        apiVersion: 'sloth.slok.dev/v1',
        kind: 'PrometheusServiceLevel',
        spec: { service: 'Cart' },
      },
      'component:default/cart',
    ],
    [
      {
        spec: { service: 'cart' },
        annotations: { 'service-ownership.io/subject': 'api:shop/cart' },
      },
      'api:shop/cart',
    ],
    [
      {
        apiVersion: 'pyrra.dev/v1alpha1',
        kind: 'ServiceLevelObjective',
        labels: {
          'backstage.io/kubernetes-id': 'third',
          'pyrra.dev/service': 'second',
          'pyrra.dev/component': 'first',
        },
      },
      'component:default/first',
    ],
    [
      { labels: { 'backstage.io/kubernetes-id': 'cart' } },
      'component:monitoring/cart',
    ],
    [{ spec: { service: ['cart'] } }, undefined],
    [{ spec: { service: ':/' } }, undefined],
    [
      { kind: 'ServiceLevelObjective', spec: { service: 'other-product' } },
      undefined,
    ],
    [{ kind: 'SLI', spec: { service: 'cart' } }, undefined],
    // A kind of that name in a group of somebody else.
    [{ apiVersion: 'acme.example/v1', spec: { service: 'cart' } }, undefined],
  ])('sloSubject of %j is %s', (change, expected) => {
    const { annotations, labels, ...head } = {
      annotations: {},
      labels: {},
      ...change,
    };
    expect(
      sloSubject({
        apiVersion: 'openslo/v1',
        kind: 'SLO',
        metadata: { name: 'a', namespace: 'monitoring', annotations, labels },
        ...head,
      }),
    ).toBe(expected);
  });

  it.each(['SLO', 'SLI', 'DataSource', 'AlertPolicy', 'AlertCondition'])(
    'finds an %s of OpenSLO, and none of that name of others',
    kind => {
      const metadata = { name: 'fast' };
      const theirs = { apiVersion: 'acme.example/v1', kind, metadata };
      const ours = { apiVersion: 'openslo/v1', kind, metadata };
      expect(
        findSloObject({ entities: [theirs], kind, name: 'fast' }),
      ).toBeUndefined();
      expect(
        findSloObject({ entities: [theirs, ours], kind, name: 'fast' }),
      ).toBe(ours);
    },
  );

  it('says what it took for granted', () => {
    const { slos } = read('[{ name: short, objectives: [{ target: 0.9 }] }]');
    expect(slos[0].window.duration).toBe('28d');
    expect(slos[0].warnings).toEqual([
      expect.stringContaining('rolling window of 28d'),
      expect.stringContaining('Occurrences is used'),
    ]);
    const [first] = read(`
- name: months
  timeWindow: [{ duration: 1M }]
  budgetingMethod: Timeslices
  objectives: [{ target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1 }]
`).slos;
    expect(first).toMatchObject({
      timeSliceSeconds: 300,
      window: { type: 'rolling', durationSeconds: 30 * 86_400 },
      warnings: [
        expect.stringContaining('taken as rolling'),
        expect.stringContaining('30 days'),
        expect.stringContaining('buckets of 5 minutes'),
      ],
    });
  });

  it('lets the first of two SLOs with one name stay', () => {
    const { slos, problems } = read(good + good);
    expect(slos).toHaveLength(1);
    expect(problems).toEqual([
      {
        path: 'slos[1].objectives[0]',
        message: expect.stringContaining('availability is taken'),
      },
    ]);
  });

  it('reads any document without throwing, and only sound definitions come out', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record(
        {
          name: fc.oneof(fc.string(), fc.constant('x')),
          timeWindow: fc.oneof(
            fc.anything(),
            fc.array(fc.dictionary(fc.string(), fc.anything())),
          ),
          objectives: fc.array(
            fc.record(
              { target: fc.oneof(fc.double(), fc.anything()) },
              { requiredKeys: [] },
            ),
          ),
          indicator: fc.object(),
          alertPolicies: fc.array(fc.object()),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 5 }), documents => {
        const { slos } = readSlos({
          contract: { slos: documents as Array<Record<string, unknown>> },
          entityRef,
          sloEntities: [],
        });
        for (const slo of slos) {
          expect(slo.objective).toBeGreaterThan(0);
          expect(slo.objective).toBeLessThan(1);
          expect(slo.name).toMatch(/^[A-Za-z0-9][\w.-]*$/);
        }
      }),
    );
  });
});
