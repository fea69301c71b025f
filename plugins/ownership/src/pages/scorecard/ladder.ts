import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * One step of the ladder as it is shown.
 *
 * @internal
 */
export interface Step {
  /** A level's id, `none` or `unknown`. */
  id: string;
  title: string;
  /** Share of the way to the top, 0 for `none`; absent for `unknown`. */
  height?: number;
}

/**
 * The steps of a scorecard from the highest level down, then those on no level
 * and those nothing is known of.
 *
 * @internal
 */
export function ladderOf(
  scorecard: Scorecard,
  words: { none: string; unknown: string },
): Step[] {
  const { levels } = scorecard;
  return [
    ...levels
      .map((level, index) => ({
        id: level.id,
        title: level.title,
        height: (index + 1) / levels.length,
      }))
      .reverse(),
    { id: 'none', title: words.none, height: 0 },
    { id: 'unknown', title: words.unknown },
  ];
}

/**
 * Colour of a step: the accent, the stronger the higher.
 *
 * @internal
 */
export function stepColour(step: Step): string {
  if (step.height === undefined) {
    return 'repeating-linear-gradient(45deg, var(--bui-fg-disabled) 0 3px, transparent 3px 6px)';
  }
  return step.height === 0
    ? 'color-mix(in srgb, var(--bui-fg-primary) 14%, transparent)'
    : `color-mix(in srgb, var(--bui-accent-bg) ${Math.round(
        15 + step.height ** 2 * 85,
      )}%, var(--bui-bg-neutral-1))`;
}
