import { exampleClimbs } from './exampleClimbs';
import {
  exampleHistory,
  momentOf,
  type CountedFinding,
  type HistoryTables,
} from './exampleHistory';

const now = new Date('2026-11-21T08:00:00.000Z');
const day = { day: '2026-11-21', at: now.toISOString() };
const drift = {
  ...day,
  opened: 0,
  closed: 0,
  at_risk: 0,
  unknown: 0,
};
const card = {
  scorecard_id: 'maturity',
  day: day.day,
  coverage: 1,
};
const overview = { ...day, slos_met: 3, reviews_due: 0 };
const passengers = 'group:default/passengers';
const fleet = 'group:default/fleet';

const today: HistoryTables = {
  drift_history: [
    { ...drift, scope: '*', open: 60, owned: 149, orphaned: 15 },
    { ...drift, scope: passengers, open: 8, owned: 37, orphaned: 0 },
    { ...drift, scope: fleet, open: 13, owned: 25, orphaned: 2 },
  ],
  scorecard_history: [
    ['*', 80, 0.7],
    [passengers, 20, 0.9],
    [fleet, 12, 0.6],
  ].map(([scope, entities, score]) => ({
    ...card,
    scope: String(scope),
    entities: Number(entities),
    score: Number(score),
    by_level: JSON.stringify({
      none: 0,
      unknown: 0,
      beginner: 0,
      advanced: Number(entities),
    }),
  })),
  overview_history: [{ ...overview, scope: '*', budget_left: 0.6 }],
};

// Nine owners vanished, four things were repaired, all else stands since July.
const finding = (
  openedDaysAgo: number,
  scope: string,
  closedDaysAgo?: number,
): CountedFinding => ({
  scopes: new Set([scope]),
  first_seen_at: momentOf({ now, daysAgo: openedDaysAgo }),
  closed_at:
    closedDaysAgo === undefined
      ? null
      : momentOf({ now, daysAgo: closedDaysAgo }),
});
const findings = [
  ...Array.from({ length: 9 }, () => finding(21, 'group:default/gone')),
  ...Array.from({ length: 8 }, () => finding(120, passengers)),
  ...Array.from({ length: 13 }, () => finding(120, fleet)),
  ...Array.from({ length: 30 }, () => finding(120, 'group:default/money')),
  ...[80, 40, 40, 10].map(daysAgo => finding(120, passengers, daysAgo)),
];

describe('exampleHistory', () => {
  const past = exampleHistory({ today, findings, now });
  const on = <T extends { scope: string; day: string }>(
    rows: T[],
    scope: string,
    of: string,
  ) => rows.find(row => row.scope === scope && row.day === of)!;

  it('goes back four months and leaves today alone', () => {
    const days = past.drift_history.map(row => row.day).sort();
    expect(days[0]).toBe('2026-07-24');
    expect(days[days.length - 1]).toBe('2026-11-20');
    expect(past.drift_history).toHaveLength(120 * 3);
  });

  it('has the nine orphans of the dissolved team since its group was deleted', () => {
    const orphaned = (of: string) => on(past.drift_history, '*', of).orphaned;
    expect(orphaned('2026-10-30')).toBe(6);
    expect(orphaned('2026-10-31')).toBe(15);
    for (const row of past.drift_history.filter(({ scope }) => scope === '*')) {
      expect(row.owned + row.orphaned).toBe(164);
    }
  });

  it('counts each day what its findings say', () => {
    for (const scope of ['*', passengers, fleet]) {
      const counted = findings.filter(
        ({ scopes }) => scope === '*' || scopes.has(scope),
      );
      for (const row of past.drift_history.filter(r => r.scope === scope)) {
        const isOn = (moment: string | null) =>
          moment?.slice(0, 10) === row.day;
        expect([row.day, row.open, row.opened, row.closed]).toEqual([
          row.day,
          counted.filter(
            ({ first_seen_at, closed_at }) =>
              first_seen_at <= row.at && !(closed_at && closed_at <= row.at),
          ).length,
          counted.filter(({ first_seen_at }) => isOn(first_seen_at)).length,
          counted.filter(({ closed_at }) => isOn(closed_at)).length,
        ]);
      }
    }
  });

  it('lets one domain improve, and the organisation by its part', () => {
    const score = (scope: string, of: string) =>
      on(past.scorecard_history, scope, of).score;
    expect(score(passengers, '2026-08-20')).toBeCloseTo(0.6);
    expect(score('*', '2026-08-20')).toBeCloseTo(0.7 - 0.3 / 4);
    expect(score(fleet, '2026-08-20')).toBe(0.6);
    for (const row of past.scorecard_history) {
      const levels: number[] = Object.values(JSON.parse(row.by_level));
      expect(levels.reduce((sum, n) => sum + n, 0)).toBe(row.entities);
    }
  });

  it('has more budget left before the certificate expired', () => {
    const left = (of: string) => on(past.overview_history, '*', of).budget_left;
    expect(left('2026-11-10')).toBeCloseTo(0.69);
    expect(left('2026-11-20')).toBe(0.6);
  });

  it('says by which steps components climbed, and leaves the finding that each closed', () => {
    const climbs = exampleClimbs({
      now,
      climbers: ['advanced', 'beginner', 'advanced'].map((bucket, index) => ({
        scorecard_id: 'maturity',
        entity_ref: `component:default/c${index}`,
        bucket,
        score_order: 10_000,
        owners: '["group:default/booking"]',
        runbook: { title: 'Roll back', area: 'rollback' },
      })),
    });
    expect(
      climbs.map(({ change: row }) => [
        row.entity_ref,
        row.day,
        row.from_bucket,
        row.bucket,
      ]),
    ).toEqual([
      ['component:default/c0', '2026-09-02', 'beginner', 'intermediate'],
      ['component:default/c0', '2026-10-24', 'intermediate', 'advanced'],
      ['component:default/c2', '2026-09-09', 'beginner', 'intermediate'],
      ['component:default/c2', '2026-10-29', 'intermediate', 'advanced'],
    ]);
    for (const { change, repair } of climbs) {
      expect(Object.keys(JSON.parse(change.flips))).toEqual([repair.rule_id]);
      expect(repair.closed_at.slice(0, 10)).toBe(change.day);
      expect(repair.first_seen_at < repair.closed_at).toBe(true);
    }
    expect(climbs[0].repair).toMatchObject({
      id: 'runbook-coverage~component~default~c0',
      message: 'No runbook covers rollback',
      owners: '["group:default/booking"]',
    });
  });

  it('makes no step of a component with no runbook that was tried', () => {
    expect(
      exampleClimbs({
        now,
        climbers: [
          {
            scorecard_id: 'maturity',
            entity_ref: 'component:default/c',
            bucket: 'advanced',
            score_order: 10_000,
            owners: '[]',
          },
        ],
      }),
    ).toEqual([]);
  });
});
