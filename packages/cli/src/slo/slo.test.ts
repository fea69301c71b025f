import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { parse, parseAllDocuments } from 'yaml';
import { readSlos } from '@service-ownership/backstage-plugin-ownership-common';
import { runInProcess } from '../__testUtils__/runInProcess';
import { writeFiles } from '../__testUtils__/writeFiles';

const openSlo = (name: string, target = 0.99) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: checkout
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 28d, isRolling: true }]
  objectives: [{ target: ${target} }]
`;

const sloth = `version: prometheus/v1
service: checkout
labels: { team: payments }
slos:
  - name: requests
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(errors[{{.window}}]))
        total_query: sum(rate(all[{{.window}}]))
    alerting: { page_alert: { disable: true } }
  - name: broken
    objective: 100
`;

/** An hour each, from 2026-11-20T00:00:00Z on. */
function hours(counts: Array<[good: number, total: number]>): string[] {
  return counts.map(([good, total], hour) =>
    [
      new Date(Date.UTC(2026, 10, 20, hour)).toISOString(),
      3600,
      good,
      total,
    ].join(','),
  );
}

describe('slo show', () => {
  // 2,000 events, 5 bad; the budget of 1 % is 20 events: a quarter is used.
  const csv = [
    'start,durationSeconds,good,total',
    ...hours([
      [1000, 1000],
      [995, 1000],
    ]),
  ].join('\n');

  it('computes SLI, budget and burn rates from CSV and from NDJSON', async () => {
    const ndjson = hours([
      [7, 1000],
      [995, 1000],
      // The later of two samples of one time counts.
    ])
      .concat(hours([[1000, 1000]]))
      .map(line => {
        const [start, durationSeconds, good, total] = line.split(',');
        return JSON.stringify({ start, durationSeconds, good, total });
      })
      .join('\n');
    const cwd = await writeFiles({
      'slo.yaml': openSlo('availability'),
      'a.csv': csv,
      'b.ndjson': ndjson,
    });
    for (const samples of ['a.csv', 'b.ndjson']) {
      const { code, stdout, stderr } = await runInProcess(
        ['slo', 'show', 'slo.yaml', '--samples', samples, '--json'],
        { cwd },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [status] = JSON.parse(stdout);
      expect(status).toMatchObject({
        slo: 'availability',
        good: expect.closeTo(1995, 6),
        total: expect.closeTo(2000, 6),
        sli: expect.closeTo(0.9975, 10),
        window: { end: '2026-11-20T02:00:00.000Z' },
      });
      expect(status.budget.remaining).toBeCloseTo(0.75, 10);
      expect(status.budget.remainingEvents).toBeCloseTo(15, 10);
      expect(status).not.toHaveProperty('entityRef');
    }
    const { stdout } = await runInProcess(
      ['slo', 'show', 'slo.yaml', '--samples', 'a.csv'],
      { cwd },
    );
    expect(stdout).toMatch(/SLI +99\.75 %/);
    expect(stdout).toMatch(
      /budget left +75 %: 15 bad events, or 5 h 2 min of full outage/,
    );
    expect(stdout).toMatch(/page +1 h +0\.50x +5 min +0\.50x +13\.44x +quiet/);
  });

  it('leaves out the time that does not count', async () => {
    const cwd = await writeFiles({
      'slo.yaml': openSlo('availability'),
      'a.csv': csv,
      'once.yaml':
        '- reason: Game day\n  from: 2026-11-20T01:00:00Z\n  to: 2026-11-20T02:00:00Z\n',
      'again.yaml':
        '- { reason: Backup, from: 2026-11-01T02:10:00+01:00, rrule: FREQ=DAILY, durationSeconds: 1800, timeZone: Europe/Berlin }\n',
      'wrong.yaml':
        '- { reason: Fine, from: 2026-11-19T01:00:00Z, to: 2026-11-19T02:00:00Z }\n- { reason: No end, from: 2026-11-20 }\n',
      'unknown.yaml': '- { reason: Typo, form: 2026-11-20T01:00:00Z }\n',
      'map.yaml': 'reason: None\n',
    });
    const show = (file: string) =>
      runInProcess(
        [
          'slo',
          'show',
          'slo.yaml',
          '--samples',
          'a.csv',
          '--json',
          '--exclude',
          file,
        ],
        { cwd },
      );
    const [once] = JSON.parse((await show('once.yaml')).stdout);
    expect(once.total).toBeCloseTo(1000, 6);
    expect(once.sli).toBe(1);
    expect(once.excludedSeconds).toBe(3600);
    // Half of the hour from 01:00 UTC on, every day.
    const [again] = JSON.parse((await show('again.yaml')).stdout);
    expect(again.total).toBeCloseTo(1500, 6);
    for (const [file, expected] of [
      ['wrong.yaml', /wrong\.yaml, exclusion 2: from must be a moment/],
      ['unknown.yaml', /unknown\.yaml, exclusion 1: .*form/],
      ['map.yaml', /is not a list of exclusions/],
      ['gone.yaml', /gone\.yaml is not there/],
    ] as Array<[string, RegExp]>) {
      const { code, stderr } = await show(file);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(expected),
      });
    }
  });

  it('shows a composite from the samples of its members', async () => {
    const cwd = await writeFiles({
      'slo.yaml': `apiVersion: openslo/v1
kind: SLO
metadata: { name: journey }
spec:
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives:
    - { displayName: page, target: 0.9, compositeWeight: 3 }
    - { displayName: pay, target: 0.9 }
    - { displayName: quiet, target: 0.9 }
`,
      'none.yaml':
        '[{ reason: All, from: 2026-11-19T00:00:00Z, to: 2026-11-20T01:00:00Z }]',
      'all.csv': [
        'slo,start,durationSeconds,good,total',
        'journey-page,2026-11-20T00:00:00Z,3600,96,100',
        'journey-pay,2026-11-20T00:00:00Z,3600,10,10',
      ].join('\n'),
    });
    const { stdout } = await runInProcess(
      ['slo', 'show', 'slo.yaml', '--samples', 'all.csv', '--json'],
      { cwd },
    );
    const statuses = JSON.parse(stdout);
    expect(statuses.map(({ slo }: { slo: string }) => slo)).toEqual([
      'journey',
      'journey-page',
      'journey-pay',
      'journey-quiet',
    ]);
    // (3 x 0.96 + 1) / 4
    expect(statuses[0]).toMatchObject({
      sli: expect.closeTo(0.97, 10),
      reason: expect.stringContaining('1 of 3 members is left out'),
    });
    // What does not count, does not count for any member.
    const excluding = await runInProcess(
      [
        ...['slo', 'show', 'slo.yaml', '--samples', 'all.csv', '--json'],
        ...['--exclude', 'none.yaml'],
      ],
      { cwd },
    );
    expect(JSON.parse(excluding.stdout)[0].sli).toBeUndefined();
  });

  it('assigns samples by name, and says which lines it cannot use', async () => {
    const cwd = await writeFiles({
      'slos.yaml': `${openSlo('one')}---\n${openSlo('two')}`,
      'all.csv': [
        'slo,start,durationSeconds,good,total',
        'one,2026-11-20T00:00:00Z,300,90,100',
        'two,2026-11-20T00:00:00Z,300,100,100',
        'one,2026-11-20T00:07:00Z,300,1,1',
        'one,2026-11-20T00:10:00Z,300,,1',
        'one,2026-11-20T00:15:00Z,300,5,1\u001b[31m',
      ].join('\r\n'),
      'none.csv': csv,
    });
    const { code, stdout, stderr } = await runInProcess(
      ['slo', 'show', 'slos.yaml', '--samples', 'all.csv', '--json'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout).map((s: any) => [s.slo, s.good])).toEqual([
      ['one', 90],
      ['two', 100],
    ]);
    expect(stderr).toMatch(
      /^all\.csv:4 start must be.*\nall\.csv:5 good must be.*\nall\.csv:6 .*\n$/,
    );
    for (const [argv, expected] of [
      [['slos.yaml'], '--samples is missing'],
      [['slos.yaml', '--samples', 'none.csv'], 'choose one with --slo'],
      [['slos.yaml', '--samples', 'slos.yaml'], 'has no column start'],
      [
        ['slos.yaml', '--samples', 'gone.csv'],
        'gone.csv cannot be read: ENOENT',
      ],
      [
        ['slos.yaml', '--samples', 'all.csv', '--slo', 'three'],
        'It has: one, two.',
      ],
      [
        ['slos.yaml', '--samples', 'all.csv', '--at', 'noon'],
        '--at is a moment',
      ],
    ] as Array<[string[], string]>) {
      const refused = await runInProcess(['slo', 'show', ...argv], { cwd });
      expect(refused.stderr).toContain(expected);
      expect(refused.code).toBe(2);
    }
  });
});

describe('slo convert', () => {
  const definitionsOf = (text: string) =>
    readSlos({
      contract: {
        slos: parseAllDocuments(text).map(document => document.toJS()),
      },
      entityRef: 'component:default/checkout',
      sloEntities: [],
    }).slos;
  const meaning = (text: string) =>
    definitionsOf(text).map(({ origin, warnings, alerts, ...slo }) => ({
      ...slo,
      // OpenSLO names every policy. Runbooks are found by the name of the SLO
      // as well, so that is what one without a name is called.
      alerts: alerts?.map(row => ({ name: slo.name, ...row })),
    }));

  it('writes OpenSLO that means the same, and says what it cannot say', async () => {
    const cwd = await writeFiles({ 'sloth.yaml': sloth });
    const { code, stdout, stderr } = await runInProcess(
      ['slo', 'convert', '--to', 'openslo', 'sloth.yaml'],
      { cwd },
    );
    expect(meaning(stdout)).toEqual(meaning(sloth));
    expect(stdout).toContain('service: checkout');
    expect(stderr).toContain('sloth.yaml: labels: OpenSLO');
    expect(stderr).toContain('requests: indicator: the queries keep');
    expect(stderr).not.toContain('requests: alerts');
    expect(stderr).toContain('sloth.yaml:13:5 left out: slos[1].objective');
    expect(code).toBe(1);
  });

  it.each(['commerce', 'operations', 'passengers', 'platform'])(
    'leaves the examples of %s as they are',
    async name => {
      const file = join(__dirname, '../../../../examples/slos', `${name}.yaml`);
      const source = await readFile(file, 'utf8');
      const { code, stdout } = await runInProcess(['slo', 'convert', file]);
      expect(code).toBe(0);
      expect(meaning(stdout)).toEqual(meaning(source));
      expect(definitionsOf(source).length).toBeGreaterThan(1);
    },
  );

  it('keeps calendars, slices, thresholds and descriptions', async () => {
    const written = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: sliced
  displayName: Sliced
  annotations: { service-ownership.io/no-data-slices: bad }
spec:
  description: What it is for.
  service: checkout
  indicator:
    metadata: { name: sliced }
    spec:
      thresholdMetric:
        metricSource: { metricSourceRef: main, type: Prometheus, spec: { query: p99 } }
  budgetingMethod: Timeslices
  timeWindow:
    - duration: 1M
      isRolling: false
      calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin }
  objectives:
    - { target: 0.99, op: lt, value: 0.3, timeSliceTarget: 0.9, timeSliceWindow: 10m }
`;
    const cwd = await writeFiles({ 'slo.yaml': written });
    const { stdout } = await runInProcess(['slo', 'convert', 'slo.yaml'], {
      cwd,
    });
    expect(meaning(stdout)).toEqual(meaning(written));
    expect(meaning(written)).toHaveLength(1);
  });
});

describe('slo convert of alerts', () => {
  const burn = (window: string, threshold: number, more = {}) => ({
    kind: 'burnrate',
    op: 'gt',
    threshold,
    lookbackWindow: window,
    ...more,
  });
  const withCondition = (condition: object, policy = {}) => `${openSlo('a')}
  alertPolicies: ${JSON.stringify([
    {
      kind: 'AlertPolicy',
      metadata: { name: 'burns' },
      spec: {
        ...policy,
        conditions: [
          { kind: 'AlertCondition', spec: { severity: 'page', condition } },
        ],
      },
    },
  ])}
`;
  const joined = 'a: alerts: conditions are joined by `and`';

  it.each([
    ['one window', withCondition(burn('6h', 6)), ''],
    [
      'how long it must burn, and who is told of what',
      withCondition(burn('2d', 2, { alertAfter: '15m' }), {
        alertWhenNoData: true,
        alertWhenBreaching: false,
        alertWhenResolved: false,
      }),
      '',
    ],
    [
      'a short window that is no twelfth',
      withCondition({ and: [burn('1h', 14), burn('10m', 14)] }),
      joined,
    ],
    [
      'a factor for each of three windows',
      withCondition({
        and: [burn('90m', 9), burn('6h', 6), burn('5m', 3)],
      }),
      joined,
    ],
    [
      'any of several',
      withCondition({ or: [burn('1h', 14), burn('6h', 6)] }),
      '',
    ],
  ])('keeps %s', async (_, written, said) => {
    const cwd = await writeFiles({ 'slo.yaml': written });
    const { stdout, stderr } = await runInProcess(
      ['slo', 'convert', 'slo.yaml'],
      { cwd },
    );
    const alerts = (text: string) =>
      readSlos({
        contract: { slos: [parse(text)] },
        entityRef: 'component:default/checkout',
        sloEntities: [],
      }).slos[0].alerts;
    expect(alerts(written)).not.toHaveLength(0);
    expect(alerts(stdout)).toEqual(alerts(written));
    expect(stderr).toContain(said);
    expect(stderr.includes('alerts:')).toBe(said !== '');
  });
});

describe('slo lint', () => {
  it('says what is wrong with SLOs only', async () => {
    const cwd = await writeFiles({
      'sloth.yaml': sloth,
      'ownership.yaml': 'tier: gold\n',
    });
    const { code, stdout } = await runInProcess(
      ['slo', 'lint', '--format', 'github', '.'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::warning file=sloth.yaml,line=5/);
    expect(stdout).toContain('::error file=sloth.yaml,line=13,col=5');
    expect(stdout).toContain('\n1 errors, 1 warnings\n');
  });
});
