/** Steps of an axis of shares: from half a percent up. */
const steps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1];

/**
 * Round shares for an axis that holds everything from `low` to `high`, at most
 * six. The first and the last are the ends of the axis.
 *
 * @internal
 */
export function shareTicks(options: { low: number; high: number }): number[] {
  const { low, high } = options;
  const length = high - low;
  let step = steps.find(each => length / each <= 4) ?? 1;
  while (length / step > 4) {
    step *= 2;
  }
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from(
    { length: last - first + 1 },
    (_, index) => Math.round((first + index) * step * 1e6) / 1e6,
  );
}
