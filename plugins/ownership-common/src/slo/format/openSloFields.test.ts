import type { Entity } from '@backstage/catalog-model';
import { readSlos } from './readSlos';

const metric = (query: string) => ({ metricSource: { spec: { query } } });
const ratioMetric = { counter: true, good: metric('g'), total: metric('t') };
const condition = {
  kind: 'burnrate',
  op: 'gt',
  threshold: 2,
  lookbackWindow: '1h',
};

type Fields = Record<string, unknown>;
type Change = [path: string, value: unknown];

/** An SLO with an alert policy of which nothing is to be said. */
const plain = {
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: 'a' },
  spec: {
    service: 'shop',
    indicator: { metadata: { name: 'i' }, spec: { ratioMetric } },
    timeWindow: [{ duration: '28d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.99 }],
    alertPolicies: [
      {
        kind: 'AlertPolicy',
        metadata: { name: 'p' },
        spec: {
          alertWhenBreaching: true,
          alertWhenResolved: true,
          alertWhenNoData: false,
          conditions: [
            {
              kind: 'AlertCondition',
              metadata: { name: 'c' },
              spec: { severity: 'page', condition },
            },
          ],
          notificationTargets: [],
        },
      },
    ],
  },
};

/** What SLOs refer to: each an object of its own. */
const others = [
  {
    kind: 'SLI',
    metadata: { name: 'sli' },
    spec: { ratioMetric: { raw: metric('r'), rawType: 'failure' } },
  },
  {
    kind: 'DataSource',
    metadata: { name: 'eu' },
    spec: { type: 'Prometheus', description: 'Ours' },
  },
  {
    kind: 'DataSource',
    metadata: { name: 'us' },
    spec: { type: 'Prometheus', connectionDetails: { token: 'x' } },
  },
  {
    kind: 'AlertPolicy',
    metadata: { name: 'policy' },
    spec: {
      conditions: [{ conditionRef: 'slow' }],
      notificationTargets: [{ targetRef: 'mail' }],
    },
  },
  {
    kind: 'AlertCondition',
    metadata: { name: 'slow' },
    spec: { severity: 'ticket', condition: { ...condition, threshold: 3 } },
  },
].map(object => ({ apiVersion: 'openslo/v1', ...object } as Entity));

/** The document with something else at a path such as `spec.objectives.0.op`. */
function withField(document: Fields, path: string, value: unknown): Fields {
  const copy = structuredClone(document);
  const keys = path.split('.');
  let place: any = copy;
  for (const key of keys.slice(0, -1)) {
    place = place[key] ??= {};
  }
  place[keys[keys.length - 1]] = value;
  return copy;
}

function read(changes: Change[]) {
  const document = changes.reduce<Fields>(
    (changed, [path, value]) => withField(changed, path, value),
    plain,
  );
  return readSlos({
    entityRef: 'component:default/shop',
    sloEntities: [document as unknown as Entity, ...others],
  });
}

const policy = 'spec.alertPolicies.0.spec';
const alertCondition = `${policy}.conditions.0.spec`;
const ratio = 'spec.indicator.spec.ratioMetric';
const threshold: Change = [
  'spec.indicator.spec',
  { thresholdMetric: metric('v') },
];
const timeslices: Change = ['spec.budgetingMethod', 'Timeslices'];
const row = (change: object) => ({ alerts: [expect.objectContaining(change)] });

/**
 * Every field of OpenSLO v1, section by section of its specification, with
 * what becomes of it: a part of the definition, or a warning that names it.
 * `metadata.annotations` of others are for others, by the specification;
 * Service and AlertNotificationTarget say nothing that an SLO could use.
 */
const mapped: Array<
  [
    section: string,
    field: string,
    changes: Change[],
    definition: object,
    ...warnings: RegExp[],
  ]
> = [
  ['General', 'metadata.name', [['metadata.name', 'b']], { name: 'b' }],
  [
    'General',
    'metadata.displayName',
    [['metadata.displayName', 'B']],
    { title: 'B' },
  ],
  [
    'General',
    'metadata.annotations (ours)',
    [
      [
        'metadata.annotations',
        { 'service-ownership.io/no-data-slices': 'bad' },
      ],
    ],
    { noDataSlices: 'bad' },
  ],
  [
    'General',
    'metadata.annotations (of others)',
    [['metadata.annotations', { 'openslo.com/key1': 'value1' }]],
    { name: 'a' },
  ],
  ['SLO', 'description', [['spec.description', 'D']], { description: 'D' }],
  [
    'SLO',
    'indicatorRef',
    [
      ['spec.indicator', undefined],
      ['spec.indicatorRef', 'sli'],
    ],
    { indicator: { raw: { query: 'r', type: 'failure' } } },
  ],
  [
    'SLO',
    'timeWindow[].calendar',
    [
      [
        'spec.timeWindow.0',
        {
          duration: '1Q',
          isRolling: false,
          calendar: { startTime: '2026-01-01 12:30:00', timeZone: 'UTC' },
        },
      ],
    ],
    {
      window: {
        type: 'calendar',
        duration: '1Q',
        unit: 'quarter',
        count: 1,
        startTime: '2026-01-01T12:30:00',
        timeZone: 'UTC',
      },
    },
  ],
  [
    'SLO',
    'budgetingMethod, timeSliceTarget, timeSliceWindow',
    [
      timeslices,
      [
        'spec.objectives.0',
        { target: 0.9, timeSliceTarget: 0.95, timeSliceWindow: 10 },
      ],
    ],
    {
      budgetingMethod: 'Timeslices',
      timeSliceTarget: 0.95,
      timeSliceSeconds: 600,
    },
  ],
  [
    'SLO',
    'alertPolicies[].alertPolicyRef',
    [['spec.alertPolicies.0', { alertPolicyRef: 'policy' }]],
    row({ name: 'policy', severity: 'ticket', factor: 3 }),
    /^notificationTargets of the alert policy policy are not used/,
  ],
  [
    'Objectives',
    'displayName of the only objective',
    [['spec.objectives.0.displayName', 'O']],
    { title: 'O' },
  ],
  [
    'Objectives',
    'targetPercent',
    [['spec.objectives.0', { targetPercent: 99.95 }]],
    { objective: 0.9995 },
  ],
  [
    'Objectives',
    'op, value',
    [threshold, ['spec.objectives.0', { target: 0.9, op: 'lte', value: 0.2 }]],
    { indicator: { threshold: { query: 'v', op: 'lte', value: 0.2 } } },
  ],
  [
    'SLI',
    'ratioMetric.counter',
    [[`${ratio}.counter`, false]],
    {
      indicator: expect.objectContaining({ counter: false }),
    },
  ],
  [
    'SLI',
    'ratioMetric.bad',
    [[ratio, { bad: metric('b'), total: metric('t') }]],
    { indicator: expect.objectContaining({ bad: 'b', total: 't' }) },
  ],
  [
    'SLI',
    'ratioMetric.raw, rawType',
    [[ratio, { raw: metric('r'), rawType: 'success' }]],
    { indicator: { raw: { query: 'r', type: 'success' } } },
  ],
  [
    'SLI',
    'metricSource.metricSourceRef, type',
    [
      [
        'spec.indicator.spec',
        {
          thresholdMetric: {
            metricSource: {
              metricSourceRef: 'main',
              type: 'Thanos',
              spec: { query: 'v' },
            },
          },
        },
      ],
      ['spec.objectives.0', { target: 0.9, op: 'lt', value: 1 }],
    ],
    {
      indicator: expect.objectContaining({
        dataSource: 'main',
        type: 'Thanos',
      }),
    },
  ],
  [
    'DataSource',
    'type, where the metricSource has none',
    [
      [`${ratio}.good.metricSource.metricSourceRef`, 'eu'],
      [`${ratio}.total.metricSource.metricSourceRef`, 'eu'],
    ],
    {
      indicator: expect.objectContaining({
        dataSource: 'eu',
        type: 'Prometheus',
      }),
    },
  ],
  [
    'AlertPolicy',
    'alertWhenNoData',
    [[`${policy}.alertWhenNoData`, true]],
    row({ whenNoData: true }),
  ],
  [
    'AlertPolicy',
    'alertWhenResolved',
    [[`${policy}.alertWhenResolved`, false]],
    row({ unannounced: ['resolved'] }),
  ],
  [
    'AlertPolicy',
    'alertWhenBreaching',
    [[`${policy}.alertWhenBreaching`, false]],
    row({ unannounced: ['firing'] }),
  ],
  [
    'AlertPolicy',
    'conditions[].conditionRef',
    [[`${policy}.conditions`, [{ conditionRef: 'slow' }]]],
    row({ name: 'p', severity: 'ticket', factor: 3 }),
  ],
  [
    'AlertCondition',
    'severity, threshold, lookbackWindow',
    [],
    row({ severity: 'page', factor: 2, longSeconds: 3600 }),
  ],
  [
    'AlertCondition',
    'condition.alertAfter',
    [[`${alertCondition}.condition.alertAfter`, '5m']],
    row({ afterSeconds: 300 }),
  ],
];

const named: Array<
  [section: string, field: string, changes: Change[], warning: RegExp]
> = [
  [
    'General',
    'metadata.labels',
    [['metadata.labels', { team: ['identity', 'rbac'] }]],
    /^The labels are not used: .* team, system and tier/,
  ],
  [
    'General',
    'metadata.annotations that look like ours',
    [['metadata.annotations', { 'service-ownership.io/no-data': 'bad' }]],
    /^The annotation service-ownership\.io\/no-data is not known.*no-data-slices/,
  ],
  [
    'SLO',
    'description of more than 1050 characters',
    [['spec.description', 'x'.repeat(1051)]],
    /^The description is cut after 1050 characters/,
  ],
  [
    'SLO',
    'indicator and indicatorRef',
    [['spec.indicatorRef', 'sli']],
    /not both: "sli" is not used/,
  ],
  [
    'SLO',
    'timeWindow[] with isRolling and calendar',
    [['spec.timeWindow.0.calendar', {}]],
    /the calendar is not used/,
  ],
  [
    'SLO',
    'timeWindow[] with another field',
    [['spec.timeWindow.0.timeZone', 'UTC']],
    /^timeZone is not a field of an OpenSLO timeWindow/,
  ],
  [
    'SLO',
    'alertPolicies that are no list',
    [['spec.alertPolicies', 'policy']],
    /^alertPolicies are not used: expected a list, got "policy"/,
  ],
  [
    'Objectives',
    'displayName beside that of the SLO',
    [
      ['metadata.displayName', 'A'],
      ['spec.objectives.0.displayName', 'O'],
    ],
    /^The displayName of the objective is not shown/,
  ],
  [
    'Objectives',
    'op with a ratioMetric',
    [['spec.objectives.0.op', 'lt']],
    /^op has no meaning on a ratioMetric/,
  ],
  [
    'Objectives',
    'value with a ratioMetric',
    [['spec.objectives.0.value', 1]],
    /^value has no meaning on a ratioMetric/,
  ],
  [
    'Objectives',
    'timeSliceTarget without slices',
    [['spec.objectives.0.timeSliceTarget', 0.9]],
    /^timeSliceTarget has no meaning with budgetingMethod Occurrences/,
  ],
  [
    'Objectives',
    'timeSliceWindow without slices',
    [['spec.objectives.0.timeSliceWindow', '5m']],
    /^timeSliceWindow has no meaning with budgetingMethod Occurrences/,
  ],
  [
    'SLI',
    'metadata.displayName, description',
    [
      ['spec.indicator.metadata.displayName', 'I'],
      ['spec.indicator.spec.description', 'What it is'],
    ],
    /^The displayName and description of the indicator are not shown/,
  ],
  [
    'SLI',
    'thresholdMetric and ratioMetric',
    [
      ['spec.indicator.spec.thresholdMetric', metric('v')],
      ['spec.objectives.0', { target: 0.9, op: 'lt', value: 1 }],
    ],
    /not both: the thresholdMetric is used/,
  ],
  [
    'SLI',
    'ratioMetric.good and bad',
    [[`${ratio}.bad`, metric('b')]],
    /good or bad, not both/,
  ],
  [
    'SLI',
    'ratioMetric.raw beside good and total',
    [
      [`${ratio}.raw`, metric('r')],
      [`${ratio}.rawType`, 'success'],
    ],
    /raw is not used/,
  ],
  [
    'SLI',
    'ratioMetric.raw without rawType',
    [[ratio, { raw: metric('r') }]],
    /^rawType is success .* not nothing/,
  ],
  [
    'SLI',
    'metricSource.spec with more than a query',
    [[`${ratio}.good.metricSource.spec.region`, 'eu-central-1']],
    /^Of the good metric query is used, not region/,
  ],
  [
    'SLI',
    'metricSourceRef of another source than total',
    [[`${ratio}.good.metricSource.metricSourceRef`, 'eu']],
    /one data source: nothing is used, not "eu"/,
  ],
  [
    'DataSource',
    'connectionDetails',
    [
      threshold,
      [
        'spec.indicator.spec.thresholdMetric.metricSource.metricSourceRef',
        'us',
      ],
      ['spec.objectives.0', { target: 0.9, op: 'lt', value: 1 }],
    ],
    /^The connectionDetails of the data source "us" are not used/,
  ],
  [
    'AlertPolicy',
    'metadata.displayName, description',
    [
      ['spec.alertPolicies.0.metadata.displayName', 'P'],
      [`${policy}.description`, 'What it is'],
    ],
    /^The displayName and description of the alert policy p are not shown/,
  ],
  [
    'AlertPolicy',
    'notificationTargets',
    [[`${policy}.notificationTargets`, [{ targetRef: 'mail' }]]],
    /^notificationTargets of the alert policy p are not used: the owners/,
  ],
  [
    'AlertCondition',
    'description',
    [[`${alertCondition}.description`, 'What it is']],
    /^The description of the alert condition c is not shown/,
  ],
  [
    'AlertCondition',
    'severity',
    [[`${alertCondition}.severity`, 'sev1']],
    /^The severity "sev1" of an alert condition is read as ticket/,
  ],
  [
    'AlertCondition',
    'condition.kind',
    [[`${alertCondition}.condition.kind`, 'latency']],
    /^An alert condition is not used: kind "latency"/,
  ],
  [
    'AlertCondition',
    'condition.op lte',
    [[`${alertCondition}.condition.op`, 'lte']],
    /^An alert condition is not used: op "lte"/,
  ],
  [
    'AlertCondition',
    'condition.op gte',
    [[`${alertCondition}.condition.op`, 'gte']],
    /^op gte of an alert condition is read as gt/,
  ],
  [
    'AlertCondition',
    'condition with another field',
    [[`${alertCondition}.condition.window`, '5m']],
    /^window is not a field of the condition of an alert/,
  ],
];

describe('the fields of OpenSLO v1', () => {
  it('has nothing to say of a plain SLO', () => {
    const { slos, problems } = read([]);
    expect(problems).toEqual([]);
    expect(slos).toMatchObject([
      { name: 'a', title: 'a', objective: 0.99, warnings: [] },
    ]);
  });

  it.each(mapped)(
    '%s: %s is a part of the definition',
    (_section, _field, changes, definition, ...warnings) => {
      const { slos, problems } = read(changes);
      expect(problems).toEqual([]);
      expect(slos).toEqual([expect.objectContaining(definition)]);
      expect(slos[0].warnings).toEqual(
        warnings.map(warning => expect.stringMatching(warning)),
      );
    },
  );

  it.each(named)(
    '%s: %s is named in a warning',
    (_section, _field, changes, warning) => {
      const { slos, problems } = read(changes);
      expect(problems).toEqual([]);
      expect(slos).toHaveLength(1);
      expect(slos[0].warnings).toEqual([expect.stringMatching(warning)]);
    },
  );
});
