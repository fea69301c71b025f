import {
  formatShare,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';

/**
 * How a ratio is written in the reader's language: 0.9995 as `99.95 %`.
 *
 * @internal
 */
export function useShare(): (ratio: number) => string {
  const language = useLanguage();
  return ratio => formatShare({ ratio, language });
}
