import type { AlertRow } from '../types';
import { alertCondition } from './alertCondition';
import { nextAlertStates } from './alertStates';
import { trackAlert } from './trackAlert';

const row: AlertRow = {
  severity: 'page',
  longSeconds: 3600,
  shortSeconds: 300,
  factor: 14.4,
};
const START = Date.parse('2026-11-21T08:00:00Z') / 1000;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** What an alert is bucket by bucket: `+` met, `-` not met, `?` unknown. */
function track(conditions: string, change: Partial<AlertRow> = {}): string {
  let before: Parameters<typeof trackAlert>[0]['before'];
  return [...conditions]
    .map((condition, index) => {
      const asOf = START + index * 300;
      const alert = trackAlert({
        row: { ...row, ...change },
        condition:
          ({ '+': 'met', '-': 'not-met' } as const)[condition] ?? 'unknown',
        asOf,
        now: new Date((asOf + 30) * 1000),
        before,
      });
      before = alert;
      if (!alert.firing) {
        return alert.pendingSince ? 'p' : '.';
      }
      if (alert.unknownSince) {
        return 'u';
      }
      return alert.heldSince ? 'h' : 'F';
    })
    .join('');
}

describe('trackAlert', () => {
  it.each<[string, string, string, Partial<AlertRow>]>([
    ['fires at once and holds for a short window', '-+---', '.Fh..', {}],
    [
      'is held as long as its short window',
      '+-------',
      'Fhhhhhh.',
      { shortSeconds: 1800 },
    ],
    ['fires on where the condition comes back', '+-+-+--', 'FhFhFh.', {}],
    ['starts to be held anew', '+-+--', 'FhFh.', {}],
    ['waits for alertAfter', '+++', 'ppF', { afterSeconds: 600 }],
    ['waits anew after a break', '++-+++', 'pp.ppF', { afterSeconds: 600 }],
    ['does not resolve without data', '+????--', 'Fuuuuh.', {}],
    ['knows nothing of what was quiet', '-???+', '....F', {}],
    ['stays held without data', '+-??-', 'Fhuu.', {}],
    [
      'fires without data where it is told to',
      '-??--',
      '.uuh.',
      { whenNoData: true },
    ],
  ])('%s', (_, conditions, states, change) => {
    expect(track(conditions, change)).toBe(states);
  });

  it('changes nothing when the same data is looked at later', () => {
    const looked = (seconds: number, condition: 'met' | 'not-met') =>
      trackAlert({
        row,
        condition,
        asOf: START + 600,
        now: new Date((START + seconds) * 1000),
        before: { since: iso(START) },
      });
    expect(looked(9999, 'met')).toEqual(looked(600, 'met'));
    const held = looked(600, 'not-met');
    expect(held).toEqual({
      firing: true,
      since: iso(START),
      heldSince: iso(START + 600),
    });
    expect(
      trackAlert({
        row,
        condition: 'not-met',
        asOf: START + 600,
        now: new Date((START + 9999) * 1000),
        before: held,
      }),
    ).toEqual(held);
  });
});

describe('alertCondition', () => {
  const rate = (windowSeconds: number, burnRate?: number, coverage = 1) => ({
    windowSeconds,
    burnRate,
    coverage,
  });

  it.each([
    ['both above', [rate(300, 15), rate(3600, 15)], 'met'],
    ['exactly at the factor', [rate(300, 14.4), rate(3600, 15)], 'not-met'],
    ['only the long one', [rate(300, 0), rate(3600, 15)], 'not-met'],
    ['no traffic', [rate(300), rate(3600, 15)], 'not-met'],
    ['no data in one', [rate(300, undefined, 0), rate(3600, 15)], 'unknown'],
    [
      'no data in one, the other is below',
      [rate(300, undefined, 0), rate(3600, 1)],
      'not-met',
    ],
    ['a window that was not measured', [rate(3600, 15)], 'unknown'],
  ])('%s', (_, burnRates, expected) => {
    expect(alertCondition({ row, burnRates, stale: false })).toBe(expected);
    expect(alertCondition({ row, burnRates, stale: true })).toBe('unknown');
  });

  it('compares every window of a joined condition with its own factor', () => {
    const joined = {
      ...row,
      shortFactor: 2,
      also: [{ windowSeconds: 1800, factor: 5 }],
    };
    const condition = (short: number, middle: number) =>
      alertCondition({
        row: joined,
        burnRates: [rate(300, short), rate(1800, middle), rate(3600, 15)],
        stale: false,
      });
    expect(condition(3, 6)).toBe('met');
    expect(condition(2, 6)).toBe('not-met');
    expect(condition(3, 5)).toBe('not-met');
  });
});

describe('nextAlertStates', () => {
  const alert = (change: object) => ({
    ...row,
    reachable: true,
    firing: false,
    ...change,
  });
  const first = iso(START);
  const later = iso(START + 600);

  it('is one alert for a severity, whichever of its rows fires', () => {
    const fired = nextAlertStates({
      previous: [],
      alerts: [
        alert({ firing: true, since: later }),
        alert({
          longSeconds: 21_600,
          shortSeconds: 1800,
          firing: true,
          since: first,
        }),
        alert({ severity: 'ticket' }),
      ],
    });
    expect(fired.changes).toEqual([
      { severity: 'page', state: 'firing', since: first },
    ]);
    expect(fired.states).toMatchObject([
      { severity: 'page', firing: true, since: first, rows: [{}, {}] },
    ]);

    const other = nextAlertStates({
      previous: fired.states,
      alerts: [alert({ firing: true, since: later })],
    });
    expect(other.changes).toEqual([]);
    expect(other.states[0].since).toBe(first);
    expect(
      nextAlertStates({ previous: other.states, alerts: [alert({})] }),
    ).toEqual({
      states: [],
      changes: [{ severity: 'page', state: 'resolved', since: first }],
    });
  });

  it('remembers what is pending and tells nobody', () => {
    const { states, changes } = nextAlertStates({
      previous: [],
      alerts: [alert({ pendingSince: first })],
    });
    expect(changes).toEqual([]);
    expect(states).toEqual([
      {
        severity: 'page',
        firing: false,
        rows: [
          {
            severity: 'page',
            longSeconds: 3600,
            shortSeconds: 300,
            pendingSince: first,
          },
        ],
      },
    ]);
  });

  it('resolves where the definition has no such alert any more', () => {
    const previous = nextAlertStates({
      previous: [],
      alerts: [alert({ firing: true, since: first })],
    }).states;
    expect(nextAlertStates({ previous, alerts: [] }).changes).toEqual([
      { severity: 'page', state: 'resolved', since: first },
    ]);
  });
});
