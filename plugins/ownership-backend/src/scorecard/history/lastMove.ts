import type {
  Scorecard,
  ScorecardLevelMove,
} from '@service-ownership/backstage-plugin-ownership-common';
import { levelMove } from '@service-ownership/backstage-plugin-ownership-common';
import type { ChangeRow } from './ResultChange';
import { explains, orderFlips, sumFlips } from './sumChanges';

/** A change of a level as far as the entity page needs it. */
export type LevelChange = Pick<
  ChangeRow,
  'scorecard_id' | 'day' | 'from_bucket' | 'bucket' | 'flips'
>;

/**
 * Since when a component has been on its level and why. Without a change of
 * level there is nothing to tell.
 */
export function lastMove(options: {
  scorecard: Scorecard;
  /** Of all scorecards; changes of levels only. */
  changes: readonly LevelChange[];
  today: string;
  titleOf(ruleId: string): string;
}): ScorecardLevelMove | undefined {
  const { scorecard, changes, today, titleOf } = options;
  const last = changes
    .filter(row => row.scorecard_id === scorecard.id)
    .sort((a, b) => b.day.localeCompare(a.day))[0];
  if (!last || last.from_bucket === null || last.bucket === null) {
    return undefined;
  }
  const move =
    levelMove({
      before: scorecard,
      after: scorecard,
      from: last.from_bucket,
      to: last.bucket,
    }) === 'down'
      ? 'down'
      : 'up';
  return {
    day: last.day < today ? last.day : today,
    from: last.from_bucket,
    fromTitle: scorecard.levels.find(({ id }) => id === last.from_bucket)
      ?.title,
    reasons: orderFlips(
      sumFlips({ rows: [last as ChangeRow], today, titleOf }),
      move,
    ).filter(flip => explains(flip, move)),
  };
}
