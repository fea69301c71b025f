import {
  addUp,
  typicalLevel,
  type Overview,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { PartCounts } from './countParts';
import type { TeamTally } from './readOverview';
import { teamLoad } from './teamLoad';

/**
 * A group as the overview needs it.
 */
export interface GroupRow {
  ref: string;
  title: string;
  parent_ref: string | null;
  active_member_count: number;
}

/**
 * The teams of the overview by name: every group of the catalog that answers
 * for a component, itself or through a group below it.
 *
 * @param options - `overloadedAbove`: the load above which one is overloaded
 */
export function toTeamRows(options: {
  /** What each of them adds up to. */
  parts: ReadonlyMap<string, PartCounts>;
  groups: ReadonlyMap<string, GroupRow>;
  previousScores: ReadonlyMap<string, number>;
  scorecard?: Scorecard;
  overloadedAbove: number;
}): Overview['teams'] {
  const { parts, groups, previousScores, scorecard, overloadedAbove } = options;

  return [...parts]
    .flatMap(([ref, { tallies, scores, budgetLeft }]) => {
      const group = groups.get(ref);
      if (!group) {
        return [];
      }
      const sum = (read: (tally: TeamTally) => number) =>
        tallies.reduce((total, tally) => total + read(tally), 0);
      const inState = (state: string) =>
        sum(tally => (tally.state === state ? tally.components : 0));
      const load = teamLoad({
        byTier: tallies.map(tally => [tally.tier, tally.components]),
        activeMembers: group.active_member_count,
      });
      const figures = scorecard && addUp(scorecard, scores);
      return {
        ref,
        title: group.title,
        parent:
          group.parent_ref && parts.has(group.parent_ref)
            ? group.parent_ref
            : undefined,
        members: group.active_member_count,
        components: sum(tally => tally.components),
        load,
        overloaded: load !== undefined && load > overloadedAbove,
        openFindings: sum(tally => tally.openFindings),
        orphaned: inState('orphaned'),
        atRisk: inState('at-risk'),
        slosBreached: sum(tally => tally.slosBreached),
        budgetLeft,
        score: figures?.score,
        level: scorecard && figures && typicalLevel(scorecard, figures.byLevel),
        previousScore: previousScores.get(ref),
      };
    })
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}
