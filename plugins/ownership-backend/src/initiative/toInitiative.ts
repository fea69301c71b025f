import {
  initiativePace,
  type Initiative,
  type InitiativeFigures,
  type InitiativePoint,
  type ResolvedGoal,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { InitiativeRow } from './store/InitiativeRow';
import { goalOf } from './toCountedScope';

/**
 * A stored initiative in the shape of the API.
 *
 * @param options - `figures`, `ofTeam`: of what the caller may see. `hidden`:
 * components, of the team of the scope or of all, that the caller may not see
 */
export function toInitiative(options: {
  row: InitiativeRow;
  goal: ResolvedGoal;
  ownerTitle?: string;
  figures: InitiativeFigures;
  ofTeam?: InitiativeFigures;
  hidden: number;
  points: InitiativePoint[];
  now: Date;
}): Initiative {
  const { row, goal, figures, hidden, now } = options;
  // Points count everything: who may not see everything gets none, whatever
  // the predicate matches, or that there are points would tell what it is of.
  const points = hidden > 0 ? [] : options.points;
  const isActive = row.state === 'active';
  const pace = initiativePace({
    figures,
    startsAt: row.starts_at,
    dueAt: row.due_at,
    points,
    now,
  });
  return {
    id: row.id,
    title: row.title,
    description: row.description ?? undefined,
    goal: goalOf(row),
    goalTitle: goal.title,
    scope: {
      predicate: row.predicate === null ? undefined : JSON.parse(row.predicate),
      team: row.team ?? undefined,
    },
    ownerRef: row.owner_ref,
    ownerTitle: options.ownerTitle,
    startsAt: row.starts_at,
    dueAt: row.due_at,
    state: row.state,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    problems: goal.problems,
    figures,
    ofTeam: options.ofTeam,
    hidden,
    expected: isActive ? pace.expected : undefined,
    behind: isActive ? pace.behind : 0,
    pace: isActive ? pace.pace : undefined,
    points,
    proposal:
      isActive && pace.pace === 'reached' && hidden === 0
        ? `All ${figures.counted} meet the goal: mark it as done`
        : undefined,
  };
}
