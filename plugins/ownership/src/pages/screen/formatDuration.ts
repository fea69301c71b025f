import { perLanguage } from '@service-ownership/backstage-plugin-ownership-react';

const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

const formatsIn = perLanguage(language => ({
  units: new Map(
    (['day', 'hour', 'minute', 'second'] as const).map(unit => [
      unit,
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }),
    ]),
  ),
  list: new Intl.ListFormat(language, {
    type: 'conjunction',
    style: 'narrow',
  }),
}));

/**
 * A length of time in words with its two largest units: `2 hours, 5 minutes`.
 * Below ten seconds with one decimal. Negative lengths are taken without sign.
 *
 * @internal
 */
export function formatDuration(options: {
  seconds: number;
  language: string;
}): string {
  const { units, list } = formatsIn(options.language);
  const seconds = Math.abs(options.seconds);
  const words = (unit: 'day' | 'hour' | 'minute' | 'second', count: number) =>
    units.get(unit)!.format(count);
  if (seconds < 10) {
    return words('second', seconds);
  }
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const { unit, seconds: length } of steps) {
    const count = Math.floor(rest / length);
    if (count > 0) {
      parts.push(words(unit, count));
      rest -= count * length;
    }
    if (parts.length === 2) {
      break;
    }
  }
  if (parts.length < 2 && seconds < 3_600 && rest > 0) {
    parts.push(words('second', rest));
  }
  return list.format(parts);
}
