import type {
  Initiative,
  InitiativeGoal,
  InitiativeRequest,
  InitiativeScope,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  dayIn,
  dayOf,
  endOfDay,
  isValid,
  momentOf,
  startOfDay,
} from '../screen/days';

/**
 * An initiative as somebody fills it in. Days are of the reader's zone.
 *
 * @internal
 */
export interface InitiativeForm {
  title: string;
  description: string;
  goalKind: 'level' | 'rules';
  scorecard?: string;
  level?: string;
  ruleIds: string[];
  team?: string;
  /** YAML or JSON, as written. */
  predicate: string;
  ownerRef?: string;
  /** As `2026-11-21`. */
  startsOn: string;
  dueOn: string;
  startNow: boolean;
}

/** A quarter is time enough for most goals. */
const usualDays = 90;

/** @internal */
export function emptyForm(): InitiativeForm {
  return {
    title: '',
    description: '',
    goalKind: 'level',
    ruleIds: [],
    predicate: '',
    startsOn: dayIn(0),
    dueOn: dayIn(usualDays),
    startNow: true,
  };
}

/** @internal */
export function formOf(initiative: Initiative): InitiativeForm {
  const { goal, scope } = initiative;
  const day = (at: string) => dayOf(momentOf(at));
  return {
    title: initiative.title,
    description: initiative.description ?? '',
    ...('ruleIds' in goal
      ? { goalKind: 'rules', ruleIds: goal.ruleIds }
      : { goalKind: 'level', ruleIds: [], ...goal }),
    team: scope.team,
    predicate:
      scope.predicate === undefined
        ? ''
        : JSON.stringify(scope.predicate, undefined, 2),
    ownerRef: initiative.ownerRef,
    startsOn: day(initiative.startsAt),
    dueOn: day(initiative.dueAt),
    startNow: initiative.state === 'active',
  };
}

/** The goal, once it is chosen. @internal */
export function goalOf(form: InitiativeForm): InitiativeGoal | undefined {
  if (form.goalKind === 'rules') {
    return form.ruleIds.length > 0 ? { ruleIds: form.ruleIds } : undefined;
  }
  return form.scorecard && form.level
    ? { scorecard: form.scorecard, level: form.level }
    : undefined;
}

/** @internal */
export function scopeOf(form: InitiativeForm): InitiativeScope {
  const predicate = form.predicate.trim();
  return {
    ...(predicate && { predicate }),
    ...(form.team && { team: form.team }),
  };
}

/**
 * What is sent; `undefined` while something is left to fill in. It starts with
 * the first day and is due at the end of the last. A day that was not touched
 * keeps its hour.
 *
 * @internal
 */
export function requestOf(
  form: InitiativeForm,
  before?: Initiative,
): InitiativeRequest | undefined {
  const goal = goalOf(form);
  const title = form.title.trim();
  if (!goal || title.length < 3 || !form.ownerRef || !isInOrder(form)) {
    return undefined;
  }
  const same = before && formOf(before);
  return {
    title,
    description: form.description.trim(),
    goal,
    scope: scopeOf(form),
    ownerRef: form.ownerRef,
    startsAt:
      same?.startsOn === form.startsOn
        ? before!.startsAt
        : startOfDay(form.startsOn).toISOString(),
    dueAt:
      same?.dueOn === form.dueOn
        ? before!.dueAt
        : endOfDay(form.dueOn).toISOString(),
  };
}

/** Whether the due date comes after the start. @internal */
export function isInOrder(form: InitiativeForm): boolean {
  return (
    isValid(startOfDay(form.startsOn)) &&
    isValid(endOfDay(form.dueOn)) &&
    form.startsOn < form.dueOn
  );
}
