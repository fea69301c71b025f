import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import { formatDuration } from './formatDuration';

/**
 * How a number of seconds is written in the reader's language: 3,660 as
 * `1 hr, 1 min`.
 *
 * @internal
 */
export function useDuration(): (seconds: number) => string {
  const language = useLanguage();
  return seconds => formatDuration({ seconds, language });
}
