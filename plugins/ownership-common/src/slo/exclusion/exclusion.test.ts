import { evaluateSlo } from '../evaluateSlo';
import type { SliBucket, SloDefinition } from '../types';
import { checkExclusion } from './checkExclusion';
import { exclusionStretches } from './exclusionStretches';
import { expandExclusion } from './expandExclusion';
import type { ExclusionRequest } from './schema';
import { countedRanges, excludedBuckets, excludedSeconds } from './stretches';
import type { ExclusionRule } from './types';

const now = new Date('2026-11-21T12:00:00Z');
const at = (text: string) => Date.parse(text) / 1000;
const weekly: ExclusionRequest = {
  reason: 'Database maintenance',
  rrule: 'FREQ=WEEKLY;BYDAY=SU',
  from: '2026-01-04T01:00:00Z',
  durationSeconds: 7200,
  timeZone: 'Europe/Berlin',
};

function ruleOf(request: Partial<ExclusionRequest>): ExclusionRule {
  const checked = checkExclusion({
    request: { ...weekly, ...request },
    now,
  });
  if ('message' in checked) {
    throw new Error(checked.message);
  }
  return checked.rule;
}

function startsOf(
  request: Partial<ExclusionRequest>,
  from: string,
  to: string,
): string[] {
  return expandExclusion({
    rule: ruleOf(request),
    range: { start: at(from), end: at(to) },
  }).map(({ start }) => new Date(start * 1000).toISOString().slice(0, 16));
}

describe('exclusions', () => {
  it.each<[string, Partial<ExclusionRequest>, string[]]>([
    [
      'keeps its wall-clock time over the end of summer time',
      {},
      ['2026-10-18T00:00', '2026-10-25T00:00', '2026-11-01T01:00'],
    ],
    [
      'takes the start from DTSTART in local time',
      {
        rrule:
          'DTSTART;TZID=Europe/Berlin:20260104T033000\nRRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=44',
        from: undefined,
      },
      // The 43rd and the 44th; after them there is none.
      ['2026-10-25T02:30', '2026-11-01T02:30'],
    ],
    [
      'ends at an UNTIL that is a moment',
      { rrule: 'FREQ=WEEKLY;BYDAY=SU;UNTIL=20261025T000000Z' },
      ['2026-10-18T00:00', '2026-10-25T00:00'],
    ],
    ['ends at until', { until: '2026-10-24T23:59:59Z' }, ['2026-10-18T00:00']],
    [
      'finds the last Friday of a month',
      { rrule: 'FREQ=MONTHLY;BYDAY=-1FR' },
      ['2026-10-30T01:00'],
    ],
    [
      'comes once a day and no more',
      { rrule: 'FREQ=DAILY;INTERVAL=9', from: '2026-10-20T00:00:00Z' },
      ['2026-10-20T00:00', '2026-10-29T01:00'],
    ],
  ])('%s', (_, request, expected) => {
    expect(
      startsOf(request, '2026-10-18T00:00:00Z', '2026-11-02T12:00:00Z').filter(
        start => expected.length > 2 || start >= expected[0],
      ),
    ).toEqual(expected);
  });

  it('moves a time that the clock skips an hour on', () => {
    expect(
      startsOf(
        { from: '2026-03-22T01:30:00Z' },
        '2026-03-28T12:00:00Z',
        '2026-04-06T00:00:00Z',
      ),
    ).toEqual(['2026-03-29T01:30', '2026-04-05T00:30']);
  });

  it.each<[string, Partial<ExclusionRequest>, RegExp]>([
    ['no reason', { reason: ' ' }, /reason must say why/],
    ['every second', { rrule: 'FREQ=SECONDLY' }, /FREQ of rrule must be DAILY/],
    ['every hour', { rrule: 'FREQ=HOURLY' }, /at most once a day/],
    [
      'a thousand million times',
      { rrule: 'FREQ=DAILY;COUNT=1000000000' },
      /COUNT must be 1 to 5000/,
    ],
    [
      'many times a day',
      { rrule: 'FREQ=DAILY;BYHOUR=1,2,3' },
      /BYHOUR is not accepted/,
    ],
    ['a step of 0', { rrule: 'FREQ=DAILY;INTERVAL=0' }, /INTERVAL must be/],
    [
      'a day there never is',
      { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' },
      /no occurrence within two years/,
    ],
    [
      'a month that never has it',
      { rrule: 'FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=31' },
      /no occurrence within two years/,
    ],
    ['the same part twice', { rrule: 'FREQ=DAILY;FREQ=WEEKLY' }, /FREQ twice/],
    ['no RRULE', { rrule: 'every sunday' }, /must be an RRULE/],
    ['a prototype', { rrule: 'FREQ=__PROTO__' }, /FREQ of rrule/],
    [
      'a start in the far past',
      { from: '1900-01-01T00:00:00Z' },
      /must begin from 2016-/,
    ],
    [
      'a start in the year 10000 of its zone',
      { from: '9999-12-31T23:59:59Z' },
      /must begin from 2016-/,
    ],
    ['no zone', { timeZone: 'Mars/Base' }, /IANA zone/],
    ['a length of 0', { durationSeconds: 0 }, /durationSeconds must be/],
    ['two kinds at once', { to: '2026-11-22T00:00:00Z' }, /to is only for/],
    [
      'a local moment',
      { rrule: undefined, durationSeconds: undefined, timeZone: undefined },
      /to must be a moment/,
    ],
    [
      'from after to',
      {
        rrule: undefined,
        durationSeconds: undefined,
        timeZone: undefined,
        from: '2026-11-22T00:00:00Z',
        to: '2026-11-21T00:00:00Z',
      },
      /5 minutes to 92 days after from/,
    ],
  ])('refuses %s', (_, request, message) => {
    expect(checkExclusion({ request: { ...weekly, ...request }, now })).toEqual(
      { message: expect.stringMatching(message) },
    );
  });

  it('ends when it is ended and never was when it is withdrawn', () => {
    const rule = ruleOf({});
    const range = {
      start: at('2026-11-01T00:00:00Z'),
      end: at('2026-11-30T00:00:00Z'),
    };
    const starts = (endedAt?: number) =>
      exclusionStretches({
        exclusions: [{ id: '1', reason: 'x', rule, endedAt }],
        range,
      }).map(({ start, end }) => end - start);
    expect(starts()).toEqual([7200, 7200, 7200, 7200, 7200]);
    expect(starts(at('2026-11-08T02:00:00Z'))).toEqual([7200, 3600]);
    expect(starts(0)).toEqual([]);
  });

  it('widens to whole buckets and takes them out of a range', () => {
    const excluded = excludedBuckets([
      { start: 1000, end: 1400 },
      { start: 100, end: 200 },
      { start: 1500, end: 1501 },
    ]);
    expect(excluded).toEqual([
      { start: 0, end: 300 },
      { start: 900, end: 1800 },
    ]);
    const range = { start: 0, end: 3000 };
    expect(countedRanges({ range, excluded })).toEqual([
      { start: 300, end: 900 },
      { start: 1800, end: 3000 },
    ]);
    expect(excludedSeconds({ range, excluded })).toBe(1200);
  });
});

describe('evaluateSlo with exclusions', () => {
  const day = 86_400;
  const clock = now.getTime() / 1000;
  const definition: SloDefinition = {
    name: 'availability',
    title: 'Availability',
    objective: 0.9,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '2d', durationSeconds: 2 * day },
    noDataSlices: 'ignore',
    origin: { entityRef: 'component:default/checkout', path: '' },
    warnings: [],
  };
  // Two days of 100 events each 5 minutes; all bad in the hour before the last.
  const maintenance = { start: clock - 7200, end: clock - 3600 };
  const buckets = Array.from({ length: 576 }, (_, index): SliBucket => {
    const start = clock - 2 * day + index * 300;
    const bad = start >= maintenance.start && start < maintenance.end;
    return { start, seconds: 300, good: bad ? 0 : 100, total: 100 };
  });
  const evaluate = (options: {
    excluded?: Array<{ start: number; end: number }>;
    buckets?: SliBucket[];
    definition?: Partial<SloDefinition>;
    now?: Date;
  }) =>
    evaluateSlo({
      buckets: options.buckets ?? buckets,
      now: options.now ?? now,
      entityRef: 'component:default/checkout',
      excluded: options.excluded,
      definition: { ...definition, ...options.definition },
    });

  it('drops good, bad and total alike, and neither counts them as data nor as missing', () => {
    const without = evaluate({});
    expect(without).toMatchObject({
      total: 57_600,
      good: 56_400,
      coverage: 1,
    });
    const status = evaluate({ excluded: [maintenance] });
    expect(status).toMatchObject({
      state: 'met',
      total: 56_400,
      good: 56_400,
      coverage: 1,
      excludedSeconds: 3600,
      budget: { consumed: 0, remainingSeconds: 0.1 * (2 * day - 3600) },
    });
    expect(
      status.burnRates.map(({ burnRate, coverage }) => [burnRate, coverage]),
    ).toEqual(status.burnRates.map(() => [0, 1]));
    // The same with the data of the maintenance gone.
    const gone = buckets.filter(
      ({ start }) => start < maintenance.start || start >= maintenance.end,
    );
    expect(evaluate({ excluded: [maintenance], buckets: gone })).toEqual(
      status,
    );
  });

  it('leaves slices out that are excluded as a whole', () => {
    const sliced = {
      budgetingMethod: 'Timeslices',
      timeSliceTarget: 0.9,
      timeSliceSeconds: 1800,
      noDataSlices: 'bad',
    } as const;
    const gone = buckets.filter(
      ({ start }) => start < maintenance.start || start >= maintenance.end,
    );
    expect(
      evaluate({ definition: sliced, excluded: [maintenance], buckets: gone })
        .budget,
    ).toMatchObject({ consumed: 0, remainingEvents: 9.4 });
    expect(
      evaluate({ definition: sliced, buckets: gone }).budget,
    ).toMatchObject({
      consumed: expect.closeTo(2 / 9.6),
      remainingEvents: expect.closeTo(7.6),
    });
  });

  it('lets no alert begin in a maintenance, nor data turn stale', () => {
    const before = buckets.filter(({ start }) => start < clock - 3600);
    const later = new Date((clock + 5 * 3600) * 1000);
    const running = [{ start: clock - 3600, end: clock + 6 * 3600 }];
    expect(evaluate({ buckets: before }).alerts).toContainEqual(
      expect.objectContaining({ firing: true }),
    );
    const status = evaluate({ buckets: before, excluded: running, now: later });
    expect(status.state).not.toBe('no-data');
    expect(status.excludedUntil).toBe(
      new Date((clock + 6 * 3600) * 1000).toISOString(),
    );
    expect(status.alerts.filter(({ firing }) => firing)).toEqual([]);
    expect(evaluate({ buckets: before, now: later }).state).toBe('no-data');
  });

  it('says so where all of the window is excluded', () => {
    const status = evaluate({
      excluded: [{ start: clock - 3 * day, end: clock + day }],
    });
    expect(status).toMatchObject({
      state: 'no-data',
      reason: 'The whole window is excluded.',
      coverage: 0,
    });
    expect(status.sli).toBeUndefined();
    expect(evaluate({ excluded: [] })).toEqual(evaluate({}));
  });
});
