/**
 * A moment as sentences name it, to the minute: `2026-11-21 16:58 UTC`.
 *
 * @param moment - a date, or ISO 8601.
 *
 * @throws RangeError where it is no moment
 *
 * @public
 */
export function minuteText(moment: Date | string): string {
  const iso = new Date(moment).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
