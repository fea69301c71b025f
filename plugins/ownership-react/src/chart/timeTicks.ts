const DAY = 86_400_000;

/**
 * How moments are written on a time axis, in a tooltip and in the table: with
 * the hour on short axes, the day alone on longer ones.
 *
 * @internal
 */
export function timeFormats(options: {
  from: number;
  to: number;
  language: string;
}): { tick(at: number): string; exact(at: number): string } {
  const { from, to, language } = options;
  const short = to - from <= 2 * DAY;
  const tick = new Intl.DateTimeFormat(
    language,
    short
      ? { hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short' },
  );
  const exact = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    ...(to - from <= 120 * DAY && { timeStyle: 'short' }),
  });
  return { tick: at => tick.format(at), exact: at => exact.format(at) };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const steps = [
  ...[5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR),
  ...[1, 2, 7, 14, 30, 60, 120].map(count => count * DAY),
];

/**
 * Moments for an axis at round local times, at most `count`; those at the ends
 * are left out so that no label is cut.
 *
 * @internal
 */
export function timeTicks(options: {
  from: number;
  to: number;
  count: number;
}): number[] {
  const { from, to, count } = options;
  const length = to - from;
  if (length <= 0) {
    return [];
  }
  const step =
    steps.find(each => length / each <= count) ??
    Math.ceil(length / count / DAY) * DAY;
  const margin = length * 0.04;
  const ticks: number[] = [];
  // Steps of days are counted in local days, which are not all as long.
  const offset = (at: number) => new Date(at).getTimezoneOffset() * MINUTE;
  const local = from - offset(from);
  for (
    let next = Math.ceil(local / step) * step;
    next <= to - offset(to) && ticks.length <= count;
    next += step
  ) {
    const at = next + offset(next);
    if (at >= from + margin && at <= to - margin) {
      ticks.push(at);
    }
  }
  return ticks;
}
