/**
 * A row of one of the history tables of the ownership backend, as far as the
 * past of the example changes it.
 */
export interface HistoryTables {
  drift_history: Array<{
    scope: string;
    day: string;
    at: string;
    open: number;
    opened: number;
    closed: number;
    owned: number;
    at_risk: number;
    orphaned: number;
    unknown: number;
  }>;
  scorecard_history: Array<{
    scorecard_id: string;
    scope: string;
    day: string;
    entities: number;
    by_level: string;
    score: number | null;
    coverage: number;
  }>;
  overview_history: Array<{
    scope: string;
    day: string;
    at: string;
    slos_met: number;
    budget_left: number | null;
    reviews_due: number;
  }>;
}

/** A finding of the example, as far as the numbers of a day count it. */
export interface CountedFinding {
  /** The groups that count it: who owns the component, and all above. */
  scopes: ReadonlySet<string>;
  first_seen_at: string;
  closed_at: string | null;
}

/** Days of past that the example is given. */
export const DAYS = 120;

/** The group of the dissolved team, how many days ago it was deleted, and what it left. */
export const DISSOLVED = {
  group: 'group:default/harbour-digital',
  daysAgo: 21,
  orphans: 9,
};

/** The domain that improved, since how many days, and its score before. */
export const IMPROVED = {
  scopes: new Set(
    [
      'passengers',
      'care',
      'journeys',
      'booking',
      'messaging',
      'sailing-search',
      'traveller-account',
      'web-storefront',
    ].map(name => `group:default/${name}`),
  ),
  domain: 'group:default/passengers',
  days: 90,
  gain: 0.3,
};

/** Days ago on which a certificate expired and budgets were used up. */
const CERTIFICATE = { daysAgo: 9, budget: 0.09 };

/**
 * The past of the example, worked back from what the scans found today: the
 * group of Harbour Digital goes, and with it the owner of nine entities;
 * Passengers climbs the ladder; a certificate expires and budgets with it.
 * What was open, opened and closed on a day is counted from the findings, so
 * that behind each number there is a list.
 *
 * @param options - `today`: the rows of today; `findings`: all there are, with
 *   the dates of the past; `now`: the day the rows are of
 */
export function exampleHistory(options: {
  today: HistoryTables;
  findings: CountedFinding[];
  now: Date;
}): HistoryTables {
  const { today, findings, now } = options;
  const past: HistoryTables = {
    drift_history: [],
    scorecard_history: [],
    overview_history: [],
  };
  const share = shareOf(today.scorecard_history);
  const changes = new Map(
    today.drift_history.map(({ scope }) => [
      scope,
      changesByDay(
        findings.filter(({ scopes }) => scope === '*' || scopes.has(scope)),
      ),
    ]),
  );
  const open = new Map(
    today.drift_history.map(row => [row.scope, row.open] as const),
  );
  for (let ago = 1; ago <= DAYS; ago++) {
    const moment = momentOf({ now, daysAgo: ago });
    const when = { day: dayText(moment), at: moment };
    const dayAfter = dayText(momentOf({ now, daysAgo: ago - 1 }));
    const behind = behindOn(ago);

    for (const row of today.drift_history) {
      const { scope } = row;
      const on = (day: string) =>
        changes.get(scope)!.get(day) ?? { opened: 0, closed: 0 };
      const later = on(dayAfter);
      open.set(scope, open.get(scope)! - later.opened + later.closed);
      const orphans = orphansToCome(scope, ago);
      past.drift_history.push({
        ...row,
        ...when,
        ...on(when.day),
        open: open.get(scope)!,
        orphaned: row.orphaned - orphans,
        owned: row.owned + orphans,
      });
    }
    for (const row of today.scorecard_history) {
      const part = improves(row.scope) ? behind * share(row.scope) : 0;
      past.scorecard_history.push({
        ...row,
        day: when.day,
        score:
          row.score === null
            ? null
            : Math.max(0, row.score - IMPROVED.gain * part),
        by_level: JSON.stringify(stepDown(JSON.parse(row.by_level), part)),
      });
    }
    for (const row of today.overview_history) {
      past.overview_history.push({
        ...row,
        ...when,
        budget_left:
          row.budget_left === null || ago < CERTIFICATE.daysAgo
            ? row.budget_left
            : Math.min(1, row.budget_left + CERTIFICATE.budget),
        reviews_due: row.reviews_due + (improves(row.scope) ? 1 : 0),
      });
    }
  }
  return past;
}

/** The moment so many days ago, ISO 8601. */
export function momentOf(options: { now: Date; daysAgo: number }): string {
  const { now, daysAgo } = options;
  return new Date(now.getTime() - daysAgo * 86_400_000).toISOString();
}

/** The day of a moment, in UTC: `2026-11-21`. */
export function dayText(moment: string): string {
  return moment.slice(0, 10);
}

/** How many findings were opened and closed, by day. */
function changesByDay(findings: CountedFinding[]) {
  const days = new Map<string, { opened: number; closed: number }>();
  const count = (moment: string, what: 'opened' | 'closed') => {
    const day = days.get(dayText(moment)) ?? { opened: 0, closed: 0 };
    day[what] += 1;
    days.set(dayText(moment), day);
  };
  for (const { first_seen_at, closed_at } of findings) {
    count(first_seen_at, 'opened');
    if (closed_at) {
      count(closed_at, 'closed');
    }
  }
  return days;
}

/** How far from its goal the improving domain was: 1 at first, 0 today. */
function behindOn(daysAgo: number): number {
  return Math.min(daysAgo / IMPROVED.days, 1);
}

/** How many of today's orphans still had an owner. */
function orphansToCome(scope: string, daysAgo: number): number {
  return scope === '*' && daysAgo > DISSOLVED.daysAgo ? DISSOLVED.orphans : 0;
}

function improves(scope: string): boolean {
  return scope === '*' || IMPROVED.scopes.has(scope);
}

/** How much of a scope the improving domain is, 0..1. */
function shareOf(rows: HistoryTables['scorecard_history']) {
  const entities = (scope: string) =>
    rows.find(row => row.scope === scope)?.entities ?? 0;
  const whole = entities('*');
  return (scope: string) =>
    scope === '*' && whole > 0 ? entities(IMPROVED.domain) / whole : 1;
}

/** The same entities, some of them still a level lower: `part` of those above the first. */
function stepDown(
  byLevel: Record<string, number>,
  part: number,
): Record<string, number> {
  const before = { ...byLevel };
  const ladder = Object.keys(byLevel).filter(
    level => level !== 'none' && level !== 'unknown',
  );
  for (let step = ladder.length - 1; step > 0; step--) {
    const lower = Math.round(byLevel[ladder[step]] * part);
    before[ladder[step]] -= lower;
    before[ladder[step - 1]] += lower;
  }
  return before;
}
