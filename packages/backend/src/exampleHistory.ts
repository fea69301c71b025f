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

/**
 * Where a component of the improving domain stands today, and a row of what
 * changed for it on a day.
 */
export interface Climber {
  scorecard_id: string;
  entity_ref: string;
  bucket: string;
  /** In ten-thousandths. */
  score_order: number;
}

/** A row of the table `scorecard_changes`. */
export interface ClimbRow {
  scorecard_id: string;
  entity_ref: string;
  day: string;
  from_bucket: string;
  bucket: string;
  from_score: number;
  score: number;
  flips: string;
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
 *
 * @param options - `today`: the rows of today; `now`: the day they are of
 */
export function exampleHistory(options: {
  today: HistoryTables;
  now: Date;
}): HistoryTables {
  const { today, now } = options;
  const past: HistoryTables = {
    drift_history: [],
    scorecard_history: [],
    overview_history: [],
  };
  for (let ago = 1; ago <= DAYS; ago++) {
    const moment = new Date(now.getTime() - ago * 86_400_000).toISOString();
    const when = { day: moment.slice(0, 10), at: moment };
    const behind = behindOn(ago);
    const share = shareOf(today.scorecard_history);

    for (const row of today.drift_history) {
      const orphans = orphansToCome(row.scope, ago);
      const openOn = (daysAgo: number) =>
        row.open -
        orphansToCome(row.scope, daysAgo) +
        (improves(row.scope)
          ? Math.round(behindOn(daysAgo) * share(row.scope) * 24)
          : 0);
      const open = openOn(ago);
      const grown = open - openOn(ago + 1);
      past.drift_history.push({
        ...row,
        ...when,
        open,
        opened: Math.max(0, grown),
        closed: Math.max(0, -grown),
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

/**
 * The steps by which components of the improving domain came to where they
 * stand: first to the middle of the ladder by covering what runbooks have to
 * cover, in the last weeks to its top by drilling them.
 */
export function exampleClimbs(options: {
  climbers: Climber[];
  now: Date;
}): ClimbRow[] {
  return options.climbers
    .filter(({ bucket }) => bucket === 'advanced')
    .flatMap(({ scorecard_id, entity_ref, score_order }, index) => {
      const step = (daysAgo: number) => ({
        scorecard_id,
        entity_ref,
        day: new Date(options.now.getTime() - daysAgo * 86_400_000)
          .toISOString()
          .slice(0, 10),
      });
      return [
        {
          ...step(80 - ((index * 7) % 45)),
          from_bucket: 'beginner',
          bucket: 'intermediate',
          from_score: 5000,
          score: 7000,
          flips: JSON.stringify({ 'runbook-coverage': 'fp' }),
        },
        {
          ...step(28 - ((index * 5) % 25)),
          from_bucket: 'intermediate',
          bucket: 'advanced',
          from_score: 7000,
          score: score_order,
          flips: JSON.stringify({ 'runbook-undrilled': 'fp' }),
        },
      ];
    });
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
