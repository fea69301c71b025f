const FUTURE_SKEW_MS = 300_000;
const RETENTION_MS = 400 * 86_400_000;

/**
 * A moment somebody wrote, as ISO 8601 in UTC. It needs a zone, may be five
 * minutes ahead, for clocks differ, and no older than what is kept: 400 days.
 *
 * @internal
 */
export function eventMoment(options: {
  text: unknown;
  now: Date;
  /** What it is called in the message. */
  name: string;
}): { at: string } | { invalid: string } {
  const { text, now, name } = options;
  const time =
    typeof text === 'string' &&
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i.test(
      text,
    )
      ? Date.parse(text.replace(' ', 'T'))
      : NaN;
  if (Number.isNaN(time)) {
    return {
      invalid: `${name} must be a moment as ISO 8601 with a zone, for example 2026-11-21T08:00:00Z`,
    };
  }
  if (time > now.getTime() + FUTURE_SKEW_MS) {
    return {
      invalid: `${name} is in the future (now is ${now.toISOString()})`,
    };
  }
  if (time < now.getTime() - RETENTION_MS) {
    return { invalid: `${name} is older than 400 days, which is not kept` };
  }
  return { at: new Date(time).toISOString() };
}
