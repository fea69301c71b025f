/**
 * A ratio in whole hundredths, downwards: 100 % is said only where it is so,
 * and a budget that is overspent by a little never reads 0 %.
 *
 * @internal
 */
export function wholePercent(ratio: number): number {
  // 0.57 × 100 is a little less than 57 to the machine.
  return Math.floor(Number((ratio * 100).toFixed(6))) / 100;
}
