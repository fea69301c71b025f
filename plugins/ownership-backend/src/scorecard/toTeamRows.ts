import {
  addUp,
  typicalLevel,
  type Overview,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { TeamTally } from './readOverview';
import type { ScopeTally } from './readTallies';
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
 * @param options - `scores`: what the teams add up to on the scorecard they
 * are measured by. `overloadedAbove`: the load above which one is overloaded
 */
export function toTeamRows(options: {
  tallies: TeamTally[];
  groups: ReadonlyMap<string, GroupRow>;
  scores: ScopeTally[];
  previousScores: ReadonlyMap<string, number>;
  scorecard?: Scorecard;
  overloadedAbove: number;
}): Overview['teams'] {
  const { groups, previousScores, scorecard, overloadedAbove } = options;
  const tallies = byScope(options.tallies);
  const scores = byScope(options.scores);

  return [...tallies]
    .flatMap(([ref, ofTeam]) => {
      const group = groups.get(ref);
      if (!group) {
        return [];
      }
      const sum = (read: (tally: TeamTally) => number) =>
        ofTeam.reduce((total, tally) => total + read(tally), 0);
      const inState = (state: string) =>
        sum(tally => (tally.state === state ? tally.components : 0));
      const load = teamLoad({
        byTier: ofTeam.map(tally => [tally.tier, tally.components]),
        activeMembers: group.active_member_count,
      });
      const figures = scorecard && addUp(scorecard, scores.get(ref) ?? []);
      return {
        ref,
        title: group.title,
        parent:
          group.parent_ref && tallies.has(group.parent_ref)
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
        score: figures?.score,
        level: scorecard && figures && typicalLevel(scorecard, figures.byLevel),
        previousScore: previousScores.get(ref),
      };
    })
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

function byScope<T extends { scope: string }>(tallies: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const tally of tallies) {
    const group = groups.get(tally.scope);
    if (group) {
      group.push(tally);
    } else {
      groups.set(tally.scope, [tally]);
    }
  }
  return groups;
}
