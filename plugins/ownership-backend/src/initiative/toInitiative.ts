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
 * @param options - `all`: the figures of everything in scope. `seen`: of what
 * the caller may see
 */
export function toInitiative(options: {
  row: InitiativeRow;
  goal: ResolvedGoal;
  ownerTitle?: string;
  all: InitiativeFigures;
  seen: InitiativeFigures;
  ofTeam?: InitiativeFigures;
  points: InitiativePoint[];
  now: Date;
}): Initiative {
  const { row, goal, all, seen, now } = options;
  const hidden = all.inScope - seen.inScope;
  // Points count everything: who may not see everything gets none.
  const points = hidden > 0 ? [] : options.points;
  const isActive = row.state === 'active';
  const pace = initiativePace({
    figures: seen,
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
    figures: seen,
    ofTeam: options.ofTeam,
    hidden,
    expected: isActive ? pace.expected : undefined,
    behind: isActive ? pace.behind : 0,
    pace: isActive ? pace.pace : undefined,
    points,
    proposal:
      isActive && pace.pace === 'reached' && hidden === 0
        ? `All ${seen.counted} meet the goal: mark it as done`
        : undefined,
  };
}
