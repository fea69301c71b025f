import type {
  Initiative,
  Scorecard,
  WeeklyDigest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { refText } from '../../api/whereOwnedBy';
import type { MoverService } from '../history/MoverService';
import type { OverviewService } from '../OverviewService';
import { toDay } from '../scorecardHistory';
import {
  readClosedFindings,
  readDueReviews,
  readOpenedFindings,
  readWorstBudgets,
} from './readWeek';

const WEEK = 7;
const DAY_MS = 86_400_000;
/** Entries of each list. */
const SHOWN = 5;

/**
 * Puts together what changed in the last seven days, counted over what the
 * caller may see.
 */
export class WeeklyDigests {
  readonly #options: {
    knex: Knex;
    overview: OverviewService;
    movers: MoverService;
    scorecard: () => Scorecard | undefined;
    initiatives: (options: {
      team?: string;
      visible: VisibleRefs;
    }) => Promise<Initiative[]>;
    now: () => Date;
  };

  constructor(options: {
    knex: Knex;
    overview: OverviewService;
    movers: MoverService;
    /** The scorecard teams are measured by. */
    scorecard: () => Scorecard | undefined;
    /** Active ones. */
    initiatives: (options: {
      team?: string;
      visible: VisibleRefs;
    }) => Promise<Initiative[]>;
    now: () => Date;
  }) {
    this.#options = options;
  }

  async digest(options: {
    team?: string;
    visible: VisibleRefs;
  }): Promise<WeeklyDigest> {
    const { knex, overview, movers, initiatives, now } = this.#options;
    const to = now();
    const from = new Date(to.getTime() - WEEK * DAY_MS);
    const team = options.team && refText(options.team);
    const part = { team, visible: options.visible };
    const week = { ...part, from: from.toISOString(), limit: SHOWN };
    const scorecard = this.#options.scorecard();
    const [view, levels, opened, closed, budgets, reviews, active] =
      await Promise.all([
        overview.overview({ ...part, days: WEEK }),
        scorecard &&
          movers.movers({
            ...part,
            scorecardId: scorecard.id,
            since: toDay(from),
            limit: SHOWN,
          }),
        readOpenedFindings(knex, week),
        readClosedFindings(knex, week),
        readWorstBudgets(knex, week),
        readDueReviews(knex, {
          ...part,
          dueBefore: new Date(to.getTime() + WEEK * DAY_MS).toISOString(),
          limit: SHOWN,
        }),
        initiatives(part),
      ]);
    const change = ({ value = 0, previous }: typeof view.owned) => ({
      value,
      previous,
    });
    return {
      team: view.team,
      from: from.toISOString(),
      to: to.toISOString(),
      components: view.owned.of ?? 0,
      owned: change(view.owned),
      atRisk: change(view.atRisk),
      orphaned: change(view.orphaned),
      levels: scorecard &&
        levels && {
          ...levels,
          scorecard: {
            id: scorecard.id,
            title: scorecard.title,
            levels: Object.fromEntries(
              scorecard.levels.map(({ id, title }) => [id, title]),
            ),
          },
        },
      findings: { opened, closed },
      budgets,
      reviews,
      initiatives: active.flatMap(
        ({ id, title, dueAt, pace, figures, ofTeam }) =>
          pace === 'behind' || pace === 'overdue'
            ? [{ id, title, dueAt, pace, missing: (ofTeam ?? figures).missing }]
            : [],
      ),
      measures: view.measures,
      hidden: view.hidden,
    };
  }
}

/** Whether there is anything to tell anybody of. */
export function isQuiet(digest: WeeklyDigest): boolean {
  const { levels, findings, budgets, reviews, initiatives, measures } = digest;
  return (
    !levels?.entities.down.count &&
    !levels?.entities.up.count &&
    findings.opened.count === 0 &&
    findings.closed.count === 0 &&
    budgets.exhausted === 0 &&
    reviews.count === 0 &&
    initiatives.length === 0 &&
    !measures?.incidents &&
    !measures?.openIncidents
  );
}
