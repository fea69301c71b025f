import { z } from 'zod';
import { pageSchema } from '../api';
import type { ApiRoutes } from '../api';
import { briefKindSchema, briefSchema } from './briefSchema';
import { weeklyDigestSchema } from './digestSchema';
import {
  entityScorecardHistorySchema,
  scorecardMoversSchema,
} from './historySchema';
import {
  overviewSchema,
  rollupGroupBySchema,
  rollupSchema,
  scorecardConfigurationProblemSchema,
  scorecardDryRunSchema,
  scorecardEntityResultSchema,
  scorecardHistorySchema,
  scorecardResultQuerySchema,
  scorecardSchema,
} from './schema';

/**
 * The calls of scorecards and of the executive view.
 *
 * @public
 */
export const scorecardRoutes = {
  listScorecards: {
    method: 'get',
    path: '/scorecards',
    summary: 'The scorecards as configured',
    response: z.object({
      items: z.array(scorecardSchema),
      /** Present where app-config holds something that cannot be used. */
      problem: scorecardConfigurationProblemSchema.optional(),
    }),
  },
  getScorecardDefinition: {
    method: 'get',
    path: '/scorecards/:id/definition',
    summary: 'A scorecard as one would write it in app-config, to change it',
    response: z.object({ yaml: z.string() }),
  },
  tryScorecard: {
    method: 'post',
    path: '/scorecards/dry-run',
    summary: 'What a changed scorecard would do today; writes nothing',
    body: z.strictObject({
      /** One entry of `ownership.scorecards`, as data or as a text of YAML or JSON. */
      scorecard: z.unknown(),
    }),
    response: scorecardDryRunSchema,
  },
  listScorecardResults: {
    method: 'get',
    path: '/scorecards/:id/results',
    summary: 'Results by entity, lowest level first, a page at a time',
    query: scorecardResultQuerySchema,
    response: pageSchema(scorecardEntityResultSchema),
  },
  getScorecardRollup: {
    method: 'get',
    path: '/scorecards/:id/rollup',
    summary: 'Entities by level for every team (nested), domain or system',
    query: z.object({
      groupBy: rollupGroupBySchema.optional(),
      /** Only this group and those below it. */
      team: z.string().max(300).optional(),
    }),
    response: rollupSchema,
  },
  getScorecardHistory: {
    method: 'get',
    path: '/scorecards/:id/history',
    summary: 'Entities by level, one point a day',
    query: z.object({
      team: z.string().max(300).optional(),
      from: z.string().max(40).optional(),
      to: z.string().max(40).optional(),
    }),
    response: scorecardHistorySchema,
  },
  getScorecardMovers: {
    method: 'get',
    path: '/scorecards/:id/movers',
    summary:
      'What moved most since a day, up and down, and which rules flipped',
    query: z.object({
      team: z.string().max(300).optional(),
      /** A day such as `2026-11-21`; 30 days ago without. */
      since: z.string().max(40).optional(),
      /** Of each list; 5 without. */
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    response: scorecardMoversSchema,
  },
  getEntityScorecardHistory: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/scorecards/history',
    summary: 'Where one entity stood on every scorecard, and why it moved',
    query: z.object({
      /** A past day such as `2026-10-01`: where it stood then is in `then`. */
      on: z.string().max(40).optional(),
    }),
    response: entityScorecardHistorySchema,
  },
  listOverviewTeams: {
    method: 'get',
    path: '/overview/teams',
    summary: 'The teams of the executive view',
    query: z.object({
      team: z.string().max(300).optional(),
      days: z.coerce.number().int().min(1).max(400).optional(),
    }),
    response: z.object({ items: overviewSchema.shape.teams }),
  },
  getWeeklyDigest: {
    method: 'get',
    path: '/digests/weekly',
    summary: 'What changed since last week, to read or to send as a mail',
    query: z.object({
      /** A group with everything below it; the whole organisation without. */
      team: z.string().max(300).optional(),
      format: z.enum(['json', 'markdown', 'html']).optional(),
    }),
    response: weeklyDigestSchema,
    produces: ['text/markdown', 'text/html'],
  },
  getOverview: {
    method: 'get',
    path: '/overview',
    summary: 'The executive view in one call',
    query: z.object({
      team: z.string().max(300).optional(),
      days: z.coerce.number().int().min(1).max(400).optional(),
    }),
    response: overviewSchema,
  },
} as const satisfies ApiRoutes;

/**
 * The call for briefs.
 *
 * @public
 */
export const briefRoutes = {
  listBriefs: {
    method: 'get',
    path: '/briefs',
    summary:
      'What matters today about a few teams, systems or domains, in the order asked for',
    query: z.object({
      kind: briefKindSchema,
      ref: z.preprocess(
        value => (Array.isArray(value) ? value : [value]),
        z.array(z.string().min(1).max(300)).min(1).max(20),
      ),
    }),
    response: z.object({ items: z.array(briefSchema) }),
  },
} as const satisfies ApiRoutes;
