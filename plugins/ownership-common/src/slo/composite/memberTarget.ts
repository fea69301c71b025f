/**
 * The target of a composite SLO for which none is written: the weighted mean of
 * the targets of its members, as its SLI is that of their SLIs.
 *
 * Law: where every member just meets its target, the composite does.
 *
 * @public
 */
export function memberTarget(
  members: ReadonlyArray<{ weight: number; target: number }>,
): number {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0);
  const mean =
    members.reduce((sum, { weight, target }) => sum + weight * target, 0) /
    weights;
  // To the digits a person can have meant, as everywhere.
  return Math.round(mean * 1e12) / 1e12;
}
