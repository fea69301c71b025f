import type {
  InitiativeFigures,
  InitiativePace,
  InitiativePoint,
} from './schema';

/**
 * Where the straight line from the start to the due date stands at a moment,
 * as a share of what is counted, 0..1: at the share that was met at the start,
 * at 1 when it is due.
 *
 * @param options - `startsAt`, `dueAt`: ISO 8601. `points`: the burn-up as far
 * as it is known, oldest first; without any the line begins at 0
 * @public
 */
export function idealShare(options: {
  startsAt: string;
  dueAt: string;
  points: readonly InitiativePoint[];
  at: Date;
}): number {
  const { startsAt, dueAt, points, at } = options;
  const [start, due] = [Date.parse(startsAt), Date.parse(dueAt)];
  // The last day before the start, or the first there is after it.
  const startDay = startsAt.slice(0, 10);
  const first =
    [...points].reverse().find(({ day }) => day <= startDay) ?? points[0];
  const from = first && first.counted > 0 ? first.met / first.counted : 0;
  const elapsed =
    due > start
      ? (at.getTime() - start) / (due - start)
      : Number(at >= new Date(due));
  return from + (1 - from) * Math.min(1, Math.max(0, elapsed));
}

/**
 * How many components are below the ideal line: whole ones only, for nobody
 * meets a goal with two thirds of a component.
 *
 * @param options - `ideal`: share from `idealShare`
 * @public
 */
export function behindIdeal(options: {
  figures: Pick<InitiativeFigures, 'met' | 'counted'>;
  ideal: number;
}): number {
  const { figures, ideal } = options;
  // A millionth forgives what floating point takes away.
  return Math.max(0, Math.floor(ideal * figures.counted + 1e-6) - figures.met);
}

/**
 * How an initiative does.
 *
 * - `reached`: everything that counts meets the goal, and something counts
 * - `not-started`: its start is still to come
 * - `overdue`: the due date has passed
 * - `behind`: one whole component or more below the ideal line
 * - `on-track`: otherwise
 *
 * @public
 */
export function initiativePace(options: {
  figures: Pick<InitiativeFigures, 'met' | 'counted'>;
  startsAt: string;
  dueAt: string;
  points: readonly InitiativePoint[];
  now: Date;
}): { pace: InitiativePace; expected: number; behind: number } {
  const { figures, startsAt, dueAt, now } = options;
  const ideal = idealShare({ ...options, at: now });
  const hasBegun = now.getTime() >= Date.parse(startsAt);
  const behind = hasBegun ? behindIdeal({ figures, ideal }) : 0;
  const pace = () => {
    if (figures.counted > 0 && figures.met === figures.counted) {
      return 'reached';
    }
    if (!hasBegun) {
      return 'not-started';
    }
    if (now.getTime() > Date.parse(dueAt)) {
      return 'overdue';
    }
    return behind > 0 ? 'behind' : 'on-track';
  };
  return { pace: pace(), expected: ideal * figures.counted, behind };
}
