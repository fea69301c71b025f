/**
 * An ISO 8601 duration in whole units.
 *
 * @internal
 */
export const ISO_DURATION_PATTERN =
  /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;

/**
 * True for an ISO 8601 duration in whole units: `P90D`, `PT15M`, `P1Y6M`.
 *
 * @public
 */
export function isIsoDuration(value: string): boolean {
  return ISO_DURATION_PATTERN.test(value);
}

/**
 * The moment one ISO 8601 duration after another, reckoned in UTC. Months and
 * years are calendar months and years; the 31st becomes the last day of a
 * shorter month. Throws a `RangeError` for anything that is not a duration.
 *
 * @public
 */
export function addIsoDuration(options: { to: Date; duration: string }): Date {
  const match = ISO_DURATION_PATTERN.exec(options.duration);
  if (!match) {
    throw new RangeError(
      `${JSON.stringify(
        options.duration,
      )} is not an ISO 8601 duration such as P90D or PT15M`,
    );
  }
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  const result = new Date(options.to);
  const dayOfMonth = result.getUTCDate();
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + years * 12 + months);
  const lastDay = new Date(
    Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0),
  ).getUTCDate();
  result.setUTCDate(Math.min(dayOfMonth, lastDay));
  const wholeDays = weeks * 7 + days;
  return new Date(
    result.getTime() +
      (((wholeDays * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000,
  );
}

/**
 * An ISO 8601 duration in milliseconds, for comparing and sorting. A month
 * counts as 31 days and a year as 365.
 *
 * @public
 */
export function isoDurationMilliseconds(duration: string): number {
  const epoch = new Date(0);
  return addIsoDuration({ to: epoch, duration }).getTime();
}
