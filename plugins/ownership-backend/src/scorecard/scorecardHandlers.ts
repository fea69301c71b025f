import { InputError } from '@backstage/errors';
import {
  scorecardYaml,
  type scorecardRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import { countHidden } from '../api/countHidden';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { readRef, requireVisible } from '../entity/entityHandlers';
import type { MoverService } from './history/MoverService';
import { readEntityHistory } from './history/readEntityHistory';
import type { OverviewService } from './OverviewService';
import type { ScorecardCatalogue } from './ScorecardCatalogue';
import type { ScorecardDryRun } from './ScorecardDryRun';
import type { ScorecardService } from './ScorecardService';
import { toDay } from './scorecardHistory';
import type { WeeklyDigests } from './weekly/WeeklyDigests';
import { digestHtml, digestMarkdown } from './weekly/writeDigest';

/** Days that movers look back unless told. */
const MONTH = 30;

/**
 * Answers the calls of scorecards and of the overview.
 */
export function scorecardHandlers(options: {
  knex: Knex;
  scorecards: ScorecardService;
  scorecardCatalogue: Pick<ScorecardCatalogue, 'scorecards' | 'problem'>;
  scorecardDryRun: ScorecardDryRun;
  scorecardMovers: MoverService;
  weeklyDigests: WeeklyDigests;
  /** For links in digests. */
  appBaseUrl?: string;
  overview: OverviewService;
  visibility: Visibility;
  now(): Date;
}): Handlers<typeof scorecardRoutes> {
  const { knex, scorecards, overview, visibility } = options;
  const {
    scorecardCatalogue,
    scorecardDryRun,
    scorecardMovers,
    weeklyDigests,
    now,
  } = options;
  return {
    async listScorecards() {
      return {
        items: scorecards.scorecards.map(
          ({ id, title, description, levels }) => ({
            id,
            title,
            description,
            levels,
          }),
        ),
        problem: scorecardCatalogue.problem,
      };
    },

    async getScorecardDefinition({ params }) {
      const { id } = scorecards.get(params.id);
      return {
        yaml: scorecardYaml(
          scorecardCatalogue.scorecards.find(card => card.id === id)!,
        ),
      };
    },

    async tryScorecard({ body, credentials }) {
      return scorecardDryRun.run({
        scorecard: body.scorecard,
        visible: await visibility.visibleRefs(credentials),
        credentials,
      });
    },

    async listScorecardResults({ params, query, credentials }) {
      return scorecards.results({
        id: params.id,
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getScorecardRollup({ params, query, credentials }) {
      return scorecards.rollup({
        id: params.id,
        groupBy: query.groupBy ?? 'team',
        team: query.team,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getScorecardHistory({ params, query, credentials }) {
      const visible = await visibility.visibleRefs(credentials);
      const hidden = await countHidden(knex, { team: query.team, visible });
      return scorecards.history({
        id: params.id,
        team: query.team,
        from: readDay(query.from, 'from'),
        to: readDay(query.to, 'to'),
        hidden: hidden > 0,
      });
    },

    async getScorecardMovers({ params, query, credentials }) {
      return scorecardMovers.movers({
        scorecardId: scorecards.get(params.id).id,
        since: readDay(query.since, 'since') ?? toDay(now(), -MONTH),
        team: query.team,
        limit: query.limit ?? 5,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getEntityScorecardHistory({ params, query, credentials }) {
      const entityRef = readRef(params);
      await requireVisible({ visibility, entityRef, credentials });
      return readEntityHistory(knex, {
        entityRef,
        scorecards: scorecards.scorecards,
        on: readDay(query.on, 'on'),
        today: toDay(now()),
        titleOf: scorecardMovers.titleOf,
      });
    },

    async listOverviewTeams({ query, credentials }) {
      const { teams } = await overview.overview({
        team: query.team,
        days: query.days ?? 30,
        visible: await visibility.visibleRefs(credentials),
      });
      return { items: teams };
    },

    async getWeeklyDigest({ query, credentials, response }) {
      const digest = await weeklyDigests.digest({
        team: query.team,
        visible: await visibility.visibleRefs(credentials),
      });
      const written = { appBaseUrl: options.appBaseUrl };
      switch (query.format) {
        case 'markdown':
          response.type('text/markdown').send(digestMarkdown(digest, written));
          return undefined;
        case 'html':
          response.type('text/html').send(digestHtml(digest, written));
          return undefined;
        default:
          return digest;
      }
    },

    async getOverview({ query, credentials }) {
      return overview.overview({
        team: query.team,
        days: query.days ?? 30,
        visible: await visibility.visibleRefs(credentials),
      });
    },
  };
}

function readDay(text: string | undefined, name: string): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const moment = DateTime.fromISO(text, { zone: 'utc' });
  if (!moment.isValid) {
    throw new InputError(`${name}: expected a day such as 2026-11-21`);
  }
  return toDay(moment.toJSDate());
}
