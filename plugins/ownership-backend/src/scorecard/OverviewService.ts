import {
  type Overview,
  type MeasureTotals,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import { countHidden } from '../api/countHidden';
import type { VisibleRefs } from '../api/Visibility';
import { refText } from '../api/whereOwnedBy';
import { readHistory } from '../drift/store/readHistory';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';
import type { ScanRow } from '../drift/store/ScanRow';
import { storeOverviewHistory, readOverviewHistory } from './overviewHistory';
import { countParts } from './countParts';
import { readUpcoming } from './readOverview';
import { Remembered } from './Remembered';
import { toTeamRows, type GroupRow } from './toTeamRows';
import { EVERYTHING, readPreviousScores, toDay } from './scorecardHistory';
import { DEFAULT_OVERLOADED_ABOVE } from './teamLoad';

/** Days ahead that count as coming. */
const AHEAD = 30;

/** Most entries of what is coming. */
const UPCOMING = 50;

interface MeasureSource {
  totals(options: {
    team?: string;
    days: number;
    visible: VisibleRefs;
  }): Promise<MeasureTotals>;
}

/**
 * How long counts of everything are given again, in milliseconds: no longer
 * than it takes to go from a tile to its list.
 */
export const REMEMBERED_MS = 5_000;

/**
 * The executive view. Every number is counted over what the caller may see
 * and equals the list it opens. Trends and comparisons come from snapshots of
 * everything: who may not see everything gets none.
 */
export class OverviewService {
  readonly #knex: Knex;
  readonly #currentScorecard: () => Scorecard | undefined;
  readonly #overloadedAbove: number;
  readonly #measures?: MeasureSource;
  readonly #remembered: Remembered;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    /** The scorecard teams are measured by. */
    scorecard?: () => Scorecard | undefined;
    /** Tier-weighted components per active member; 6 by default. */
    overloadedAbove?: number;
    /** Cost, deployments and incidents of a part, in one statement. */
    measures?: MeasureSource;
    /** How long counts of everything are given again; 0 by default. */
    rememberMs?: number;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#currentScorecard = options.scorecard ?? (() => undefined);
    this.#overloadedAbove = options.overloadedAbove ?? DEFAULT_OVERLOADED_ABOVE;
    this.#measures = options.measures;
    this.#now = options.now ?? (() => new Date());
    this.#remembered = new Remembered({
      forMs: options.rememberMs ?? 0,
      now: this.#now,
    });
  }

  /** Takes at most 12 statements. */
  async overview(options: {
    team?: string;
    /** Length of the period in days. */
    days: number;
    visible: VisibleRefs;
  }): Promise<Overview> {
    const knex = this.#knex;
    const now = this.#now();
    const from = DateTime.fromJSDate(now).minus({ days: options.days });
    const dueBefore = dueSoon(now);
    const team = options.team ? refText(options.team) : undefined;
    const part = { team, visible: options.visible };

    const recall = <T>(what: string, ask: () => Promise<T>) =>
      // What one may see of it is another answer for each.
      part.visible === 'all' ? this.#remembered.recall(what, ask) : ask();
    const [parts, hidden, groups, upcoming, lastScan, measures] =
      await Promise.all([
        recall('parts', () =>
          countParts(knex, {
            visible: part.visible,
            dueBefore,
            scorecardId: this.#scorecard?.id,
          }),
        ),
        countHidden(knex, part),
        recall('groups', () => this.#groups()),
        recall(`upcoming ${team}`, () =>
          readUpcoming(knex, {
            ...part,
            now: now.toISOString(),
            dueBefore,
            limit: UPCOMING,
          }),
        ),
        this.#lastScan(),
        recall(`measures ${options.days} ${team}`, async () =>
          this.#measures?.totals({ ...part, days: options.days }),
        ),
      ]);
    const counts = parts.part(team);
    const days = {
      scope: team ?? EVERYTHING,
      fromDay: toDay(from.toJSDate()),
      toDay: toDay(now),
    };
    const [drift, others, previousScores, owners] = await Promise.all([
      hidden ? [] : readHistory({ knex, ...days }),
      hidden ? [] : readOverviewHistory(knex, days),
      hidden ? new Map<string, number>() : this.#previousScores(days.fromDay),
      readOwnerRefs({
        knex,
        entityRefs: upcoming.map(item => item.entity_ref),
      }),
    ]);

    const components = Object.values(counts.byState).reduce(
      (sum, count) => sum + count,
      0,
    );
    // A team of which nothing may be seen goes by what it was asked for.
    const named =
      components > 0 ||
      part.visible === 'all' ||
      (team !== undefined && part.visible.has(team));
    const measure = <T extends { at: string }>(
      value: number | undefined,
      history: T[],
      read: (day: T) => number | null,
      of?: number,
    ) => toMeasure({ value, history, read, of, today: days.toDay });

    // Of what nothing is known, none is met and none is missed.
    const slosMet =
      counts.slos > 0 && counts.slosUnknown === counts.slos
        ? undefined
        : counts.slosMet;

    return {
      team: team
        ? { ref: team, title: (named && groups.get(team)?.title) || team }
        : undefined,
      period: { from: from.toUTC().toISO()!, to: now.toISOString() },
      owned: measure(
        counts.byState.owned ?? 0,
        drift,
        d => d.owned,
        components,
      ),
      orphaned: measure(
        counts.byState.orphaned ?? 0,
        drift,
        d => d.orphaned,
        components,
      ),
      atRisk: measure(
        counts.byState['at-risk'] ?? 0,
        drift,
        d => d.atRisk,
        components,
      ),
      unknown: measure(
        counts.byState.unknown ?? 0,
        drift,
        d => d.unknown,
        components,
      ),
      slosMet: {
        ...measure(slosMet, others, d => d.slos_met, counts.slos),
        unknown: counts.slosUnknown || undefined,
      },
      budgetLeft: measure(counts.budgetLeft, others, d => d.budget_left),
      reviewsDue: measure(
        counts.reviewsDue,
        others,
        d => d.reviews_due,
        components,
      ),
      measures,
      teams: toTeamRows({
        parts: parts.within(team),
        groups,
        previousScores,
        scorecard: this.#scorecard,
        overloadedAbove: this.#overloadedAbove,
      }),
      upcoming: upcoming.map(item => ({
        kind: item.kind,
        entityRef: item.entity_ref,
        title: item.title ?? nameOf(item.entity_ref),
        dueAt: item.due_at,
        ownerRefs: owners.get(item.entity_ref) ?? [],
      })),
      hidden,
      lastScan: lastScan && {
        id: lastScan.id,
        state: lastScan.state,
        finishedAt: lastScan.finished_at ?? undefined,
      },
    };
  }

  /** Keeps the day's numbers, for the trends of days to come. */
  async storeDay(now: Date): Promise<void> {
    this.#remembered.forget();
    await storeOverviewHistory(this.#knex, { now, dueBefore: dueSoon(now) });
  }

  get #scorecard(): Scorecard | undefined {
    return this.#currentScorecard();
  }

  async #previousScores(day: string): Promise<Map<string, number>> {
    return this.#scorecard
      ? readPreviousScores(this.#knex, {
          scorecardId: this.#scorecard.id,
          day,
        })
      : new Map();
  }

  async #groups(): Promise<Map<string, GroupRow>> {
    const rows: GroupRow[] = await this.#knex('directory_principals')
      .where('kind', 'group')
      .select('ref', 'title', 'parent_ref', 'active_member_count');
    return new Map(rows.map(row => [row.ref, row]));
  }

  async #lastScan(): Promise<ScanRow | undefined> {
    return this.#knex<ScanRow>('scans').orderBy('started_at', 'desc').first();
  }
}

function dueSoon(now: Date): string {
  return DateTime.fromJSDate(now).plus({ days: AHEAD }).toUTC().toISO()!;
}

function toMeasure<T extends { at: string }>(options: {
  value: number | undefined;
  of?: number;
  history: T[];
  read: (day: T) => number | null;
  today: string;
}): Overview['owned'] {
  const { value, of, history, read, today } = options;
  const trend = history.flatMap(day => {
    const number = read(day);
    return number === null ? [] : [{ at: day.at, value: number }];
  });
  return {
    value,
    of,
    // The oldest day of the period; today is not the past.
    previous: trend.find(point => point.at.slice(0, 10) < today)?.value,
    trend,
  };
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}
