/**
 * Round shares for an axis that holds everything from `low` to `high`, at most
 * six. The first and the last are the ends of the axis.
 *
 * @internal
 */
export function shareTicks(options: { low: number; high: number }): number[] {
  const { low, high } = options;
  const length = Math.max(high - low, 1e-6);
  const magnitude = 10 ** Math.floor(Math.log10(length / 4));
  const step =
    [1, 2, 2.5, 5, 10]
      .map(times => times * magnitude)
      .find(each => length / each <= 4 + 1e-9) ?? length;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(9)),
  );
}
