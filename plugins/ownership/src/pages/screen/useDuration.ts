import {
  perLanguage,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { formatDuration } from './formatDuration';

const writtenIn = perLanguage(
  language =>
    (seconds: number): string =>
      formatDuration({ seconds, language }),
);

/**
 * How a number of seconds is written in the reader's language: 3,660 as
 * `1 hr, 1 min`.
 *
 * @internal
 */
export function useDuration(): (seconds: number) => string {
  return writtenIn(useLanguage());
}
