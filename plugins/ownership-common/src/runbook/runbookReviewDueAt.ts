import type { EffectiveContract } from '../contract';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When the first runbook of a component is too old to be relied on: the day it
 * was reviewed and the days its tier allows. `undefined` where no runbook says
 * when it was reviewed.
 *
 * @param options - `staleAfterDays`: in days, as `runbookStaleAfterDays` of
 * the tier's requirements
 * @public
 */
export function runbookReviewDueAt(options: {
  runbooks: EffectiveContract['runbooks'];
  staleAfterDays: number;
}): Date | undefined {
  const reviewed = (options.runbooks ?? [])
    .map(({ reviewedAt }) => Date.parse(reviewedAt ?? ''))
    .filter(time => !Number.isNaN(time));
  const due = new Date(Math.min(...reviewed) + options.staleAfterDays * DAY_MS);
  return Number.isNaN(due.getTime()) ? undefined : due;
}
