import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';

/**
 * How a number is written in the reader's language: 12345 as `12,345`.
 *
 * @internal
 */
export function useCount(): (count: number) => string {
  const language = useLanguage();
  return count => count.toLocaleString(language);
}
