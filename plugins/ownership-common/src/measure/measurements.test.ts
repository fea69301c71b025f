import { checkMeasurement } from './checkMeasurement';
import type { Measurement } from './checkMeasurement';
import { monthlyCosts, overBudget } from './costState';
import { CostTagIndex } from './CostTagIndex';
import { measureValues } from './measureValues';
import { readFocusRow } from './readFocusRow';

const now = new Date('2026-11-21T08:00:00Z');
const cost = {
  entityRef: 'component:default/checkout',
  measure: 'cost',
  value: 120.5,
  unit: 'money',
  currency: 'EUR',
  period: { start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' },
  source: 'ledger',
};
const lag = {
  ...cost,
  measure: 'data-lag',
  unit: 'seconds',
  currency: undefined,
};

describe('checkMeasurement', () => {
  const check = (measurement: typeof cost) =>
    checkMeasurement({ measurement, now });

  it('takes what is right, in canonical form', () => {
    expect(check({ ...cost, entityRef: 'Checkout' })).toEqual({
      measurement: {
        entityRef: 'component:default/checkout',
        measure: 'cost',
        value: 120.5,
        currency: 'EUR',
        start: '2026-10-01T00:00:00.000Z',
        end: '2026-11-01T00:00:00.000Z',
        source: 'ledger',
      },
    });
  });

  it.each<[string, object, RegExp]>([
    ['negative cost', { ...cost, value: -1 }, /value of cost .* from 0/],
    ['no number', { ...cost, value: NaN }, /value of cost .* got NaN/],
    ['no end', { ...cost, value: Infinity }, /got Infinity/],
    [
      'unknown measure',
      { ...cost, measure: 'vibes' },
      /no measure vibes; pushed are cost-per-request/,
    ],
    [
      'worked out',
      { ...cost, measure: 'recovery-time' },
      /from deployments and incidents and cannot be pushed/,
    ],
    ['from SLOs', { ...cost, measure: 'availability' }, /from SLOs and cannot/],
    [
      'wrong unit',
      { ...cost, unit: 'cents' },
      /unit of cost must be money, got cents/,
    ],
    ['no currency', { ...cost, currency: undefined }, /needs a currency/],
    ['currency by name', { ...cost, currency: 'euro' }, /ISO 4217/],
    ['currency of hours', { ...lag, currency: 'EUR' }, /has no currency/],
    [
      'percent',
      { ...lag, measure: 'observability-coverage', unit: 'ratio', value: 85 },
      /from 0 to 1, got 85/,
    ],
    [
      'half a finding',
      { ...lag, measure: 'security-findings', unit: 'findings', value: 0.5 },
      /whole number/,
    ],
    [
      'future',
      {
        ...cost,
        period: { start: cost.period.start, end: '2027-01-01T00:00:00Z' },
      },
      /period.end is in the future/,
    ],
    [
      'backwards',
      { ...cost, period: { start: cost.period.end, end: cost.period.start } },
      /start must be before/,
    ],
    [
      'no zone',
      { ...cost, period: { start: '2026-10-01', end: '2026-11-01' } },
      /period.start must be a moment/,
    ],
    ['no ref', { ...cost, entityRef: 'a:b:c' }, /entityRef must be/],
    ['nobody', { ...cost, source: ' ' }, /source must say/],
  ])('refuses %s', (_, measurement, message) => {
    expect(check(measurement as typeof cost)).toEqual({
      message: expect.stringMatching(message),
    });
  });
});

const measured = (more: Partial<Measurement>): Measurement => ({
  entityRef: cost.entityRef,
  measure: 'cost',
  value: 100,
  currency: 'EUR',
  start: '2026-10-01T00:00:00.000Z',
  end: '2026-11-01T00:00:00.000Z',
  source: 'ledger',
  ...more,
});

describe('measureValues', () => {
  it('adds up by month and currency, divides by time, and says what is covered', () => {
    const values = measureValues({
      now,
      measurements: [
        measured({}),
        measured({ source: 'other', value: 20 }),
        measured({ currency: 'USD', value: 7 }),
        // 10 days, half in October and half in November.
        measured({
          value: 10,
          start: '2026-10-27T00:00:00.000Z',
          end: '2026-11-06T00:00:00.000Z',
          source: 'third',
        }),
      ],
    });
    const of = (month: string, currency: string) =>
      values.find(v => v.month === month && v.currency === currency);
    expect(of('2026-10', 'EUR')).toMatchObject({
      value: 125,
      coverage: 1,
      sources: ['ledger', 'other', 'third'],
    });
    expect(of('2026-10', 'USD')).toMatchObject({ value: 7 });
    expect(of('2026-11', 'EUR')).toMatchObject({ value: 5 });
    // 5 of the 20 days and 8 hours that have passed.
    expect(of('2026-11', 'EUR')!.coverage).toBeCloseTo(5 / (20 + 1 / 3));
    expect(values).toHaveLength(3);
  });

  it('takes the last of what does not add up', () => {
    const findings = (value: number, end: string, source = 'scanner') =>
      measured({
        measure: 'security-findings',
        currency: undefined,
        value,
        end,
        source,
      });
    const all = [
      findings(9, '2026-10-05T00:00:00.000Z'),
      findings(4, '2026-10-20T00:00:00.000Z'),
      findings(5, '2026-10-12T00:00:00.000Z', 'another'),
    ];
    for (const measurements of [all, [...all].reverse()]) {
      expect(measureValues({ now, measurements })).toMatchObject([
        { value: 4, sources: ['scanner'] },
      ]);
    }
  });
});

describe('monthlyCosts and overBudget', () => {
  const costs = (amounts: Array<[string, number, string?]>) =>
    monthlyCosts({
      now,
      budget: { amount: 100, currency: 'EUR' },
      values: amounts.map(([month, value, currency = 'EUR']) => ({
        month,
        currency,
        value,
      })),
    });

  it.each<[string, Array<[string, number, string?]>, string | undefined]>([
    ['within', [['2026-10', 100]], undefined],
    ['last month', [['2026-10', 101]], '2026-10'],
    [
      'already in this one',
      [
        ['2026-10', 101],
        ['2026-11', 102],
      ],
      '2026-11',
    ],
    ['another currency says nothing', [['2026-10', 500, 'USD']], undefined],
    ['long ago', [['2026-09', 500]], undefined],
  ])('%s', (_, amounts, month) => {
    expect(overBudget(costs(amounts))?.month).toBe(month);
  });
});

describe('readFocusRow', () => {
  const row = {
    BilledCost: '12',
    EffectiveCost: '9.5',
    BillingCurrency: 'USD',
    ChargePeriodStart: '2026-10-31T23:00:00Z',
    Tags: '{"service":"checkout","n":1,"none":null}',
    ServiceName: 'Compute',
  };
  const read = (
    more: object,
    costColumn: 'effective' | 'billed' = 'effective',
  ) => readFocusRow({ row: { ...row, ...more }, cost: costColumn, now });

  it('reads a charge', () => {
    expect(read({})).toEqual({
      charge: {
        amount: 9.5,
        currency: 'USD',
        month: '2026-10',
        tags: { service: 'checkout', n: '1', none: '' },
        service: 'Compute',
      },
    });
    expect(read({}, 'billed')).toMatchObject({ charge: { amount: 12 } });
    expect(read({ EffectiveCost: '-1e-7', Tags: '' })).toMatchObject({
      charge: { amount: -1e-7, tags: {} },
    });
    expect(
      read({ ChargePeriodStart: '2026-10-01 00:00:00 UTC' }),
    ).toMatchObject({
      charge: { month: '2026-10' },
    });
  });

  it.each<[object, RegExp]>([
    [{ EffectiveCost: '' }, /EffectiveCost is not an amount: nothing/],
    [{ EffectiveCost: '1,5' }, /EffectiveCost is not an amount/],
    [{ EffectiveCost: 'NaN' }, /EffectiveCost is not an amount/],
    [{ EffectiveCost: '1e999' }, /EffectiveCost is not an amount/],
    [{ BillingCurrency: 'usd' }, /BillingCurrency is not/],
    [{ ChargePeriodStart: 'October' }, /ChargePeriodStart is not a moment/],
    [{ ChargePeriodStart: '2026-12-01' }, /in the future/],
    [{ ChargePeriodStart: '2020-12-01' }, /400 days/],
    [{ Tags: '{"a"' }, /Tags is not a JSON object/],
    [{ Tags: '[1]' }, /Tags is not a JSON object/],
  ])('%j is an error', (more, message) => {
    expect(read(more)).toEqual({ message: expect.stringMatching(message) });
  });
});

describe('CostTagIndex', () => {
  const index = new CostTagIndex({
    centerTags: ['cost-center'],
    terms: [
      { entityRef: 'a', tags: { service: 'shop' } },
      { entityRef: 'b', tags: { service: 'shop', part: 'cart' } },
      { entityRef: 'c', tags: { team: 'x' }, costCenter: 'CC-1' },
      { entityRef: 'd', tags: { team: 'x' } },
      { entityRef: 'e', costCenter: 'CC-2' },
      { entityRef: 'f', costCenter: 'CC-2' },
      { entityRef: 'g', tags: {} },
    ],
  });

  it.each<[Record<string, string>, object | undefined]>([
    [{ service: 'shop' }, { entityRef: 'a' }],
    [{ service: 'shop', part: 'cart' }, { entityRef: 'b' }],
    [{ 'user:service': 'shop' }, { entityRef: 'a' }],
    [{ service: 'shop', 'cost-center': 'CC-1' }, { entityRef: 'a' }],
    [{ 'cost-center': 'CC-1' }, { entityRef: 'c' }],
    [{ team: 'x' }, { ambiguous: ['c', 'd'] }],
    [{ 'cost-center': 'CC-2' }, { ambiguous: ['e', 'f'] }],
    [{ part: 'cart' }, undefined],
    [{}, undefined],
  ])('%j', (tags, found) => {
    expect(index.find(tags)).toEqual(found);
  });
});
