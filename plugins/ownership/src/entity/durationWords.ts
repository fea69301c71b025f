const pattern =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];
const shorthand: Record<string, string> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  Y: 'year',
};

/**
 * A duration as people say it, in the units it was written in: `PT15M` is
 * "15 minutes", `28d` is "28 days". What is not a duration stays as written;
 * nothing is left of a duration of zero.
 *
 * @param options.duration - ISO 8601 (`P90D`) or OpenSLO shorthand (`28d`)
 *
 * @internal
 */
export function durationWords(options: {
  duration: string;
  language: string;
  /** `short` writes "15 min". */
  style?: 'long' | 'short';
}): string {
  const { duration, language, style = 'long' } = options;
  const inUnit = (count: number, unit: string) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: style,
    }).format(count);
  const short = /^(\d{1,6})([mhdwMQY])$/.exec(duration);
  const iso = /^P(?=.)/.test(duration) ? pattern.exec(duration) : null;
  if (!short && !iso) {
    return duration;
  }
  const parts: Array<[string, number]> = short
    ? [[shorthand[short[2]], Number(short[1])]]
    : units.map((unit, index) => [unit, Number(iso?.[index + 1] ?? 0)]);
  return parts
    .filter(([, count]) => count > 0)
    .map(([unit, count]) =>
      // The one unit Intl does not know.
      unit === 'quarter' ? inUnit(count * 3, 'month') : inUnit(count, unit),
    )
    .join(' ');
}
