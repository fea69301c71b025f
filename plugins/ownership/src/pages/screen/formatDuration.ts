import { Duration } from 'luxon';

const steps = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3_600 },
  { unit: 'minutes', seconds: 60 },
] as const;

/**
 * A length of time in words with its two largest units: `2 hours, 5 minutes`.
 * Below ten seconds with one decimal. Negative lengths are taken without sign.
 *
 * @internal
 */
export function formatDuration(options: { seconds: number }): string {
  const seconds = Math.abs(options.seconds);
  if (seconds < 10) {
    return Duration.fromObject({
      seconds: Math.round(seconds * 10) / 10,
    }).toHuman({ unitDisplay: 'short' });
  }
  const parts: Record<string, number> = {};
  let rest = Math.round(seconds);
  for (const { unit, seconds: length } of steps) {
    const count = Math.floor(rest / length);
    if (count > 0) {
      parts[unit] = count;
      rest -= count * length;
    }
    if (Object.keys(parts).length === 2) {
      break;
    }
  }
  if (Object.keys(parts).length < 2 && seconds < 3_600 && rest > 0) {
    parts.seconds = rest;
  }
  return Duration.fromObject(parts).toHuman({ unitDisplay: 'short' });
}
