import type {
  InitiativeGoal,
  ResolvedGoal,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { InitiativeRow } from './store/InitiativeRow';
import type { CountedScope } from './store/statesQuery';

/** What a stored initiative counts, under its goal as it resolves today. */
export function toCountedScope(
  row: InitiativeRow,
  goal: ResolvedGoal,
): CountedScope {
  return {
    initiativeId: row.id,
    ruleIds: goal.ruleIds,
    scorecardId: goal.scorecardId,
    teams: row.team ? [row.team] : [],
    members: row.predicate === null ? 'all' : 'stored',
  };
}

/** The goal of a stored initiative. */
export function goalOf(row: InitiativeRow): InitiativeGoal {
  return JSON.parse(row.goal);
}
