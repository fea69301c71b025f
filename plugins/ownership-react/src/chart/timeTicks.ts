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

/**
 * Evenly spaced moments for an axis, ends left out so that no label is cut.
 *
 * @internal
 */
export function timeTicks(options: {
  from: number;
  to: number;
  count: number;
}): number[] {
  const { from, to, count } = options;
  return Array.from(
    { length: count },
    (_, index) => from + ((to - from) * (index + 0.5)) / count,
  );
}
