import {
  exampleClimbs,
  exampleHistory,
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

describe('exampleHistory', () => {
  const past = exampleHistory({ today, now });
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

  it('opens and closes as many findings a day as there are more or fewer', () => {
    for (const scope of ['*', passengers, fleet]) {
      const rows = past.drift_history
        .filter(row => row.scope === scope)
        .sort((a, b) => a.day.localeCompare(b.day));
      for (const [index, row] of rows.slice(1).entries()) {
        expect(row.open).toBe(rows[index].open + row.opened - row.closed);
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

  it('says by which steps components climbed, the last in the last four weeks', () => {
    const climbs = exampleClimbs({
      now,
      climbers: ['advanced', 'beginner', 'advanced'].map((bucket, index) => ({
        scorecard_id: 'maturity',
        entity_ref: `component:default/c${index}`,
        bucket,
        score_order: 10_000,
      })),
    });
    expect(
      climbs.map(row => [row.entity_ref, row.day, row.from_bucket, row.bucket]),
    ).toEqual([
      ['component:default/c0', '2026-09-02', 'beginner', 'intermediate'],
      ['component:default/c0', '2026-10-24', 'intermediate', 'advanced'],
      ['component:default/c2', '2026-09-09', 'beginner', 'intermediate'],
      ['component:default/c2', '2026-10-29', 'intermediate', 'advanced'],
    ]);
  });
});
