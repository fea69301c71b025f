import type {
  briefRoutes,
  Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Handlers } from '../../api/mountRoutes';
import type { Visibility } from '../../api/Visibility';
import { readBriefs } from './readBriefs';

/**
 * Answers the call for briefs.
 */
export function briefHandlers(options: {
  knex: Knex;
  visibility: Visibility;
  /** The scorecards as they are now; the first one's levels are told. */
  scorecards: { readonly scorecards: readonly Scorecard[] };
  now: () => Date;
}): Handlers<typeof briefRoutes> {
  const { knex, visibility, scorecards, now } = options;
  return {
    async listBriefs({ query, credentials }) {
      return {
        items: await readBriefs(knex, {
          kind: query.kind,
          refs: query.ref,
          visible: await visibility.visibleRefs(credentials),
          scorecard: scorecards.scorecards[0],
          now: now(),
        }),
      };
    },
  };
}
