/**
 * What teams are reminded of: that it starts, that it is due in two weeks or
 * in one, that it is overdue.
 *
 * @public
 */
export type ReminderStage = 'start' | 'two-weeks' | 'one-week' | 'overdue';

const DAY = 86_400_000;

/**
 * The stage an initiative is in: the latest that has begun, so that one that
 * was made late starts in the middle and nobody is told of three stages at
 * once. `undefined` before the start.
 *
 * @param options - `startsAt`, `dueAt`: ISO 8601
 * @public
 */
export function reminderStage(options: {
  startsAt: string;
  dueAt: string;
  now: Date;
}): ReminderStage | undefined {
  const now = options.now.getTime();
  const left = Date.parse(options.dueAt) - now;
  if (now < Date.parse(options.startsAt)) {
    return undefined;
  }
  if (left < 0) {
    return 'overdue';
  }
  if (left <= 7 * DAY) {
    return 'one-week';
  }
  return left <= 14 * DAY ? 'two-weeks' : 'start';
}
