import { perLanguage } from './perLanguage';

const DAY = 86_400;
const steps: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', 3_600],
  ['minute', 60],
];

const formatsIn = perLanguage(language => ({
  moment: new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeStyle: 'long',
  }),
  day: new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeZone: 'UTC',
  }),
  relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
}));

/**
 * A moment relative to another and exactly; `undefined` where the text is not
 * a moment. A date without a time is a day, not midnight. Up to 90 days are
 * counted in days, because reviews and waivers are.
 *
 * @internal
 */
export function describeTime(options: {
  value: string;
  now: Date;
  language: string;
}): { relative: string; exact: string } | undefined {
  const { value, now, language } = options;
  const at = Date.parse(value);
  if (Number.isNaN(at)) {
    return undefined;
  }
  const dayOnly = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const formats = formatsIn(language);
  const exact = (dayOnly ? formats.day : formats.moment).format(at);
  const format = formats.relative;
  const today = Math.floor(now.getTime() / (DAY * 1000)) * DAY * 1000;
  const seconds = (at - (dayOnly ? today : now.getTime())) / 1000;
  if (dayOnly && Math.abs(seconds) < DAY) {
    return { exact, relative: format.format(0, 'day') };
  }
  const length = Math.abs(seconds);
  const [unit, size] =
    length < 90 * DAY && length >= DAY
      ? (['day', DAY] as const)
      : steps.find(step => length >= step[1]) ?? (['second', 1] as const);
  const count = unit === 'second' ? 0 : Math.trunc(seconds / size);
  return { exact, relative: format.format(count, unit) };
}
