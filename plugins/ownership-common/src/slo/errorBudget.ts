/**
 * The error budget B = 1 - T of an objective T, `0 < T < 1`: the share of
 * events that may be bad.
 *
 * Law: `errorBudget(0.9)` is 0.1 and not 0.09999999999999998; otherwise an SLO
 * that is exactly met would be breached by the last binary digit.
 *
 * @public
 */
export function errorBudget(objective: number): number {
  return Math.round((1 - objective) * 1e12) / 1e12;
}

/**
 * The greatest burn rate there can be: 1 / B, when every event is bad. An
 * alert whose factor is not below it can never fire.
 *
 * @public
 */
export function maxBurnRate(objective: number): number {
  return 1 / errorBudget(objective);
}
