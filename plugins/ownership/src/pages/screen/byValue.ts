/**
 * Compares by one value, what is not known last in either direction, and by
 * title where the values are the same.
 *
 * @internal
 */
export function byValue<T extends { title: string }>(options: {
  value(item: T): number | string | undefined;
  direction: 'asc' | 'desc';
}): (a: T, b: T) => number {
  const sign = options.direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const left = options.value(a);
    const right = options.value(b);
    if (left === undefined || right === undefined) {
      return (
        Number(left === undefined) - Number(right === undefined) ||
        a.title.localeCompare(b.title)
      );
    }
    if (left === right) {
      return a.title.localeCompare(b.title);
    }
    return left < right ? -sign : sign;
  };
}
