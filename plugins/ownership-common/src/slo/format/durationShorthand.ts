/**
 * A duration as OpenSLO writes it: a whole number and one letter.
 *
 * @public
 */
export interface DurationShorthand {
  /** How many of the unit, 1 or more. */
  count: number;
  /** What the letter stands for. */
  unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
}

const units: Record<string, DurationShorthand['unit']> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  Y: 'year',
};

/**
 * What is accepted as a duration, for error messages.
 *
 * @public
 */
export const durationShorthandHint =
  'a whole number with m (minutes), h, d, w, M (months), Q or Y behind it, for example 28d';

/**
 * Reads `28d`, `4w`, `1M`. The letter is case-sensitive: `m` is minutes, `M`
 * is months. Gives `undefined` for anything else, 0 and numbers above 999,999.
 *
 * @public
 */
export function parseDurationShorthand(
  text: unknown,
): DurationShorthand | undefined {
  const match =
    typeof text === 'string' ? /^([1-9]\d{0,5})([mhdwMQY])$/.exec(text) : null;
  return match ? { count: Number(match[1]), unit: units[match[2]] } : undefined;
}

// A month, a quarter and a year have no fixed length; where one is needed
// (rolling windows) these are the lengths the field uses.
const nominalSeconds: Record<DurationShorthand['unit'], number> = {
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  quarter: 90 * 86_400,
  year: 365 * 86_400,
};

/**
 * Length in seconds; a month counts as 30 days, a quarter as 90, a year as 365.
 *
 * @public
 */
export function durationShorthandSeconds(duration: DurationShorthand): number {
  return duration.count * nominalSeconds[duration.unit];
}
