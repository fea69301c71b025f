import {
  perLanguage,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { isValid, momentOf } from './days';

const datesIn = perLanguage(language => {
  const written = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, options);
    return (text: string): string => {
      const moment = momentOf(text);
      return isValid(moment) ? format.format(moment) : text;
    };
  };
  return {
    /** `Nov 21` */
    dayInYear: written({ day: 'numeric', month: 'short' }),
    /** `Nov 21, 2026` */
    day: written({ dateStyle: 'medium' }),
    /** `November 21, 2026` */
    longDay: written({ dateStyle: 'long' }),
    /** `Nov 21, 2026, 8:00 AM` */
    moment: written({ dateStyle: 'medium', timeStyle: 'short' }),
  };
});

/**
 * How days and moments are written in the reader's language, by the reader's
 * clock; a text that is none of them stays as it is.
 *
 * @internal
 */
export function useDates() {
  return datesIn(useLanguage());
}
