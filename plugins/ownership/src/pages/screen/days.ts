/**
 * The day of a moment as `2026-11-21`, by the clock of the reader.
 *
 * @internal
 */
export function dayOf(moment: Date): string {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map(part => String(part).padStart(2, '0')).join('-');
}

/**
 * The day in so many days from now; before now where negative.
 *
 * @internal
 */
export function dayIn(days: number): string {
  const moment = new Date();
  moment.setDate(moment.getDate() + days);
  return dayOf(moment);
}

/**
 * The moment a text names; of a day without a time the first one by the clock
 * of the reader, not midnight in Greenwich. An invalid date for anything else.
 *
 * @internal
 */
export function momentOf(text: string): Date {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text) : new Date(text);
}

/**
 * The first moment of a day; an invalid date for what is no day.
 *
 * @internal
 */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00`);
}

/**
 * The last moment of a day; an invalid date for what is no day.
 *
 * @internal
 */
export function endOfDay(day: string): Date {
  return new Date(`${day}T23:59:59.999`);
}

/**
 * Whether a date is one.
 *
 * @internal
 */
export function isValid(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
