import {
  perLanguage,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';

const writtenIn = perLanguage(language => {
  const format = new Intl.NumberFormat(language);
  return (count: number): string => format.format(count);
});

/**
 * How a number is written in the reader's language: 12345 as `12,345`.
 *
 * @internal
 */
export function useCount(): (count: number) => string {
  return writtenIn(useLanguage());
}
