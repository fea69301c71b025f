/**
 * How a score moved since last month, in points of 100; absent where one of
 * the two is not known.
 *
 * @internal
 */
export function scoreDifference(scores: {
  /** 0..1 */
  score?: number;
  previousScore?: number;
}): number | undefined {
  const { score, previousScore } = scores;
  return score === undefined || previousScore === undefined
    ? undefined
    : Math.round((score - previousScore) * 100);
}
